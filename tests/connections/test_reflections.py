"""What somebody learned: theirs, shared if they say so; useful, theirs alone for ever."""

import pytest

from bothways.connections import events
from bothways.connections.actions import reflections
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.models import Connection, Meeting, Reflection
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.connections.relating import address, plain, read, recorded
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(connection: Connection, clock: time.Clock) -> Meeting:
    return made.held(connection, clock)


def test_private_stays_private_in_every_page_of_everybody_else(
    connection: Connection, meeting: Meeting
) -> None:
    ada, ben = connection.pair()
    steward = factories.member(ada.organisation, "Sten", role=Person.Role.ADMINISTRATOR)
    names = ("connection", "meetings", "messages", "agreement")
    pages = [address(name, connection.key) for name in names]
    pages += [address("meeting", meeting.key), address("learnings"), address("")]
    before = [plain(read(factories.signed_in(ben), where)) for where in pages]
    answer = factories.signed_in(ada).post(
        address("reflection", meeting.key), {"learned": "I talk too much", "useful": "no"}
    )
    assert answer.status_code == 302
    assert [plain(read(factories.signed_in(ben), where)) for where in pages] == before
    assert recorded(events.LearningShared) == []
    for where in pages:
        answer = factories.signed_in(steward).get(where)
        assert "I talk too much" not in answer.content.decode()
    mine = factories.signed_in(ada)
    assert "I talk too much" in read(mine, address("learnings"))
    assert "I talk too much" in read(mine, address("connection", connection.key))


def test_shared_is_read_by_the_other_told_once_and_can_be_taken_back(
    connection: Connection, meeting: Meeting
) -> None:
    ada, ben = connection.pair()
    for learned in ("To pause", "To pause longer"):
        shared = reflections.write(meeting, by=ada, learned=learned, useful="yes", shared=True)
    assert recorded(events.LearningShared) == [{"reflection": shared.key}]
    page = read(factories.signed_in(ben), address("meeting", meeting.key))
    assert "To pause longer" in page
    reflections.write(meeting, by=ada, learned="To pause longer", useful="yes", shared=False)
    assert "To pause longer" not in read(factories.signed_in(ben), address("meeting", meeting.key))
    assert Reflection.objects.count() == 1


def test_whether_it_was_useful_is_never_shown_to_the_other(connection: Connection, meeting: Meeting) -> None:
    ada, ben = connection.pair()
    client = factories.signed_in(ben)
    seen = []
    for useful in ("yes", "no", "somewhat"):
        reflections.write(meeting, by=ada, learned="To pause", useful=useful, shared=True)
        seen.append(plain(read(client, address("meeting", meeting.key))))
    assert seen[0] == seen[1] == seen[2]


def test_one_of_the_two_answers_is_enough_and_none_is_said_kindly(meeting: Meeting) -> None:
    client = factories.signed_in(meeting.connection.first)
    where = address("reflection", meeting.key)
    assert client.post(where, {}).status_code == 422
    assert client.post(where, {"useful": "very"}).status_code == 422
    assert client.post(where, {"learned": "x" * 2001}).status_code == 422
    assert client.post(where, {"useful": "yes", "shared": "on"}).status_code == 302
    kept = Reflection.objects.get()
    assert (kept.learned, kept.useful, kept.shared) == ("", "yes", False)
    assert "checked" in read(client, where)


def test_nothing_is_reflected_on_before_it_was_held(connection: Connection) -> None:
    planned = made.planned(connection)
    with pytest.raises(NoLongerThere):
        reflections.write(planned, by=connection.first, learned="?", useful="", shared=False)
    client = factories.signed_in(connection.first)
    assert client.get(address("reflection", planned.key)).status_code == 409


def test_my_learnings_go_through_all_connections_newest_first(
    connection: Connection, meeting: Meeting, clock: time.Clock, organisation: Organisation
) -> None:
    ada = connection.first
    reflections.write(meeting, by=ada, learned="First thing", useful="", shared=False)
    other = made.held(made.connected(ada, factories.member(organisation)), clock)
    reflections.write(other, by=ada, learned="Second thing", useful="", shared=True)
    reflections.write(other, by=other.connection.second, learned="Theirs", useful="", shared=True)
    page = read(factories.signed_in(ada), address("learnings"))
    assert page.index("Second thing") < page.index("First thing")


def test_learnings_say_with_whom_and_hold_what_was_shared_with_me(
    connection: Connection, meeting: Meeting, organisation: Organisation, clock: time.Clock
) -> None:
    ada, ben = connection.pair()
    cleo = factories.member(organisation, "Cleo")
    elsewhere = made.held(made.connected(ben, cleo), clock)
    reflections.write(meeting, by=ada, learned="Mine", useful="", shared=False)
    reflections.write(meeting, by=ben, learned="Theirs", useful="", shared=True)
    reflections.write(elsewhere, by=ben, learned="Of others", useful="", shared=True)
    client = factories.signed_in(ada)
    page = " ".join(read(client, address("learnings")).split())
    assert "You, with Ben, " in page
    assert "Ben, with you, " in page
    assert (page.count("Theirs"), page.count("Change it")) == (1, 1)
    assert "Of others" not in page
    reflections.write(meeting, by=ben, learned="Theirs", useful="", shared=False)
    assert "Theirs" not in read(client, address("learnings"))
