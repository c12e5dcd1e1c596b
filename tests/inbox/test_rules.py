"""Mornings, pauses, harmless words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.core import lines
from bothways.inbox.rules import pauses, words
from bothways.inbox.rules.mornings import morning_of, next_morning

ZONES = ["UTC", "Europe/Vienna", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 28), 7),  # the day before clocks go forward in Vienna
        (date(2026, 3, 29), 6),
        (date(2026, 10, 24), 6),
        (date(2026, 10, 25), 7),  # the day they go back
    ],
)
def test_eight_oclock_is_eight_oclock_when_clocks_change(day: date, expected: int) -> None:
    assert morning_of(day, "Europe/Vienna").hour == expected


@given(st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)), st.sampled_from(ZONES))
def test_the_next_morning_is_the_first_eight_oclock_there(moment: datetime, zone: str) -> None:
    now = moment.replace(tzinfo=UTC)
    morning = next_morning(now, zone)
    local = morning.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute) == (8, 0)
    assert now < morning <= now + timedelta(hours=49 if zone == "Pacific/Apia" else 25)


def test_pauses_grow_and_end_within_days() -> None:
    all_ = [pauses.after(attempt) for attempt in range(1, pauses.MOST_ATTEMPTS)]
    assert all_ == sorted(all_)
    assert all_[0] == timedelta(seconds=30)
    assert timedelta(days=1) < sum(all_, timedelta()) < timedelta(days=3)
    assert pauses.after(10**6) == pauses.LONGEST


@given(st.text())
def test_one_line_is_one_bounded_harmless_line(text: str) -> None:
    line = words.one_line(text, most=40)
    assert len(line) <= 40
    assert line.splitlines() in ([], [line])
    assert not set(line) & lines.TURNING


def test_one_line_keeps_what_people_are_called() -> None:
    assert words.one_line("Zoë  O’Neill-王小明") == "Zoë O’Neill-王小明"
    assert words.one_line("Ada\r\nBcc: all@x.example") == "Ada Bcc: all@x.example"
    assert words.one_line("one two three four", most=12) == "one two…"


def test_words_from_right_to_left_do_not_turn_the_sentence() -> None:
    assert words.isolated("עדה") == "\u2068עדה\u2069"
    assert words.isolated("Ada") == "Ada"
