"""`bothways fill-demo`: what `bothways demo` runs before it serves; a process of its own, for its memory."""

import argparse
import os
import time as wall
from pathlib import Path

from bothways.cli.demo.run import MARK
from bothways.cli.migrate import run as migrate
from bothways.cli.running import start_django


def run(arguments: argparse.Namespace) -> int:
    data = Path(os.environ["BOTHWAYS_DATA"])
    (data / MARK).touch()
    if code := migrate(arguments):
        return code
    start_django()
    from bothways.cli.demo import cast

    if cast.organisation() is not None:
        return 0
    began = wall.monotonic()
    print(f"Making {cast.NAME}: {arguments.people} people and a year.", flush=True)
    fill(arguments.people)
    print(f"Made in {wall.monotonic() - began:.0f} seconds.", flush=True)
    return 0


def fill(people: int) -> None:
    """All or nothing: a fill that is stopped half-way leaves an empty database."""
    from django.db import connection, transaction

    from bothways.cli.demo import year
    from bothways.core import time

    def tell(what: str) -> None:
        print(f"  {what}", flush=True)

    now = time.now().replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    with transaction.atomic():
        year.live(people, until=now, tell=tell)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
