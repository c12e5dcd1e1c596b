"""Times that suit two people in two zones: suggestions, clock changes, slips of the pen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bothways.people.rules import hours
from bothways.people.rules.hours import Shift, Span

MOST_TIMES = 3
HALF_HOUR = timedelta(minutes=30)
SOONEST = timedelta(hours=20)  # nobody is asked for a time that is nearly now
FURTHEST = timedelta(days=366)
LOOK_AHEAD = timedelta(days=21)
OFFICE = tuple(Shift(day, time(9), time(17)) for day in range(5))
WAKING = tuple(Shift(day, time(7), time(21)) for day in range(5))
BEST_HOUR = 10.5


@dataclass(frozen=True)
class Week:
    """Somebody's usual week, on the clock of their zone; office hours where they said nothing."""

    zone: str
    shifts: tuple[Shift, ...] = OFFICE

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone))


def week(zone: str, stored: Sequence[Sequence[object]]) -> Week:
    return Week(zone, hours.read(stored) or OFFICE)


def suggest(
    mine: Week,
    theirs: Week,
    *,
    now: datetime,
    minutes: int,
    busy: Sequence[Span] = (),
    most: int = MOST_TIMES,
) -> list[datetime]:
    """Up to `most` starts inside both usual weeks, on different days, at different hours if there are.

    Where the two weeks never meet (far zones): inside both people's waking hours; else nothing.
    """
    for one, other in ((mine, theirs), (Week(mine.zone, WAKING), Week(theirs.zone, WAKING))):
        starts = list(_starts(one, other, now, timedelta(minutes=minutes), busy))
        if starts:
            return _spread(starts, mine, most)
    return []


def _starts(
    mine: Week, theirs: Week, now: datetime, lasts: timedelta, busy: Sequence[Span]
) -> Iterator[datetime]:
    """Half hours that lie, with the whole meeting, in a span that both have in common."""
    spans = hours.in_common(
        mine.shifts, mine.zone, theirs.shifts, theirs.zone, begin=now + SOONEST, until=now + LOOK_AHEAD
    )
    for begins, ends in spans:
        start = _next_half_hour(begins)
        while start + lasts <= ends:
            if not any(start < over and taken < start + lasts for taken, over in busy):
                yield start
            start += HALF_HOUR


def _next_half_hour(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (HALF_HOUR - past if past else timedelta())


def _spread(starts: Iterable[datetime], mine: Week, most: int) -> list[datetime]:
    """One start a day, each at another hour of my day while there is one; in order of time."""
    chosen: list[datetime] = []
    used: set[int] = set()
    for _, of_day in groupby(starts, key=lambda start: mine.local(start).date()):
        kindest = sorted(of_day, key=lambda start: (_from_best(mine.local(start)), start))
        fresh = [start for start in kindest if mine.local(start).hour not in used]
        apart = [
            start for start in fresh if not {mine.local(start).hour + 1, mine.local(start).hour - 1} & used
        ]
        best = (apart or fresh or kindest)[0]
        chosen.append(best)
        used.add(mine.local(best).hour)
        if len(chosen) == most:
            break
    return chosen


def _from_best(local: datetime) -> float:
    return abs(local.hour + local.minute / 60 - BEST_HOUR)


def at_local(zone: str, day: date, clock: time) -> datetime | None:
    """The moment at which clocks in the zone show this; None where they jump over it."""
    moment = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    shown = moment.astimezone(ZoneInfo(zone))
    return moment if (shown.date(), shown.time()) == (day, clock) else None


def after_the_jump(zone: str, day: date, clock: time) -> datetime:
    """The same time after clocks have gone forward: 02:30 becomes 03:30."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def next_alike(past: datetime, *, now: datetime, zone: str) -> datetime:
    """What somebody probably meant by a time that has gone by, at the same local hour.

    A slip of days means the same weekday to come; a slip of months means the year.
    """
    local = past.astimezone(ZoneInfo(zone))
    meant = local
    if now - past <= timedelta(days=60):
        weeks = (now - past) // timedelta(days=7) + 1
        meant = local + timedelta(weeks=weeks)
    while meant <= now:
        meant = _a_year_later(meant)
    return meant.astimezone(UTC)


def _a_year_later(moment: datetime) -> datetime:
    try:
        return moment.replace(year=moment.year + 1)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year + 1, month=3, day=1)
