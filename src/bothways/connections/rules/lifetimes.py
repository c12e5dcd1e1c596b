"""The fixed times of a connection's life, and the dates of an agreement."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIT_AFTER = timedelta(days=14)
FIT_LASTS = timedelta(days=14)
QUIET_AFTER = timedelta(days=45)
QUIET_LASTS = timedelta(days=7)
PICK_SOON = timedelta(days=3)
PICK_LATE = timedelta(days=10)
RENEWAL_BEFORE = timedelta(days=21)
MONTHS = (3, 6, 9, 12)
MORNING = time(9)


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last: 31 August and six months is 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def halfway(begins: date, ends: date) -> date:
    return begins + (ends - begins) / 2


def morning_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, MORNING, ZoneInfo(zone))


def end_of(day: date, zone: str) -> datetime:
    """The first moment after the day, where the organisation is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))


def renewal_opens(ends_on: date, zone: str) -> datetime:
    return morning_of(ends_on - RENEWAL_BEFORE, zone)
