"""Meetings: proposed, picked, moved, cancelled, held or missed; their minutes; their nudges."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bothways.connections import events
from bothways.connections.actions import answers as introduction_answers
from bothways.connections.actions import connections, life, meetings, queues
from bothways.connections.actions.refusals import (
    AlreadyPlanned,
    HasEnded,
    InThePast,
    NoLongerThere,
    NoTimes,
    NotYoursToPick,
)
from bothways.connections.models import Connection, Introduction, Meeting
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import budgets
from bothways.people.models import Person, Reservation
from tests import factories
from tests.connections.relating import address, read, recorded
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(organisation: Organisation, clock: time.Clock) -> tuple[Person, Person]:
    ada = factories.member(organisation, "Ada", time_zone="Europe/Berlin")
    ben = factories.member(organisation, "Ben", time_zone="America/New_York")
    return ada, ben


@pytest.fixture
def connection(pair: tuple[Person, Person]) -> Connection:
    return made.connected(*pair)


def test_up_to_three_distinct_times_to_come_are_proposed(connection: Connection) -> None:
    ada = connection.first
    later, sooner = made.in_days(3), made.in_days(2)
    meeting = meetings.propose(connection, [later, sooner, later], by=ada)
    assert meeting.times == [sooner.isoformat(), later.isoformat()]
    assert recorded(events.TimesProposed) == [{"meeting": meeting.key}]
    for wrong in ([], [made.in_days(day) for day in (1, 2, 3, 4)], [made.in_days(400)]):
        with pytest.raises(NoTimes):
            meetings.propose(connection, wrong, by=ada)


def test_a_time_gone_by_is_refused_with_what_was_probably_meant(
    connection: Connection, clock: time.Clock
) -> None:
    with pytest.raises(InThePast) as refused:
        meetings.propose(connection, [datetime(2025, 3, 3, 9, tzinfo=UTC)], by=connection.first)
    assert refused.value.instead == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert not Meeting.objects.exists()


def test_the_other_picks_and_both_months_are_booked(
    connection: Connection, pair: tuple[Person, Person]
) -> None:
    ada, ben = pair
    start = datetime(2026, 4, 2, 14, tzinfo=UTC)
    meeting = meetings.propose(connection, [start, made.in_days(2)], by=ada, where="Room 4")
    with pytest.raises(NotYoursToPick):
        meetings.pick(meeting, start, by=ada)
    with pytest.raises(NoLongerThere):
        meetings.pick(meeting, start + timedelta(hours=1), by=ben)
    picked = meetings.pick(meeting, start, by=ben)
    assert (picked.state, picked.starts_at, picked.sequence) == ("picked", start, 0)
    assert recorded(events.MeetingPicked) == [{"meeting": meeting.key, "by": ben.key}]
    april = time.month_of(start)
    assert [budgets.taken(one, month=april) for one in pair] == [30, 30]


def test_the_introductions_booking_covers_the_first_meeting(pair: tuple[Person, Person]) -> None:
    ada, ben = pair
    connection = made.connected_by_asking(ada, ben)
    march = time.month_of(time.now())
    assert budgets.taken(ben, month=march) == 30
    made.planned(connection)
    assert budgets.taken(ben, month=march) == 30
    assert budgets.taken(ada, month=march) == 30
    assert Reservation.objects.filter(person=ben).count() == 1


def test_a_full_month_never_refuses_a_meeting_two_people_want(
    connection: Connection, pair: tuple[Person, Person]
) -> None:
    Person.objects.update(budget_minutes=0)
    made.planned(connection)
    assert budgets.taken(pair[0], month=time.month_of(time.now())) == 30


def test_a_move_leaves_the_time_standing_until_the_other_takes_a_new_one(
    connection: Connection, pair: tuple[Person, Person]
) -> None:
    ada, ben = pair
    meeting = made.planned(connection, by=ada)
    before, other = meeting.starts_at, datetime(2026, 4, 6, 13, tzinfo=UTC)
    meetings.move(meeting, [other], by=ben)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at, meeting.sequence) == ("picked", before, 0)
    with pytest.raises(NotYoursToPick):
        meetings.pick(meeting, other, by=ben)
    moved = meetings.pick(meeting, other, by=ada)
    assert (moved.starts_at, moved.sequence, moved.times) == (other, 1, [])
    march, april = time.month_of(time.now()), time.month_of(other)
    assert [budgets.taken(ada, month=month) for month in (march, april)] == [0, 30]


def test_a_place_is_an_update_for_calendars(connection: Connection) -> None:
    meeting = made.planned(connection)
    meetings.settle_place(meeting, "Canteen", by=connection.second)
    settled = meetings.settle_place(meeting, "Canteen", by=connection.second)
    assert (settled.where, settled.sequence) == ("Canteen", 1)
    assert len(recorded(events.MeetingPicked)) == 2


def test_cancelling_gives_the_minutes_back_and_may_offer_other_times(
    connection: Connection, pair: tuple[Person, Person]
) -> None:
    ada, ben = pair
    meeting = made.planned(connection)
    again = meetings.cancel(meeting, by=ben, instead=[made.in_days(5)])
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("cancelled", 1)
    assert recorded(events.MeetingCancelled) == [{"meeting": meeting.key, "by": ben.key}]
    assert again
    assert again.proposed_by == ben
    assert budgets.taken(ada, month=time.month_of(time.now())) == 0
    with pytest.raises(NoLongerThere):
        meetings.cancel(meeting, by=ada)


def test_one_meeting_is_planned_at_a_time_and_new_times_replace_old_ones(
    connection: Connection, pair: tuple[Person, Person]
) -> None:
    ada, ben = pair
    first = meetings.propose(connection, [made.in_days(2)], by=ada)
    meetings.propose(connection, [made.in_days(4)], by=ben)
    assert recorded(events.TimesWithdrawn) == [{"meeting": first.key}]
    with pytest.raises(NoLongerThere):
        meetings.pick(first, made.in_days(2), by=ben)
    second = connection.meetings.get(state="proposed")
    meetings.pick(second, made.in_days(4), by=ada)
    with pytest.raises(AlreadyPlanned):
        meetings.propose(connection, [made.in_days(6)], by=ben)


def test_two_yeses_with_times_leave_two_proposals_and_picking_one_ends_the_other(
    connection: Connection, pair: tuple[Person, Person]
) -> None:
    for person, day in zip(pair, (2, 3), strict=True):
        Meeting.objects.create(
            connection=connection, proposed_by=person, times=[made.in_days(day).isoformat()]
        )
    theirs = connection.meetings.get(proposed_by=pair[1])
    meetings.pick(theirs, made.in_days(3), by=pair[0])
    assert connection.meetings.get(proposed_by=pair[0]).state == "cancelled"


def test_nudges_come_on_days_three_and_ten_if_nothing_is_picked(
    connection: Connection, clock: time.Clock
) -> None:
    meeting = meetings.propose(connection, [made.in_days(20)], by=connection.first)
    made.worked_off()
    for days, expected in ((2.9, []), (0.2, [3]), (6.8, [3]), (0.2, [3, 10])):
        clock.advance(timedelta(days=days))
        life.advance()
        life.advance()
        assert [row["days"] for row in recorded(events.NothingPicked)] == expected
    meetings.pick(meeting, datetime.fromisoformat(meeting.times[0]), by=connection.second)


def test_no_nudge_once_a_time_is_picked(connection: Connection, clock: time.Clock) -> None:
    meeting = meetings.propose(connection, [made.in_days(20)], by=connection.first)
    made.worked_off()
    meetings.pick(meeting, datetime.fromisoformat(meeting.times[0]), by=connection.second)
    clock.advance(timedelta(days=11))
    life.advance()
    assert recorded(events.NothingPicked) == []


def test_a_worker_that_slept_for_days_works_off_everything_once_in_order(
    connection: Connection, clock: time.Clock
) -> None:
    meetings.propose(connection, [made.in_days(20)], by=connection.first)
    clock.advance(timedelta(days=12))
    made.worked_off()
    assert [row["days"] for row in recorded(events.NothingPicked)] == [3, 10]


def test_at_its_end_a_meeting_is_held_and_can_be_noted_as_missed_by_nobody_in_particular(
    connection: Connection, pair: tuple[Person, Person], clock: time.Clock
) -> None:
    meeting = made.planned(connection)
    assert meeting.ends_at
    clock.move_to(meeting.ends_at - timedelta(seconds=1))
    life.advance()
    meeting.refresh_from_db()
    assert meeting.state == "picked"
    clock.advance(timedelta(seconds=1))
    life.advance()
    life.advance()
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert recorded(events.MeetingHeld) == [{"meeting": meeting.key}]
    meetings.miss(meeting)
    assert recorded(events.MeetingMissed) == [{"meeting": meeting.key}]
    assert budgets.taken(pair[0], month=time.month_of(time.now())) == 0
    meetings.met_after_all(meeting)
    assert budgets.taken(pair[0], month=time.month_of(time.now())) == 30
    with pytest.raises(NoLongerThere):
        meetings.move(meeting, [made.in_days(2)], by=pair[0])


def test_after_the_end_nothing_more_is_said_of_a_meeting(connection: Connection, clock: time.Clock) -> None:
    meeting = made.held(connection, clock)
    where, client = address("meeting", meeting.key), factories.signed_in(connection.first)
    assert "manage to meet" in read(client, where)
    connections.end(connection)
    assert "manage to meet" not in read(client, where)
    assert client.post(address("missed", meeting.key)).status_code == 409
    meeting.refresh_from_db()
    assert (meeting.state, recorded(events.MeetingMissed)) == ("held", [])


def test_a_moved_meeting_is_held_at_its_new_end_only(connection: Connection, clock: time.Clock) -> None:
    meeting = made.planned(connection)
    later = made.in_days(9)
    meetings.move(meeting, [later], by=connection.first)
    meetings.pick(meeting, later, by=connection.second)
    clock.advance(timedelta(days=4))
    life.advance()
    assert Meeting.objects.get().state == "picked"
    clock.advance(timedelta(days=6))
    life.advance()
    assert Meeting.objects.get().state == "held"


def test_times_that_came_with_a_yes_are_brought_to_mind_too(
    pair: tuple[Person, Person], clock: time.Clock
) -> None:
    queues.open(pair[0], [queues.Approved(pair[1])], kind="conversation", note="A word?")
    start = made.in_days(12)
    introduction_answers.accept(Introduction.objects.get(), by=pair[1], times=[start])
    made.worked_off()
    clock.advance(timedelta(days=3, minutes=1))
    life.advance()
    assert [row["days"] for row in recorded(events.NothingPicked)] == [3]


def test_nothing_is_planned_in_what_has_ended(connection: Connection) -> None:
    meeting = meetings.propose(connection, [made.in_days(2)], by=connection.first)
    connections.end(connection)
    with pytest.raises(HasEnded):
        meetings.propose(connection, [made.in_days(2)], by=connection.first)
    with pytest.raises(HasEnded):
        meetings.pick(meeting, made.in_days(2), by=connection.second)


def test_once_all_times_have_gone_by_the_page_says_so_to_both(
    connection: Connection, clock: time.Clock
) -> None:
    meeting = meetings.propose(connection, [made.in_days(1)], by=connection.first)
    clock.advance(timedelta(days=1, minutes=1))
    for person in (connection.first, connection.second):
        page = read(factories.signed_in(person), address("meeting", meeting.key))
        assert f"No time found yet with {connection.other(person).name}" in page
        assert address("times", connection.key) in page
        for gone in ("suits you best", "picks one of these", "Offer other times"):
            assert gone not in page


def test_a_picked_time_claims_no_calendar(connection: Connection) -> None:
    meeting = made.planned(connection)
    page = read(factories.signed_in(connection.first), address("meeting", meeting.key))
    assert "An invitation for your calendar is in the mail." in page
    assert "both calendars" not in page


def test_a_second_clock_stands_beside_a_time_only_where_it_differs(organisation: Organisation) -> None:
    ada, near, far = (
        factories.member(organisation, name, time_zone=zone)
        for name, zone in (("Ada", "Europe/Berlin"), ("Near", "Europe/Rome"), ("Far", "Asia/Kolkata"))
    )
    for other, differs in ((near, False), (far, True)):
        meeting = meetings.propose(made.connected(ada, other), [made.in_days(3)], by=other)
        page = read(factories.signed_in(ada), address("meeting", meeting.key))
        assert "for both of you" not in page
        assert ("is their" in page) is differs


def test_times_to_move_to_leave_out_the_time_that_is_to_move(connection: Connection) -> None:
    client, where = factories.signed_in(connection.first), address("times", connection.key)
    first = re.findall(r'name="starts" value="([^"]+)"', read(client, where))[0]
    meeting = made.planned(connection, at=datetime.fromisoformat(first))
    assert meeting.starts_at
    assert meeting.ends_at
    lasts = meeting.ends_at - meeting.starts_at
    for name in ("move", "cancel"):
        page = read(client, address(name, meeting.key))
        offered = [datetime.fromisoformat(one) for one in re.findall(r'name="starts" value="([^"]+)"', page)]
        assert offered
        assert all(start + lasts <= meeting.starts_at or start >= meeting.ends_at for start in offered)
