"""The pure rules of consent and of kinds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.connections.rules import consent, kinds, plan
from bothways.connections.rules.consent import Answer, Ending, Told
from bothways.connections.rules.kinds import Kind

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
YEAR = timedelta(days=366)
moments = st.lists(st.integers(-30, 30).map(lambda hours: NOW + timedelta(hours=hours)), max_size=3)


def test_only_two_yeses_connect() -> None:
    pairs = {(one, other) for one in Answer for other in Answer if consent.connects([one, other])}
    assert pairs == {(Answer.YES, Answer.YES)}
    assert not consent.connects([])
    assert not consent.connects([Answer.YES])


def test_open_ends_with_the_moment() -> None:
    assert consent.is_open("open", NOW, NOW - timedelta(microseconds=1))
    assert not consent.is_open("open", NOW, NOW)
    assert not consent.is_open("ended", NOW + YEAR, NOW)
    assert not consent.is_open("connected", NOW + YEAR, NOW)


def test_time_and_absence_read_alike_and_so_does_what_the_clock_has_not_seen() -> None:
    assert {consent.told(how) for how in ("", Ending.TIME, Ending.AWAY)} == {Told.OVER}
    assert {consent.told(how) for how in Ending} == set(Told)


def test_a_plan_follows_from_the_lists_length() -> None:
    week, later = timedelta(days=7), datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert [plan.turns(people, 2) for people in (1, 2, 3, 4, 5)] == [1, 1, 2, 2, 3]
    assert plan.plan("conversation", 1, begin=NOW, zone="UTC") == plan.Plan(None, NOW + week)
    assert plan.plan("conversation", 2, begin=NOW, zone="UTC") == plan.Plan(later, later + week)
    after = datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert plan.plan("conversation", 3, begin=NOW, zone="UTC") == plan.Plan(later, after + week)


@given(before=moments, latest=moments)
def test_times_offered_are_to_come_and_suit_both_where_any_do(
    before: list[datetime], latest: list[datetime]
) -> None:
    whose, starts = consent.starts_to_offer([(1, before), (2, latest)], after=NOW, until=NOW + YEAR)
    assert all(start > NOW for start in starts)
    assert set(starts) <= set(latest if whose == 2 else before)
    common = {start for start in before if start in latest and start > NOW}
    assert set(starts) == common if common else True
    assert bool(starts) == any(start > NOW for start in [*before, *latest])


def test_times_further_than_anybody_plans_are_left_out() -> None:
    far = NOW + YEAR + timedelta(hours=1)
    assert consent.starts_to_offer([(1, []), (2, [far])], after=NOW, until=NOW + YEAR) == (1, [])


@pytest.mark.parametrize(
    ("kind", "figures"),
    [(Kind.CONVERSATION, (2, 7, 3, 3, 2)), (Kind.MENTORING, (1, 14, 6, 2, 2))],
)
def test_the_defaults_are_those_of_the_table(kind: Kind, figures: tuple[int, ...]) -> None:
    pace = kinds.pace(kind)
    days = (pace.lasts.days, pace.reminds_after.days)
    assert (pace.at_once, *days, pace.open_queues, pace.open_introductions) == figures


def test_the_fallback_comes_after_working_days() -> None:
    assert kinds.fallback_after(Kind.CONVERSATION, NOW, "UTC") == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert kinds.fallback_after(Kind.MENTORING, NOW, "UTC") == datetime(2026, 3, 9, 9, tzinfo=UTC)


def test_every_kind_has_a_pace() -> None:
    assert set(kinds.PACES) == set(Kind)
