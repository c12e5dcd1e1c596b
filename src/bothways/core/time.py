"""The one clock. Everything asks `now()`; the demo and the tests drive it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """A clock that moves only when told to. Threads of one process share it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def advance(self, by: timedelta) -> None:
        self.at += by

    def move_to(self, at: datetime) -> None:
        if at < self.at:
            raise ValueError(f"The clock stands at {self.at}; it cannot go back to {at}.")
        self.at = at


class _Driven:
    """Where `driven` puts its clock; a class, because all threads must see the same one."""

    clock: Clock | None = None


def now() -> datetime:
    return _Driven.clock.at if _Driven.clock else datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    return now().astimezone(ZoneInfo(zone)).date()


def month_of(moment: datetime, zone: str = "UTC") -> date:
    """The first day of the moment's month, in the zone."""
    return moment.astimezone(ZoneInfo(zone)).date().replace(day=1)


@contextmanager
def driven(at: datetime) -> Iterator[Clock]:
    """Replace the clock by one that starts at `at` and stands still until advanced."""
    before, clock = _Driven.clock, Clock(at)
    _Driven.clock = clock
    try:
        yield clock
    finally:
        _Driven.clock = before


def add_working_days(moment: datetime, days: int, zone: str = "UTC") -> datetime:
    """The same hour on the zone's clocks, `days` of its Mondays-to-Fridays later."""
    there = moment.astimezone(ZoneInfo(zone))
    while days:
        there += timedelta(days=1)
        if there.weekday() < 5:
            days -= 1
    return there.astimezone(UTC)
