"""What every command does first: settle the data folder, then, where needed, set Django up."""

import os
from pathlib import Path
from tempfile import TemporaryFile

from bothways.core import environment


class Refusal(Exception):
    """Something the operator must mend first. The text says what to do."""


def prepare(data: Path | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
    folder = Path(data or environment.read("BOTHWAYS_DATA")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as problem:
        raise Refusal(
            f"the data folder {folder} cannot be written: {problem.strerror}. "
            "Give it to the user who runs Bothways, or another one: --data DIR"
        ) from None
    environment.give("BOTHWAYS_DATA", str(folder))


def start_without_data() -> None:
    """Django's texts and checks of cells alone: no settings of ours, no database, nothing left behind."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_TZ=True, LANGUAGE_CODE="en")
        django.setup()


def start_django() -> None:
    """Set Django up; an unsafe setting ends the command with its own sentence."""
    import django

    from bothways.core.unsafe import UnsafeSetting

    try:
        django.setup()
    except UnsafeSetting as unsafe:
        raise Refusal(str(unsafe)) from None
