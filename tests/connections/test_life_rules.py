"""The pure rules of a connection's life: times, dates, gaps, the one next step."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bothways.connections.rules import expectations, kind_texts, lifetimes, next_step, scheduling
from bothways.connections.rules.kinds import Kind
from bothways.connections.rules.next_step import Facts, Step
from bothways.people.rules.hours import Shift

ZONES = [
    "UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata",
    "Pacific/Auckland", "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca",
]  # fmt: skip
zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))
days = st.dates(date(2026, 1, 1), date(2040, 12, 31))


def shifts() -> st.SearchStrategy[tuple[Shift, ...]]:
    hour = st.integers(0, 23)
    one = st.builds(lambda day, a, b: Shift(day, time(a), time(b)), st.integers(0, 6), hour, hour)
    return st.lists(one, min_size=1, max_size=7).map(tuple)


def inside(start: datetime, minutes: int, week: scheduling.Week) -> bool:
    """Whether every minute of the meeting lies in a shift, computed the slow way."""
    for minute in range(minutes):
        local = (start + timedelta(minutes=minute)).astimezone(ZoneInfo(week.zone))
        at, day = local.time().replace(second=0), local.weekday()
        today = any(
            shift.weekday == day and shift.start <= at and (at < shift.end or shift.end <= shift.start)
            for shift in week.shifts
        )
        spilled = any(
            (shift.weekday + 1) % 7 == day and shift.end <= shift.start and at < shift.end
            for shift in week.shifts
        )
        if not today and not spilled:
            return False
    return True


weeks = st.builds(scheduling.Week, zones, shifts())


@settings(deadline=None, max_examples=60)
@given(weeks, weeks, moments, st.sampled_from([20, 30, 60]))
def test_suggested_times_lie_in_both_weeks_on_different_days_and_are_to_come(
    mine: scheduling.Week, theirs: scheduling.Week, now: datetime, minutes: int
) -> None:
    both = (mine, theirs)
    found = scheduling.suggest(*both, now=now, minutes=minutes)
    assert len(found) <= scheduling.MOST_TIMES
    assert found == sorted(found)
    assert len({both[0].local(start).date() for start in found}) == len(found)
    waking = [scheduling.Week(week.zone, scheduling.WAKING) for week in both]
    for start in found:
        assert start >= now + scheduling.SOONEST
        usual = all(inside(start, minutes, week) for week in both)
        assert usual or all(inside(start, minutes, week) for week in waking)


@settings(deadline=None, max_examples=40)
@given(zones, moments)
def test_busy_times_are_never_suggested(zone: str, now: datetime) -> None:
    week = scheduling.Week(zone)
    first = scheduling.suggest(week, week, now=now, minutes=30)
    busy = [(start - timedelta(minutes=10), start + timedelta(minutes=10)) for start in first]
    again = scheduling.suggest(week, week, now=now, minutes=30, busy=busy)
    assert first
    assert again
    assert not set(first) & set(again)


def test_suggestions_spread_over_days_and_hours() -> None:
    week = scheduling.Week("Europe/Berlin")
    found = scheduling.suggest(week, week, now=datetime(2026, 3, 2, 9, tzinfo=UTC), minutes=30)
    assert [start.isoformat() for start in found] == [
        "2026-03-03T09:30:00+00:00",
        "2026-03-04T11:00:00+00:00",
        "2026-03-05T13:00:00+00:00",
    ]


def test_where_the_weeks_have_little_in_common_the_hours_still_differ() -> None:
    here, there = scheduling.Week("America/New_York"), scheduling.Week("Europe/London")
    found = scheduling.suggest(here, there, now=datetime(2026, 3, 2, 9, tzinfo=UTC), minutes=30)
    assert [here.local(start).strftime("%H:%M") for start in found] == ["10:30", "11:00", "09:30"]


def test_berlin_and_auckland_find_times_across_midnight() -> None:
    found = scheduling.suggest(
        scheduling.Week("Europe/Berlin"),
        scheduling.Week("Pacific/Auckland"),
        now=datetime(2026, 3, 2, 9, tzinfo=UTC),
        minutes=30,
    )
    assert found
    for start in found:
        for zone in ("Europe/Berlin", "Pacific/Auckland"):
            assert 7 <= start.astimezone(ZoneInfo(zone)).hour < 21


@given(zones, days, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_local_time_is_what_the_clock_shows_or_it_does_not_exist(zone: str, day: date, at: time) -> None:
    moment = scheduling.at_local(zone, day, at)
    if moment is None:
        after = scheduling.after_the_jump(zone, day, at).astimezone(ZoneInfo(zone))
        assert (after.date(), after.time()) != (day, at)
    else:
        shown = moment.astimezone(ZoneInfo(zone))
        assert (shown.date(), shown.time()) == (day, at)


def test_the_hours_that_clocks_skip_and_repeat() -> None:
    assert scheduling.at_local("Europe/Berlin", date(2026, 3, 29), time(2, 30)) is None
    after = scheduling.after_the_jump("Europe/Berlin", date(2026, 3, 29), time(2, 30))
    assert after == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    twice = scheduling.at_local("Europe/Berlin", date(2026, 10, 25), time(2, 30))
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    before = scheduling.at_local("Europe/Berlin", date(2026, 3, 28), time(9))
    later = scheduling.at_local("Europe/Berlin", date(2026, 3, 30), time(9))
    assert before
    assert later
    assert later - before == timedelta(hours=47)


@given(moments, zones, st.timedeltas(timedelta(minutes=1), timedelta(days=1500)))
def test_what_was_probably_meant_is_to_come_within_a_year_at_about_the_same_hour(
    now: datetime, zone: str, ago: timedelta
) -> None:
    past = now - ago
    meant = scheduling.next_alike(past, now=now, zone=zone)
    assert now < meant <= now + timedelta(days=367)
    local, was = (moment.astimezone(ZoneInfo(zone)) for moment in (meant, past))
    off = abs((local.hour * 60 + local.minute) - (was.hour * 60 + was.minute))
    assert min(off, 24 * 60 - off) <= 60
    if ago <= timedelta(days=60):
        assert local.weekday() == was.weekday() or off


def test_a_slip_of_the_year_and_a_slip_of_the_day() -> None:
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    year = scheduling.next_alike(datetime(2026, 3, 3, 9, tzinfo=UTC), now=now, zone="UTC")
    assert year == datetime(2027, 3, 3, 9, tzinfo=UTC)
    week = scheduling.next_alike(datetime(2026, 11, 30, 9, tzinfo=UTC), now=now, zone="UTC")
    assert week == datetime(2026, 12, 7, 9, tzinfo=UTC)
    leap = scheduling.next_alike(datetime(2024, 2, 29, 9, tzinfo=UTC), now=now, zone="UTC")
    assert leap == datetime(2027, 3, 1, 9, tzinfo=UTC)


@given(days, st.sampled_from(lifetimes.MONTHS))
def test_months_later_keep_the_day_or_take_the_months_last(day: date, months: int) -> None:
    later = lifetimes.months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert day < lifetimes.halfway(day, later) < later


@given(days, zones)
def test_the_renewal_opens_three_weeks_before_the_end_in_the_morning(day: date, zone: str) -> None:
    opens, over = lifetimes.renewal_opens(day, zone), lifetimes.end_of(day, zone)
    assert opens.astimezone(ZoneInfo(zone)).date() == day - timedelta(days=21)
    assert timedelta(days=21) < over - opens < timedelta(days=22)


texts = st.text(max_size=80)


@settings(deadline=None)
@given(texts, texts, texts, texts)
def test_gaps_need_words_on_both_sides_and_none_in_common(a: str, b: str, c: str, d: str) -> None:
    found = expectations.gaps(first_hopes=a, second_brings=b, second_hopes=c, first_brings=d)
    for hopes, brings in ((a, b), (c, d)):
        hoped, brought = expectations.meaning(hopes), expectations.meaning(brings)
        if hoped and brought and not hoped & brought:
            assert hopes in found
    assert all(expectations.meaning(hopes) for hopes in found)
    assert len(found) <= 2
    assert expectations.gaps(first_hopes=a, second_brings=a, second_hopes=c, first_brings=c) == []


@pytest.mark.parametrize(
    ("hopes", "brings", "apart"),
    [
        ("To give talks without notes", "Ten years of giving talks", False),
        ("Negotiating my pay", "I negotiated contracts", False),
        ("Gardening", "Bookkeeping and tax", True),
        ("", "Bookkeeping", False),
        ("I would like to learn", "Bookkeeping", False),
    ],
)
def test_the_same_thing_in_another_form_is_no_gap(hopes: str, brings: str, apart: bool) -> None:
    found = expectations.gaps(first_hopes=hopes, second_brings=brings, second_hopes="", first_brings="")
    assert bool(found) is apart


booleans = st.booleans()
facts = st.builds(
    Facts,
    ended=booleans, resting=booleans,
    asked=st.frozensets(st.sampled_from(["fit", "quiet", "renewal"])),
    proposed_to_me=booleans, proposed_by_me=booleans, picked_at=st.none() | moments,
    other_times_for_me=booleans, met=st.integers(0, 5), reflect_since=st.none() | moments,
    kind_open=booleans, kind_for_me=booleans, kind_lasts=booleans, sign_for_me=booleans,
    agreement_waits=booleans, in_force_until=st.none() | days,
)  # fmt: skip
NOW = datetime(2027, 1, 1, tzinfo=UTC)


@given(facts)
def test_there_is_always_exactly_one_next_step_and_none_after_the_end(told: Facts) -> None:
    found = next_step.step(told, NOW)
    assert isinstance(found, Step)
    assert (found == Step.ENDED) is told.ended


@given(facts)
def test_what_waits_for_me_comes_before_what_waits_for_nobody(told: Facts) -> None:
    waits = told.asked or told.sign_for_me or told.kind_for_me or told.other_times_for_me
    found = next_step.step(replace(told, ended=False), NOW)
    if waits:
        assert found in next_step.WAITS_FOR_ME
    if found == Step.WAKE:
        assert told.resting


def test_reflecting_is_asked_for_thirty_days() -> None:
    told = Facts(met=1, reflect_since=NOW - timedelta(days=29))
    assert next_step.step(told, NOW) == Step.REFLECT
    assert next_step.step(told, NOW + timedelta(days=1)) == Step.MEET_NEXT


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_texts_and_an_agenda_in_three_depths_where_both_begin_in_turn(kind: Kind) -> None:
    text = kind_texts.text_of(kind)
    assert text.months in lifetimes.MONTHS
    assert all(str(part) for part in (text.about, text.cadence, text.confidentiality, text.boundaries))
    agenda = kind_texts.turns(kind)
    assert [len(turns) >= 2 for _, turns in agenda] == [True, True, True]
    begins = [turn.second_begins for _, turns in agenda for turn in turns]
    assert begins == [place % 2 == 0 for place in range(len(begins))]
