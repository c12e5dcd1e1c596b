"""Things at fixed times: set when the time is known, cleared when it no longer holds, done once."""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from bothways.connections.actions import locks
from bothways.connections.models import Connection, Due
from bothways.core import breath, time
from bothways.core.ticks import SomeFailed
from bothways.core.transactions import verb

log = logging.getLogger("bothways.connections")

BATCH = 50
KEPT = timedelta(days=30)
Act = Callable[[Connection, str], None]


def appoint(connection: Connection, what: Due.What, *, at: datetime, about: str = "") -> None:
    """It happens at this time, instead of any earlier appointment of the same."""
    Due.objects.update_or_create(
        connection=connection, what=what, about=about, defaults={"due_at": at, "done_at": None}
    )


def drop(connection: Connection, *what: Due.What, about: str | None = None) -> None:
    """It no longer happens. Without `what`, nothing of this connection does."""
    waiting = Due.objects.filter(connection=connection)
    if what:
        waiting = waiting.filter(what__in=what)
    if about is not None:
        waiting = waiting.filter(about=about)
    waiting.delete()


def work_off(acts: dict[Due.What, Act]) -> bool:
    """Do what is due, oldest first; says whether the rest is for the worker's next turn.

    Safe to run twice and side by side. One that fails is logged, left for later, and holds up none;
    `SomeFailed` says so once the rest is done.
    """
    done, failed = 0, set[int]()
    while done < BATCH and (batch := _waiting(acts, failed)):
        for due in batch:
            breath.breathe()
            try:
                done += _do(due, acts[Due.What(due.what)])
            except Exception:
                log.exception("What was due (%s) failed; it will be tried again.", due)
                failed.add(due.pk)
    if failed and done < BATCH:
        raise SomeFailed(f"{len(failed)} of what was due")
    return done >= BATCH


def forget() -> None:
    """Nightly: what happened long ago, in short slices."""
    while True:
        old = Due.objects.filter(done_at__lt=time.now() - KEPT).values_list("pk", flat=True)[:BATCH]
        if not Due.objects.filter(pk__in=list(old)).delete()[0]:
            return
        breath.breathe()


def _waiting(acts: Iterable[Due.What], failed: Collection[int]) -> list[Due]:
    due = Due.objects.filter(done_at=None, due_at__lte=time.now(), what__in=list(acts))
    return list(due.exclude(pk__in=failed).order_by("due_at", "key").select_related("connection")[:BATCH])


@verb
def _do(due: Due, act: Act) -> bool:
    connection = locks.connection(due.connection)
    mine = Due.objects.filter(pk=due.pk, done_at=None, due_at__lte=time.now())
    if not mine.update(done_at=time.now()):
        return False
    act(connection, due.about)
    return True
