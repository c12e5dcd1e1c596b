"""What every command does first: settle the data folder, then, where needed, set Django up."""

import os
from pathlib import Path


class Refusal(Exception):
    """Something the operator must mend first. The text says what to do."""


def prepare(data: Path | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
    if data is not None:
        os.environ["BOTHWAYS_DATA"] = str(data.expanduser().resolve())
    folder = Path(os.environ.get("BOTHWAYS_DATA", "./var")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SystemExit(f"bothways: the data folder {folder} cannot be made: {problem.strerror}.") from None
    os.environ["BOTHWAYS_DATA"] = str(folder)


def start_django() -> None:
    """Set Django up; an unsafe setting ends the command with its own sentence."""
    import django

    from bothways.core.unsafe import UnsafeSetting

    try:
        django.setup()
    except UnsafeSetting as unsafe:
        raise Refusal(str(unsafe)) from None
