"""Two people who do something with their connection at the same moment: one outcome, nothing twice."""

from functools import partial

import pytest
from django.apps import apps

from bothways.connections import events
from bothways.connections.actions import agreements, connections, life, meetings, renewals
from bothways.connections.actions.refusals import NoLongerThere, Outdated
from bothways.connections.models import Agreement, Connection, Meeting
from bothways.core import time
from bothways.people.models import Person, Reservation
from tests import factories
from tests.connections.relating import at_once, recorded, two
from tests.factories import connections as made

# Naming all apps lets the tables be emptied in one cascade; the search index hangs on people's rows.
EVERY_APP = [config.name for config in apps.get_app_configs()]
pytestmark = pytest.mark.django_db(transaction=True, available_apps=EVERY_APP)

ROUNDS = range(4)


@pytest.fixture
def pair(clock: time.Clock) -> tuple[Person, Person]:
    return two(factories.organisation())


@pytest.fixture
def connection(pair: tuple[Person, Person]) -> Connection:
    return made.connected(*pair, kind="mentoring")


@pytest.mark.parametrize("number", ROUNDS)
def test_both_pick_different_times_at_once(
    number: int, connection: Connection, pair: tuple[Person, Person]
) -> None:
    ada, ben = pair
    offered = [
        Meeting.objects.create(
            connection=connection, proposed_by=person, times=[made.in_days(day).isoformat()]
        )
        for person, day in ((ada, 2), (ben, 3))
    ]
    outcomes = at_once(
        partial(meetings.pick, offered[0], made.in_days(2), by=ben),
        partial(meetings.pick, offered[1], made.in_days(3), by=ada),
    )
    assert sum(isinstance(one, NoLongerThere) for one in outcomes) == 1
    assert sorted(Meeting.objects.values_list("state", flat=True)) == ["cancelled", "picked"]
    assert Reservation.objects.count() == 2
    assert len(recorded(events.MeetingPicked)) == 1


@pytest.mark.parametrize("number", ROUNDS)
def test_a_pick_and_a_cancellation(number: int, connection: Connection, pair: tuple[Person, Person]) -> None:
    ada, ben = pair
    meeting = meetings.propose(connection, [made.in_days(2)], by=ada)
    at_once(
        partial(meetings.pick, meeting, made.in_days(2), by=ben), partial(meetings.cancel, meeting, by=ada)
    )
    assert Meeting.objects.get().state == "cancelled"
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("number", ROUNDS)
def test_both_write_at_once(number: int, connection: Connection, pair: tuple[Person, Person]) -> None:
    outcomes = at_once(*(partial(agreements.write, connection, made.words(), by=one, upon=0) for one in pair))
    assert sum(isinstance(one, Outdated) for one in outcomes) == 1
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("number", ROUNDS)
def test_both_sign_or_write_at_once_and_one_version_is_in_force(
    number: int, connection: Connection, pair: tuple[Person, Person]
) -> None:
    ada, ben = pair
    made.agreed(connection)
    newer = agreements.write(connection, made.words(cadence="Once a month"), by=ada, upon=1)
    at_once(
        partial(agreements.sign, newer, by=ben),
        partial(agreements.sign, newer, by=ben),
        partial(agreements.write, connection, made.words(cadence="Weekly"), by=ada, upon=2),
    )
    assert connection.agreements.in_force().count() == 1
    signed = [row["agreement"] for row in recorded(events.AgreementSigned)]
    assert len(signed) == len(set(signed))


@pytest.mark.parametrize("number", ROUNDS)
def test_both_end_at_once(number: int, connection: Connection) -> None:
    made.planned(connection)
    at_once(partial(connections.end, connection), partial(connections.end, connection))
    assert len(recorded(events.ConnectionEnded)) == 1
    assert len(recorded(events.NewOfferDue)) == 2
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("number", ROUNDS)
def test_two_yeses_and_the_end_of_the_day(
    number: int, connection: Connection, pair: tuple[Person, Person], clock: time.Clock
) -> None:
    agreement = made.agreed(connection, months=3)
    clock.move_to(time.now().replace(month=5, day=12, hour=9))
    life.advance()
    clock.move_to(time.now().replace(month=6, day=3, hour=0))
    at_once(*(partial(renewals.go_on, connection, by=one) for one in pair), life.advance, life.advance)
    renewed, over = recorded(events.AgreementRenewed), recorded(events.AgreementOver)
    assert len(renewed) + len(over) == 1
    assert connection.agreements.in_force().count() == len(renewed)
    agreement.refresh_from_db()
    assert agreement.closed_at


@pytest.mark.parametrize("number", ROUNDS)
def test_two_workers_do_what_is_due_once(number: int, connection: Connection, clock: time.Clock) -> None:
    meetings.propose(connection, [made.in_days(60)], by=connection.first)
    made.worked_off()
    clock.move_to(made.in_days(20))
    at_once(life.advance, life.advance, life.advance)
    assert [row["days"] for row in recorded(events.NothingPicked)] == [3, 10]
    assert len(recorded(events.FitAsked)) == 1
