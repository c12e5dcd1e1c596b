"""Usual hours in common, quickly: a week as one whole number, a bit for each quarter of an hour."""

import json
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from functools import lru_cache

from bothways.people.rules import hours

QUARTER = timedelta(minutes=15)
HOURS_OF_A_WEEK = 168
_A_WHOLE_HOUR = 0b1111  # quarters


def minutes_in_common(mine: str, my_zone: str, theirs: str, their_zone: str, *, monday: date) -> int | None:
    """Minutes of that week when both are usually at work; None where one of them has not said.

    Hours come as the JSON text of a person's row, so that equal weeks are worked out once.
    """
    left, right = week(mine, my_zone, monday), week(theirs, their_zone, monday)
    return (left & right).bit_count() * 15 if left and right else None


@lru_cache(maxsize=8192)
def week(stored: str, zone: str, monday: date) -> int:
    """The quarters of that week (UTC) in which somebody with these hours is at work."""
    begin = datetime.combine(monday, clock.min, UTC)
    shifts = hours.read(json.loads(stored) or [])
    quarters = 0
    for start, end in hours.spans(shifts, zone, begin=begin, until=begin + timedelta(days=7)):
        first, last = -((begin - start) // QUARTER), (end - begin) // QUARTER
        quarters |= ((1 << max(last - first, 0)) - 1) << first
    return quarters


@lru_cache(maxsize=4096)
def whole_hours(stored: str, zone: str, monday: date) -> frozenset[int]:
    """Whole hours of that week (UTC) in which somebody with these hours is usually at work."""
    quarters = week(stored, zone, monday)
    return frozenset(
        hour for hour in range(HOURS_OF_A_WEEK) if quarters >> 4 * hour & _A_WHOLE_HOUR == _A_WHOLE_HOUR
    )
