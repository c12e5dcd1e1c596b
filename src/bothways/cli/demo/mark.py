"""What the demo's folder says of itself, without Django: which version filled it, with how many people."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import distribution
from pathlib import Path

import bothways

NAME = ".demo"


@dataclass(frozen=True)
class Mark:
    version: str
    people: int


def begin(data: Path) -> None:
    """This folder is the demo's from here on; it is filled once `write` has said so."""
    (data / NAME).touch()


def write(data: Path, people: int) -> None:
    (data / NAME).write_text(json.dumps(asdict(Mark(version(), people))))


def read(data: Path) -> Mark | None:
    """None where nothing is filled: a new folder, or one whose filling was stopped."""
    try:
        return Mark(**json.loads((data / NAME).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def is_there(data: Path) -> bool:
    return (data / NAME).exists()


def version() -> str:
    """Changes with any migration or static file of ours, and with whatever else is installed."""
    seen = hashlib.sha256()
    for path in sorted(_ours()):
        about = path.stat()
        seen.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:16]


def _ours() -> Iterator[Path]:
    package = Path(bothways.__path__[0])
    yield Path(str(distribution("django").locate_file("")))  # changes with every installed package
    yield from package.glob("*/migrations/*.py")
    yield from (path for path in package.glob("*/static/**/*") if path.is_file())
