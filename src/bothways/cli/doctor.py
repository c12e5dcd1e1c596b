"""`bothways doctor`: is everything well, and what to do where it is not."""

import argparse
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bothways.cli.running import Refusal, start_django

IN_A_TABLE = 5_000  # people on each side of a round that needs no more than what is always installed


class Finding(NamedTuple):
    well: bool
    about: str
    says: str


Check = Callable[[], Iterator[Finding]]


def run(arguments: argparse.Namespace) -> int:
    try:
        start_django()
    except Refusal as refusal:
        print(f"  not well   settings   {refusal}")
        return 1
    findings = [finding for check in CHECKS for finding in check()]
    if all(finding.well for finding in findings if finding.about == "database"):
        findings += [finding for check in IN_THE_DATABASE for finding in check()]
    for well, about, says in findings:
        print(f"  {'well    ' if well else 'not well'}   {about:<10} {says}")
    return 0 if all(finding.well for finding in findings) else 1


def database() -> Iterator[Finding]:
    from django.core.management import call_command
    from django.db import Error, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as problem:
        yield Finding(False, "database", f"does not answer ({problem}). Look at DATABASE_URL.")
        return
    yield Finding(True, "database", f"{connection.vendor} answers")
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        yield Finding(False, "database", "is of another version. Run: bothways migrate")


def folders() -> Iterator[Finding]:
    from django.conf import settings

    data = Path(settings.DATA)
    free = shutil.disk_usage(data).free // 2**20
    enough = free > 500
    yield Finding(
        enough, "folder", f"{data}, {free} MB free{'' if enough else '. Make room: under 500 MB is little.'}"
    )


def others() -> Iterator[Finding]:
    """Everything that is confided lies in the folder; nobody else who has this machine looks into it."""
    from django.conf import settings

    data = Path(settings.DATA)
    if data.stat().st_mode & 0o007:
        yield Finding(False, "others", f"anybody on this machine can look into {data}. Run: chmod o= {data}")
    else:
        yield Finding(True, "others", "cannot look into the folder")


def secret() -> Iterator[Finding]:
    from django.conf import settings

    path = Path(settings.DATA) / "secret_key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding(False, "secret", f"others can read {path}. Run: chmod 600 {path}")
    else:
        yield Finding(True, "secret", "kept from others")


def mail() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.EMAIL_HOST:
        yield Finding(settings.MODE != "production", "mail", "no mail goes out. Set BOTHWAYS_MAIL_URL.")
        return
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=5).close()
    except OSError as problem:
        at = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        says = f"{at} does not answer ({problem}). Look at BOTHWAYS_MAIL_URL."
        yield Finding(False, "mail", says)
        return
    yield Finding(True, "mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers")


def hosts() -> Iterator[Finding]:
    from django.conf import settings

    local = "localhost" in settings.BASE_URL and settings.MODE == "production"
    advice = ". Only this machine can follow links in mail: set BOTHWAYS_URL." if local else ""
    yield Finding(
        not local, "address", f"{settings.BASE_URL}, answers to {', '.join(settings.ALLOWED_HOSTS)}{advice}"
    )


def worker() -> Iterator[Finding]:
    from bothways.core import time
    from bothways.core.models import Heartbeat

    last = Heartbeat.objects.order_by("-beat_at").first()
    if last is None or last.beat_at < time.now() - timedelta(minutes=2):
        yield Finding(False, "worker", "has not been seen for two minutes. Is `bothways serve` running?")
    else:
        yield Finding(True, "worker", "is working")
    if last is not None and last.beat_at > time.now() + timedelta(minutes=2):
        yield Finding(False, "clock", "this machine's clock is behind what the worker saw. Set it by NTP.")


def rounds() -> Iterator[Finding]:
    """For how many people a round can be made: without numba a table of all pairs bounds it."""
    says = "of any size can be made"
    if find_spec("numba") is None:
        says = f"of up to {IN_A_TABLE:,} who seek and as many who give. For more: bin/setup --scale"
    yield Finding(True, "rounds", says)


def line() -> Iterator[Finding]:
    """What waits for too long, fails again and again, or is given up: nothing of it is lost in silence."""
    from bothways.core import events, tasks, ticks
    from bothways.inbox.actions import mails

    waiting = {"events": events.late(), "mails": mails.late()}
    given_up = {"events": events.given_up(), "tasks": tasks.given_up(), "mails": mails.given_up()}
    for what, count in waiting.items():
        if count:
            yield Finding(False, "line", f"{count} {what} wait for over an hour. The log says why.")
    for name in ticks.failing():
        yield Finding(False, "line", f"the periodic job {name} fails again and again. The log says why.")
    for what, count in given_up.items():
        if count:
            says = f"{count} {what} are given up. Mend what the log says, then run: bothways try-again"
            yield Finding(False, "line", says)
    if not any((*waiting.values(), *given_up.values(), *ticks.failing())):
        yield Finding(True, "line", "nothing waits for long, nothing is given up")


def bounces() -> Iterator[Finding]:
    """Addresses are for stewards to mend, under "never reached"; here one sees that it is few."""
    from bothways.inbox.actions import mails

    count = mails.bounced()
    advice = " Many of them at once? Ask your mail server why." if count else ""
    yield Finding(True, "bounces", f"{count} mails found no such address in the last week.{advice}")


CHECKS: tuple[Check, ...] = (database, folders, others, secret, mail, hosts, rounds)
IN_THE_DATABASE: tuple[Check, ...] = (worker, line, bounces)
