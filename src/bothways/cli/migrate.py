"""`bothways migrate`: database and static files as this version wants them."""

import argparse
import hashlib
from pathlib import Path

from bothways.cli.running import Refusal, start_django


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from django.db import DatabaseError

    try:
        apply()
    except DatabaseError as problem:
        raise Refusal(f"the database does not answer: {problem}. Look at DATABASE_URL.") from None
    return 0


def apply() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    collect_static()


def collect_static() -> None:
    """Collect, hash and compress the static files, unless none has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            source = Path(storage.path(path)).stat()
            seen.update(f"{path} {source.st_size} {source.st_mtime_ns}\n".encode())
    mark = Path(settings.STATIC_ROOT) / ".collected"
    if mark.exists() and mark.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(seen.hexdigest())
