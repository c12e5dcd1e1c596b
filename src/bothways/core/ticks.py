"""Periodic jobs. A row per job says when it is due; whoever moves the row runs the job.

A job that is killed half-way is due again after its lease, not after its interval; one that fails is
tried again with growing pauses, and the row counts its failures for `bothways doctor`.

No job keeps the others waiting: where much may be due, it does a slice (`work_off`) and says that more is
left. Then the outbox, mail, codes and the other jobs have their turn before its next slice.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from django.db.models import QuerySet

from bothways.core import breath, keys, time
from bothways.core.models import Tick
from bothways.core.prepared import prepared

log = logging.getLogger("bothways.ticks")

SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=1), timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

A_SLICE = 20
AT_HAND = 10 * A_SLICE  # what a job reads for one turn, so that what fails keeps back nobody behind it

Job = Callable[[], bool | None]  # true: more is left for the next turn


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Thing = TypeVar("Thing", bound=_Keyed)


class SomeFailed(Exception):
    """The rest of what was due is done; what failed is in the log, and tried again after a pause."""


@dataclass(frozen=True)
class Rhythm:
    """`at`: how long after midnight UTC, for jobs of whole days; otherwise from when it last ran."""

    interval: timedelta
    at: timedelta | None
    job: Job

    @property
    def lease(self) -> timedelta:
        return min(max(self.interval, SHORTEST_LEASE), LONGEST_LEASE)

    def after(self, now: datetime) -> datetime:
        """When it is due after having run at `now`."""
        if self.at is None:
            return now + self.interval
        begun = (now - _EPOCH - self.at) // self.interval
        return _EPOCH + self.at + (begun + 1) * self.interval


_rhythms: dict[str, Rhythm] = {}
_always: list[Callable[[], int]] = []


def every(interval: timedelta, *, at: timedelta | None = None) -> Callable[[Job], Job]:
    """Register a job that is safe to run twice and works off what is due, in due order."""

    def register(job: Job) -> Job:
        name = f"{job.__module__.removeprefix('bothways.')}.{job.__name__}"
        _rhythms[name] = Rhythm(interval, at, job)
        return job

    return register


def always(job: Callable[[], int]) -> Callable[[], int]:
    """Register work that looks after its own rows at every turn and says how much it did."""
    if job not in _always:
        _always.append(job)
    return job


def work_off(due: Iterable[Thing], do: Callable[[Thing], object]) -> bool:
    """Do a slice of what is due, each on its own; says whether more is left. What fails holds up no other.

    Counted, not timed: under the same clock, the same things happen in the same order.
    """
    done = failed = 0
    for thing in due:
        if done == A_SLICE:
            return True
        breath.breathe()
        try:
            with keys.within(thing.key):
                do(thing)
            done += 1
        except Exception:
            log.exception("%s failed for %s; it will be tried again.", do, thing.key)
            failed += 1
    if failed:
        raise SomeFailed(f"{failed} of {failed + done}")
    return False


def names() -> set[str]:
    """All periodic jobs."""
    return set(_rhythms)


def run_due() -> int:
    """Run the jobs that are due, the longest overdue first; returns how many ran."""
    now = time.now()
    known = _ticks()
    if new := sorted(_rhythms.keys() - {name for _, name, _ in known}):
        Tick.objects.bulk_create((Tick(name=name, due_at=now) for name in new), ignore_conflicts=True)
        known = _ticks()
    ran = 0
    for due_at, name, failures in sorted(known):
        if due_at <= now and name in _rhythms and not breath.stopping() and (until := _claim(name)):
            _run(name, failures, until)
            ran += 1
    return ran


@prepared
def _ticks() -> QuerySet[Tick, tuple[datetime, str, int]]:
    return Tick.objects.values_list("due_at", "name", "failures")


def run_always() -> int:
    """One turn of the work that never rests."""
    return sum(job() for job in _always)


def _claim(name: str) -> datetime | None:
    """Move the row to the end of the lease, and say when that is; None if somebody else has."""
    now = time.now()
    until = now + _rhythms[name].lease
    return until if Tick.objects.filter(name=name, due_at__lte=now).update(due_at=until) else None


def _run(name: str, failures: int, until: datetime) -> None:
    """Run the job that is claimed `until` then, and say when it is due again."""
    rhythm = _rhythms[name]
    begun = until - rhythm.lease
    try:
        with keys.within(name):
            more = rhythm.job()
    except breath.Stopped:
        _move(name, until, due_at=begun, failures=failures)
    except Exception:
        log.exception("The periodic job %s failed; it will be tried again.", name)
        pause = min(FIRST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE, rhythm.interval)
        _move(name, until, due_at=time.now() + pause, failures=failures + 1)
    else:
        due_at = begun if more else rhythm.after(begun)
        if failures or due_at != until:
            _move(name, until, due_at=due_at, failures=0)


def _move(name: str, until: datetime, *, due_at: datetime, failures: int) -> None:
    """Where the job took longer than its lease, and somebody else claimed it since, it is theirs."""
    Tick.objects.filter(name=name, due_at=until).update(due_at=due_at, failures=failures)


def failing(least: int = 3) -> list[str]:
    """Jobs that have failed several times in a row."""
    names = Tick.objects.filter(failures__gte=least, name__in=_rhythms).order_by("name")
    return list(names.values_list("name", flat=True))
