"""Times as people say them, on one clock and on two, on both sides of a change of the clocks."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from bothways.core import time
from bothways.ui import moments
from bothways.ui.templatetags.ui import another_clock, both_clocks, day, in_full, said


@pytest.mark.usefixtures("clock")
def test_a_time_is_said_in_the_active_zone() -> None:
    with timezone.override("Europe/Berlin"):
        assert said(datetime(2026, 12, 3, 8, 0, tzinfo=UTC)) == "Thu 3 Dec, 09:00"


@pytest.mark.usefixtures("clock")
def test_another_year_is_said() -> None:
    with timezone.override("Europe/Berlin"):
        assert said(datetime(2027, 3, 3, 8, 0, tzinfo=UTC)) == "Wed 3 Mar 2027, 09:00"


def test_the_year_is_this_one_on_the_readers_own_calendar() -> None:
    with time.driven(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)), timezone.override("Asia/Tokyo"):
        assert said(datetime(2027, 1, 4, 0, 0, tzinfo=UTC)) == "Mon 4 Jan, 09:00"


@pytest.mark.usefixtures("clock")
def test_a_second_clock_is_said_only_where_it_shows_another_time() -> None:
    moment = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert moments.said_to_two(moment, "Europe/Rome") == "Thu 3 Dec, 09:00"
        assert moments.said_to_two(moment, "Asia/Tokyo") == "Thu 3 Dec, 09:00 (your 09:00 is their 17:00)"
        near, far = SimpleNamespace(time_zone="Europe/Rome"), SimpleNamespace(time_zone="Asia/Tokyo")
        assert [another_clock(moment, other) for other in (near, far)] == [False, True]


@pytest.mark.parametrize(
    ("mine", "moment", "theirs", "expected"),
    [
        ("Europe/Berlin", (2026, 2, 5, 8, 0), "Asia/Tokyo", "your 09:00 is their 17:00"),
        ("Europe/Berlin", (2026, 7, 2, 7, 0), "Asia/Tokyo", "your 09:00 is their 16:00"),
        # between the American and the European change of the clocks Berlin and New York are five hours apart
        ("Europe/Berlin", (2026, 3, 6, 14, 0), "America/New_York", "your 15:00 is their 09:00"),
        ("Europe/Berlin", (2026, 3, 20, 14, 0), "America/New_York", "your 15:00 is their 10:00"),
        ("Europe/Berlin", (2026, 4, 3, 13, 0), "America/New_York", "your 15:00 is their 09:00"),
        # the hour that happens twice, and the one that does not happen
        ("Europe/Berlin", (2026, 10, 25, 0, 30), "Europe/London", "your 02:30 is their 01:30"),
        ("Europe/Berlin", (2026, 10, 25, 1, 30), "Africa/Lagos", "02:30 for both of you"),
        ("Europe/Berlin", (2026, 3, 29, 1, 30), "UTC", "your 03:30 is their 01:30"),
        # same clock under another name
        ("Europe/Berlin", (2026, 5, 4, 10, 0), "Europe/Rome", "12:00 for both of you"),
        ("Europe/Lisbon", (2026, 7, 3, 8, 0), "Africa/Lagos", "09:00 for both of you"),
        # another day
        ("America/Los_Angeles", (2026, 6, 5, 1, 0), "Asia/Tokyo", "your Thu 18:00 is their Fri 10:00"),
        ("Pacific/Auckland", (2026, 6, 4, 21, 0), "Europe/Berlin", "your Fri 09:00 is their Thu 23:00"),
        ("Asia/Kathmandu", (2026, 6, 4, 6, 0), "Asia/Kolkata", "your 11:45 is their 11:30"),
    ],
)
def test_two_clocks(mine: str, moment: tuple[int, int, int, int, int], theirs: str, expected: str) -> None:
    year, month, day, hour, minute = moment
    other = SimpleNamespace(time_zone=theirs)
    with timezone.override(mine):
        assert both_clocks(datetime(year, month, day, hour, minute, tzinfo=UTC), other) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2026, 9, 26), "Sat 26 Sep"),
        ((2026, 9, 25), "Fri 25 Sep 2026"),
        ((2025, 11, 26), "Wed 26 Nov 2025"),
        ((2027, 10, 26), "Tue 26 Oct"),
        ((2027, 10, 27), "Wed 27 Oct 2027"),
    ],
)
def test_a_day_has_its_year_where_it_could_be_taken_for_another(
    moment: tuple[int, int, int], expected: str
) -> None:
    with time.driven(datetime(2026, 11, 26, 12, 0, tzinfo=UTC)), timezone.override("Europe/Berlin"):
        assert day(datetime(*moment, 12, 0, tzinfo=UTC)) == expected
        assert day(date(*moment)) == expected
        assert in_full(date(2026, 12, 3)) == "3 December 2026"


def test_days_are_put_into_words_in_one_place() -> None:
    """Elsewhere a template formats hours, and months that are named by themselves."""
    formats = {
        found
        for page in Path("src").rglob("*.html")
        for found in re.findall(r'\|date:"([^"]+)"', page.read_text())
    }
    assert formats == {"H:i", "D H:i", "F", "F Y"}
