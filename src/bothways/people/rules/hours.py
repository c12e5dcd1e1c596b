"""Usual hours: what a person said of their week, and when two weeks meet across time zones.

A shift is a weekday with a start and an end on that person's own clock. One that ends at or before its
start ends on the next day. Hours are turned into moments for each single day, so that daylight saving is
right on both sides, whichever of them changes first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]


@dataclass(frozen=True, order=True)
class Shift:
    """`weekday`: Monday is 0."""

    weekday: int
    start: time
    end: time

    @property
    def minutes(self) -> int:
        """How long it lasts by the clock on the wall."""
        start, end = (60 * at.hour + at.minute for at in (self.start, self.end))
        return (end - start) % (24 * 60) or 24 * 60

    def stored(self) -> list[object]:
        return [self.weekday, self.start.strftime("%H:%M"), self.end.strftime("%H:%M")]


def read(stored: Sequence[Sequence[object]]) -> tuple[Shift, ...]:
    """Shifts as a person's row keeps them: `[weekday, "09:00", "17:00"]`."""
    return tuple(
        sorted(
            Shift(int(str(weekday)), time.fromisoformat(str(start)), time.fromisoformat(str(end)))
            for weekday, start, end in stored
        )
    )


def spans(shifts: Iterable[Shift], zone: str, *, begin: datetime, until: datetime) -> list[Span]:
    """The moments (UTC) of these shifts between two moments; merged, in order."""
    clock = ZoneInfo(zone)
    by_day: dict[int, list[Shift]] = {}
    for shift in shifts:
        by_day.setdefault(shift.weekday, []).append(shift)
    found = []
    day = begin.astimezone(clock).date() - timedelta(days=1)
    while day <= until.astimezone(clock).date():
        found += [_span(shift, day, clock) for shift in by_day.get(day.weekday(), ())]
        day += timedelta(days=1)
    cut = ((max(start, begin), min(end, until)) for start, end in found)
    return _merged(sorted((start, end) for start, end in cut if start < end))


def in_common(
    mine: Iterable[Shift],
    my_zone: str,
    theirs: Iterable[Shift],
    their_zone: str,
    *,
    begin: datetime,
    until: datetime,
) -> list[Span]:
    """When both are usually at work, as moments in UTC, in order, between two moments."""
    left = spans(mine, my_zone, begin=begin, until=until)
    right = spans(theirs, their_zone, begin=begin, until=until)
    met = []
    while left and right:
        start, end = max(left[0][0], right[0][0]), min(left[0][1], right[0][1])
        if start < end:
            met.append((start, end))
        (left if left[0][1] <= right[0][1] else right).pop(0)
    return met


def _span(shift: Shift, day: date, clock: ZoneInfo) -> Span:
    """One shift on one day. An end that the clocks skip or repeat is taken as they first show it."""
    last = day if shift.end > shift.start else day + timedelta(days=1)
    return _moment(day, shift.start, clock), _moment(last, shift.end, clock)


def _moment(day: date, at: time, clock: ZoneInfo) -> datetime:
    return datetime.combine(day, at, clock).astimezone(UTC)


def _merged(ordered: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in ordered:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
