"""`bothways fill-demo`: what `bothways demo` runs before it serves; a process of its own, for its memory."""

import argparse
import os
import time as wall
from pathlib import Path

from bothways.cli import migrate, serve
from bothways.cli.demo import mark
from bothways.cli.running import Refusal, start_django
from bothways.core.processes import die_with_parent


def run(arguments: argparse.Namespace) -> int:
    die_with_parent(serve.my_parent())
    data = Path(os.environ["BOTHWAYS_DATA"])
    mark.begin(data)
    start_django()
    from django.db import DatabaseError

    try:
        migrate.apply()
        fill_if_empty(arguments.people)
    except DatabaseError as problem:
        raise Refusal(
            f"the demo's database in {data} cannot be used: {problem}. Is there room on the disk? "
            "If so, begin again: bin/demo --fresh"
        ) from None
    mark.write(data, arguments.people)
    return 0


def fill_if_empty(people: int) -> None:
    from bothways.cli.demo import cast

    if cast.organisation() is not None:
        return
    began = wall.monotonic()
    print(f"Making {cast.NAME}: {people} people and a year.", flush=True)
    fill(people)
    print(f"Made in {wall.monotonic() - began:.0f} seconds.", flush=True)


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
