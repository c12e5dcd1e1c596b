"""A person's mornings: when the one digest of the day is due, in their own time zone."""

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

MORNING = clock_time(8, 0)


def morning_of(day: date, zone: str) -> datetime:
    """Eight o'clock there on that day, in UTC; right on both days when clocks are changed."""
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def next_morning(now: datetime, zone: str) -> datetime:
    """The first eight o'clock there after `now`."""
    today = now.astimezone(ZoneInfo(zone)).date()
    morning = morning_of(today, zone)
    return morning if morning > now else morning_of(today + timedelta(days=1), zone)
