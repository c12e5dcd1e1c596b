"""What every command does first: settle the data folder, then, where needed, set Django up."""

import os
import shlex
import unicodedata
from pathlib import Path
from tempfile import TemporaryFile

from bothways.core import environment


class Refusal(Exception):
    """Something the operator must mend first. The text says what to do."""


def printable(text: str) -> str:
    """What was read out of a file moves no cursor, sets no colour of a terminal, and turns no line round."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _commands(sign) else sign for sign in text)


def _commands(sign: str) -> bool:
    """A control character other than an end of line, or one that changes in which direction one reads."""
    turns = unicodedata.bidirectional(sign) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return turns or (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t")


def prepare(data: Path | None, *, existing: bool = False) -> None:
    """Settle the data folder. `existing`: where no installation is, refuse, and make nothing there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
    folder = Path(data or environment.read("BOTHWAYS_DATA")).expanduser().resolve()
    if existing and not folder.exists():
        raise _nothing_in(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as problem:
        raise Refusal(
            f"the data folder {folder} cannot be written: {problem.strerror}. "
            "Give it to the user who runs Bothways, or another one: --data DIR"
        ) from None
    if existing and not _is_installed(folder):
        raise _nothing_in(folder)
    environment.give("BOTHWAYS_DATA", str(folder))


def _is_installed(folder: Path) -> bool:
    """By what the first start leaves there. A database elsewhere and a given secret leave nothing."""
    if environment.read("DATABASE_URL"):
        return bool(environment.read("BOTHWAYS_SECRET_KEY")) or (folder / "secret_key").exists()
    return (folder / "bothways.sqlite3").exists()


def _nothing_in(folder: Path) -> Refusal:
    return Refusal(
        f"There is no Bothways in {folder}. Say where it is: --data DIR. "
        f"To begin a new one there: bothways serve --data {shlex.quote(str(folder))}"
    )


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


def refuse_another_version() -> None:
    """Before a command looks into the database: whether it is as this version wants it."""
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except OperationalError as problem:
        raise Refusal(f"the database does not answer: {problem}. Look at DATABASE_URL.") from None
    except SystemExit:
        raise Refusal("the database is new or of another version. Run first: bothways migrate") from None
