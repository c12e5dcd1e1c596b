"""Hours as people write them, on their own clock, to hours of the week in UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta

from bothways.people.rules import hours
from bothways.people.rules.hours import Shift

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = "Mon-Fri 9-17"
HOUR = timedelta(hours=1)

_DAY = r"([a-z]{3})[a-z]*\.?"
_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?"
_PART = re.compile(rf"^{_DAY}(?:\s*[-–]\s*{_DAY})?\s+{_TIME}\s*[-–]\s*{_TIME}$", re.IGNORECASE)


def read(cell: str, zone: str, monday: date) -> frozenset[int]:
    """`Mon-Thu 9-12; Fri 13:00-17:00`, as in that week. Empty, with a zone: office hours.

    Raises `ValueError`.
    """
    if not cell and not zone:
        return frozenset()
    shifts = [shift for part in re.split(r"[;,|]", cell or OFFICE) if part.strip() for shift in _shifts(part)]
    begin = datetime.combine(monday - timedelta(days=monday.weekday()), time(), UTC)
    days = timedelta(days=8)
    found = hours.spans(shifts, zone or "UTC", begin=begin - days, until=begin + days)
    return frozenset(
        place % 168
        for start, end in found
        for place in range(int((start - begin) // HOUR), int((end - begin) // HOUR))
    )


def said(hour: int) -> tuple[int, str]:
    """The weekday (0 is Monday) and the time of an hour of the week."""
    return hour // 24, f"{hour % 24:02}:00"


def _shifts(part: str) -> list[Shift]:
    found = _PART.match(part.strip())
    if not found:
        raise ValueError(part)
    first = DAYS.index(found[1].lower())
    last = DAYS.index(found[2].lower()) if found[2] else first
    start, end = _time(found[3], found[4]), _time(found[5], found[6])
    many = (last - first) % 7 + 1
    return [Shift((first + step) % 7, start, end) for step in range(many)]


def _time(hour: str, minute: str | None) -> time:
    return time(int(hour) % 24 if int(hour) <= 24 else int(hour), int(minute or 0))
