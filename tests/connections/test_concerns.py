"""Something is wrong: told to one named person, read by that one alone."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from bothways.connections import events
from bothways.connections.actions import concerns, connections
from bothways.connections.actions.refusals import NotSomebodyToTell
from bothways.connections.models import Concern, Connection
from bothways.connections.queries import histories
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.ui import moments
from tests import factories
from tests.connections.relating import address, plain, read, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Sten", role=Person.Role.STEWARD)


@pytest.fixture
def administrator(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Adi", role=Person.Role.ADMINISTRATOR)


def told(connection: Connection, to: Person) -> Concern:
    return concerns.tell(connection, "I was shouted at", by=connection.first, to=to)


def test_it_names_the_people_who_may_be_told_and_who_will_read_it(
    connection: Connection, steward: Person, administrator: Person
) -> None:
    Person.objects.filter(pk=connection.second_id).update(role=Person.Role.STEWARD)
    factories.member(factories.organisation("island"), "Eve", role=Person.Role.STEWARD)
    page = read(factories.signed_in(connection.first), address("concern", connection.key))
    assert "Sten" in page
    assert "Adi" in page
    assert "Eve" not in page
    assert f'value="{connection.second.key}"' not in page
    assert "could open its database" in page


def test_only_the_picked_person_and_the_teller_ever_read_it(
    connection: Connection, steward: Person, administrator: Person, organisation: Organisation
) -> None:
    ada, ben = connection.pair()
    form = {"to": steward.key, "text": "I was shouted at"}
    assert factories.signed_in(ada).post(address("concern", connection.key), form).status_code == 302
    concern = Concern.objects.get()
    assert recorded(events.ConcernTold) == [{"concern": concern.key}]
    where = address("told", concern.key)
    for other in (ben, administrator, factories.member(organisation, "Cleo")):
        client = factories.signed_in(other)
        assert client.get(where).status_code == 404
        assert client.post(where, {"reply": "?"}).status_code == 404
        assert "shouted" not in client.get(address("concerns")).content.decode()
        assert "Nothing was told" in read(client, address("concerns"))
    assert "I was shouted at" in read(factories.signed_in(steward), where)
    assert "I was shouted at" in read(factories.signed_in(ada), where)


def test_the_picked_person_replies_and_the_teller_reads_it(connection: Connection, steward: Person) -> None:
    concern = told(connection, steward)
    teller, listener = factories.signed_in(connection.first), factories.signed_in(steward)
    assert "something waits for them" in read(teller, address("told", concern.key))
    assert "waits for your reply" in read(listener, address("concerns"))
    before = plain(read(teller, address("told", concern.key)))
    read(listener, address("told", concern.key))
    assert plain(read(teller, address("told", concern.key))) == before, "no read marks (consent.md 23)"
    assert listener.post(address("told", concern.key), {"reply": " "}).status_code == 422
    assert listener.post(address("told", concern.key), {"reply": "Come and see me"}).status_code == 302
    assert recorded(events.ConcernReplied) == [{"concern": concern.key}]
    assert "Come and see me" in read(teller, address("told", concern.key))
    assert teller.post(address("told", concern.key), {"reply": "Myself"}).status_code == 409


def test_what_waits_for_ones_reply_comes_first(
    connection: Connection, steward: Person, clock: time.Clock
) -> None:
    waiting = told(connection, steward)
    clock.advance(timedelta(days=1))
    replied = told(connection, steward)
    concerns.reply(replied, "Come and see me", by=steward)
    assert list(histories.concerns(steward)) == [waiting, replied]
    assert list(histories.concerns(connection.first)) == [replied, waiting]


def test_never_the_other_one_never_oneself_never_somebody_unnamed(
    connection: Connection, steward: Person, organisation: Organisation
) -> None:
    ada, ben = connection.pair()
    Person.objects.filter(pk__in=(ada.pk, ben.pk)).update(role=Person.Role.ADMINISTRATOR)
    for wrong in (ada, ben, factories.member(organisation)):
        with pytest.raises(NotSomebodyToTell):
            told(connection, wrong)
        answer = factories.signed_in(ada).post(
            address("concern", connection.key), {"to": wrong.key, "text": "I was shouted at"}
        )
        assert answer.status_code == 422
        assert "I was shouted at" in answer.content.decode()
    assert not Concern.objects.exists()


def test_it_can_be_told_after_the_end_too(connection: Connection, steward: Person) -> None:
    connections.end(connection)
    assert told(connection, steward).told_to == steward


def test_with_nobody_named_the_page_still_says_where_to_turn(connection: Connection) -> None:
    page = read(factories.signed_in(connection.first), address("concern", connection.key))
    assert "Nobody is named here yet" in page
    assert "staff representative" in page


def test_a_listener_without_a_title_is_shown_by_what_they_do_here(
    connection: Connection, steward: Person, administrator: Person
) -> None:
    Person.objects.filter(pk=administrator.pk).update(title="Harbour master")
    page = read(factories.signed_in(connection.first), address("concern", connection.key))
    assert '<p class="why">Looks after mentorship here</p>' in page
    assert "Sten, looks after mentorship here" in page
    assert "Adi, Harbour master" in page
    assert "administrator here" not in page


def away(person: Person, days: int = 30) -> None:
    today = time.today()
    Person.objects.filter(pk=person.pk).update(away_from=today, away_until=today + timedelta(days=days))


def test_whoever_is_away_is_left_out_where_somebody_is_here(
    connection: Connection, steward: Person, administrator: Person
) -> None:
    away(steward)
    client = factories.signed_in(connection.first)
    page = read(client, address("concern", connection.key))
    assert "Adi" in page
    assert "Sten" not in page
    with pytest.raises(NotSomebodyToTell):
        told(connection, steward)
    answer = client.post(address("concern", connection.key), {"to": steward.key, "text": "I was shouted at"})
    assert answer.status_code == 422
    assert "This person can no longer be told" in answer.content.decode()


def test_where_all_are_away_it_says_until_when_and_claims_nothing_else(
    connection: Connection, steward: Person, administrator: Person
) -> None:
    away(steward)
    away(administrator, 3)
    client, until = factories.signed_in(connection.first), moments.day(time.now() + timedelta(days=30))
    page = read(client, address("concern", connection.key))
    assert f"Sten, looks after mentorship here, away until {until}" in page
    assert page.count(f"away until {until}") == len(("under the name", "beside the choice"))
    assert "Adi, administrator here, away until" in page
    after = read(client, address("told", told(connection, steward).key))
    assert f"Sten is away until {until}" in after
    assert "They are told that something waits" not in after


def reports(person: Person, *above: Person) -> None:
    """`person` reports to the last of `above`, who reports to the one before."""
    line = "".join(f"/{manager.pk}" for manager in above)
    Person.objects.filter(pk=person.pk).update(manager=above[-1], line=f"{line}/")


@pytest.mark.parametrize("whose", ["first", "second"])
@pytest.mark.parametrize("level", [0, 1])
def test_whoever_is_above_one_of_the_two_is_left_out_where_somebody_else_is_left(
    connection: Connection, steward: Person, administrator: Person, whose: str, level: int
) -> None:
    between = factories.member(steward.organisation, "Cleo")
    above = (between, steward) if level else (steward, between)
    reports(getattr(connection, whose), *above)
    page = read(factories.signed_in(connection.first), address("concern", connection.key))
    assert "Adi" in page
    assert "Sten" not in page
    with pytest.raises(NotSomebodyToTell):
        told(Connection.objects.get(), steward)


def test_where_only_managers_are_left_it_says_whose_they_are(
    connection: Connection, steward: Person, administrator: Person
) -> None:
    ada, ben = connection.pair()
    reports(ada, administrator, steward)
    page = read(factories.signed_in(ada), address("concern", connection.key))
    assert "Sten, looks after mentorship here, your manager" in page
    assert "Adi, administrator here, above you in your reporting line" in page
    reports(ben, administrator)
    again = read(factories.signed_in(ada), address("concern", connection.key))
    assert f"above {ben.name} in the reporting line" in again
    assert "any manager" not in again
    assert "is told nothing, and neither is anybody else" in again


def test_the_page_costs_the_same_however_many_listen(
    connection: Connection, steward: Person, organisation: Organisation
) -> None:
    client, where = factories.signed_in(connection.first), address("concern", connection.key)
    read(client, where)
    with CaptureQueriesContext(database) as one:
        read(client, where)
    for name in ("Sara", "Silas", "Sofie"):
        away(factories.member(organisation, name, role=Person.Role.STEWARD))
    away(steward)
    with CaptureQueriesContext(database) as four:
        read(client, where)
    assert len(four) == len(one)
