"""Times as people say them: "Thu 3 Dec, 09:00", and two people's clocks beside each other.

The one place where days are put into words; templates have `day`, `in_full` and `said`.
"""

from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from bothways.core import time

LATELY = timedelta(days=61)
SOON = timedelta(days=334)


def _local(moment: datetime, zone: str = "") -> datetime:
    return moment.astimezone(ZoneInfo(zone) if zone else timezone.get_current_timezone())


def _date(moment: date, zone: str = "") -> date:
    return _local(moment, zone).date() if isinstance(moment, datetime) else moment


def day(moment: date, zone: str = "") -> str:
    """The day, of a moment in the zone; with the year where one could take it for another's."""
    return _day_near(_date(moment, zone), _local(time.now(), zone).date(), get_language())


def _day_near(local: date, today: date, language: str) -> str:
    return _day(local, today - LATELY <= local <= today + SOON, language)


@lru_cache(maxsize=1024)
def _day(local: date, near: bool, _language: str) -> str:
    """A page has many moments, and few days."""
    if near:
        return date_format(local, pgettext("date format: Thu 3 Dec", "D j M"))
    return date_format(local, pgettext("date format: Thu 3 Dec 2026", "D j M Y"))


def in_full(moment: date) -> str:
    """ "3 December 2026", where it is kept or signed."""
    return date_format(_date(moment), pgettext("date format: 3 December 2026", "j F Y"))


def clock(moment: datetime, zone: str = "") -> str:
    local = _local(moment, zone)
    return _clock(local.hour, local.minute, get_language())


@lru_cache(maxsize=24 * 60)
def _clock(hour: int, minute: int, _language: str) -> str:
    return time_format(clock_time(hour, minute), pgettext("time format: 09:00", "H:i"))


def said(moment: datetime) -> str:
    """ "Thu 3 Dec, 09:00" in the active time zone."""
    local, language = _local(moment), get_language()
    today = time.now().astimezone(local.tzinfo).date()
    values = {
        "day": _day_near(local.date(), today, language),
        "clock": _clock(local.hour, local.minute, language),
    }
    return _("%(day)s, %(clock)s") % values


def both_clocks(moment: datetime, zone: str) -> str:
    """The same moment on both clocks; the day is said where it is not the same one."""
    mine, theirs = _local(moment), _local(moment, zone)
    if one_clock(moment, zone):
        return _("%(clock)s for both of you") % {"clock": clock(moment)}
    values = {"mine": clock(moment), "theirs": clock(moment, zone)}
    if mine.date() == theirs.date():
        return _("your %(mine)s is their %(theirs)s") % values
    values |= {"my_day": _weekday(mine), "their_day": _weekday(theirs)}
    return _("your %(my_day)s %(mine)s is their %(their_day)s %(theirs)s") % values


def one_clock(moment: datetime, zone: str) -> bool:
    """Whether clocks in the active zone show then what they show in the other: no second need be said."""
    return _local(moment).replace(tzinfo=None) == _local(moment, zone).replace(tzinfo=None)


def said_to_two(moment: datetime, zone: str) -> str:
    """ "Thu 3 Dec, 09:00 (your 09:00 is their 17:00)"; the other clock only where it shows another time."""
    if one_clock(moment, zone):
        return said(moment)
    return _("%(when)s (%(clocks)s)") % {"when": said(moment), "clocks": both_clocks(moment, zone)}


def _weekday(local: datetime) -> str:
    return date_format(local, pgettext("weekday format: Thu", "D"))
