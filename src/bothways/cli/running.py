"""What every command does first: settle the data folder, then, where needed, set Django up."""

import os
from pathlib import Path
from tempfile import TemporaryFile


class Refusal(Exception):
    """Something the operator must mend first. The text says what to do."""


def prepare(data: Path | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
    if data is not None:
        os.environ["BOTHWAYS_DATA"] = str(data.expanduser().resolve())
    folder = Path(os.environ.get("BOTHWAYS_DATA", "./var")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as problem:
        raise Refusal(
            f"the data folder {folder} cannot be written: {problem.strerror}. "
            "Give it to the user who runs Bothways, or another one: --data DIR"
        ) from None
    os.environ["BOTHWAYS_DATA"] = str(folder)


def start_django() -> None:
    """Set Django up; an unsafe setting ends the command with its own sentence."""
    import django

    from bothways.core.unsafe import UnsafeSetting

    try:
        django.setup()
    except UnsafeSetting as unsafe:
        raise Refusal(str(unsafe)) from None
