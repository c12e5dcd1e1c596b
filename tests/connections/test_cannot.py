""" "I can't after all", before the first meeting: other times, this one off, or a rest; never the end."""

import pytest

from bothways.connections import events
from bothways.connections.actions import connections, meetings
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.models import Connection
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person, Reservation
from tests import factories
from tests.connections.relating import address, read, recorded, two
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(organisation: Organisation, clock: time.Clock) -> tuple[Person, Person]:
    return two(organisation)


def test_i_cant_after_all_costs_nothing_and_ends_nothing(pair: tuple[Person, Person]) -> None:
    connection = made.connected_by_asking(*pair)
    meeting = made.planned(connection)
    again = connections.cannot(connection, by=pair[1], instead=[made.in_days(6)])
    assert again
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    meetings.pick(again, made.in_days(6), by=pair[0])
    assert connections.cannot(connection, by=pair[1]) is None
    again.refresh_from_db()
    connection.refresh_from_db()
    assert (again.state, connection.state) == ("cancelled", "acquainted")
    connections.end(connection)
    assert not Reservation.objects.exists()


@pytest.mark.parametrize(
    ("said", "meeting_is", "connection_is"),
    [
        ({"off": "1"}, "cancelled", "acquainted"),
        ({"rest": "1"}, "cancelled", "resting"),
        ({"instead": "1"}, "picked", "acquainted"),
        ({}, "picked", "acquainted"),
    ],
)
def test_who_cant_after_all_chooses_and_is_never_one_step_from_the_end(
    said: dict[str, str], meeting_is: str, connection_is: str, connection: Connection
) -> None:
    meeting = made.planned(connection)
    client, where = factories.signed_in(connection.second), address("cannot", connection.key)
    page = read(client, where)
    assert "checked" not in page
    assert address("ending", connection.key) in page
    assert 'name="end"' not in page
    client.post(where, said)
    meeting.refresh_from_db()
    connection.refresh_from_db()
    assert (meeting.state, connection.state) == (meeting_is, connection_is)


def test_resting_instead_names_nobody(connection: Connection) -> None:
    made.planned(connection)
    factories.signed_in(connection.second).post(address("cannot", connection.key), {"rest": "1"})
    assert [row["by"] for row in recorded(events.MeetingCancelled)] == [""]


def test_i_cant_after_all_is_for_before_the_first_meeting(connection: Connection, clock: time.Clock) -> None:
    made.held(connection, clock)
    with pytest.raises(NoLongerThere):
        connections.cannot(connection, by=connection.first)
