"""A connection's pages, its next step, its end; who may see any of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.connections import events
from bothways.connections.actions import connections, dues, life, meetings, messages, reflections
from bothways.connections.actions.refusals import AlreadyPlanned, AlreadyProposed, NoLongerThere
from bothways.connections.models import Connection, Due, Meeting
from bothways.connections.queries import relationships
from bothways.core import time
from bothways.core.models import Organisation, RecordedEvent
from bothways.core.ticks import SomeFailed
from bothways.people.models import Person, Reservation
from tests import factories
from tests.connections.relating import address, plain, read, recorded, two
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(organisation: Organisation, clock: time.Clock) -> tuple[Person, Person]:
    return two(organisation)


@pytest.fixture
def connection(pair: tuple[Person, Person]) -> Connection:
    return made.connected(*pair)


def step(connection: Connection, person: Person) -> str:
    connection.refresh_from_db()
    return relationships.standing(person, Connection.objects.ours(person).get(pk=connection.pk)).step


def everything(connection: Connection, meeting: Meeting, agreement: str) -> list[tuple[str, str]]:
    """Each address of a connection with its method, POST where it changes something."""
    below = ("messages", "times", "cannot", "kind", "agreement_write", "fit", "quiet", "renewal")
    asked = [
        (method, address(name, connection.key)) for name in (*below, "rest", "ending", "concern")
        for method in ("get", "post")
    ]  # fmt: skip
    asked += [("get", address(name, connection.key)) for name in ("connection", "meetings", "agreement")]
    asked += [("get", address(name, meeting.key)) for name in ("meeting", "agenda")]
    asked += [("post", address(name, meeting.key)) for name in ("pick", "place", "missed")]
    asked += [
        (method, address(name, meeting.key)) for name in ("move", "cancel", "reflection")
        for method in ("get", "post")
    ]  # fmt: skip
    return [*asked, ("post", address("signature", agreement))]


def test_nobody_but_the_two_reaches_any_of_it(connection: Connection, organisation: Organisation) -> None:
    boss = factories.member(organisation, "Boss")
    Person.objects.filter(pk=connection.second_id).update(manager=boss, line=f"/{boss.pk}/")
    steward = factories.member(organisation, "Sten", role=Person.Role.STEWARD)
    administrator = factories.member(organisation, "Adi", role=Person.Role.ADMINISTRATOR)
    elsewhere = factories.member(factories.organisation("island"), "Eve")
    agreement = made.agreed(connection)
    meeting = made.planned(connection)
    for other in (boss, steward, administrator, elsewhere, factories.member(organisation, "Cleo")):
        client = factories.signed_in(other)
        for method, where in everything(connection, meeting, agreement.key):
            assert getattr(client, method)(where).status_code == 404, (other.name, method, where)
    connection.refresh_from_db()
    assert connection.state == "agreed"


def test_the_next_step_follows_the_life_of_a_connection(connection: Connection, clock: time.Clock) -> None:
    ada, ben = connection.pair()
    assert step(connection, ada) == "meet_first"
    proposed = meetings.propose(connection, [made.in_days(2)], by=ada)
    assert (step(connection, ada), step(connection, ben)) == ("wait_for_pick", "pick")
    meeting = meetings.pick(proposed, made.in_days(2), by=ben)
    assert (step(connection, ada), step(connection, ben)) == ("prepare", "prepare")
    meetings.move(meeting, [made.in_days(4)], by=ada)
    assert (step(connection, ada), step(connection, ben)) == ("prepare", "pick_other")
    clock.advance(timedelta(days=2, hours=1))
    life.advance()
    assert step(connection, ada) == "reflect"
    reflections.write(meeting, by=ada, learned="Pause more", useful="yes", shared=False)
    assert (step(connection, ada), step(connection, ben)) == ("meet_next", "reflect")
    second = made.held(connection, clock)
    for person in (ada, ben):
        reflections.write(second, by=person, learned="", useful="yes", shared=False)
    clock.advance(timedelta(days=9))
    life.advance()
    assert step(connection, ada) == "fit"


def test_shall_we_make_this_mentoring(connection: Connection, clock: time.Clock) -> None:
    ada, ben = connection.pair()
    for _ in range(2):
        meeting = made.held(connection, clock)
        for person in (ada, ben):
            reflections.write(meeting, by=person, learned="", useful="yes", shared=False)
    assert step(connection, ada) == "make_it"
    connections.propose_kind(connection, "mentoring", by=ada)
    assert step(connection, ben) == "agree_kind"
    with pytest.raises(NoLongerThere):
        connections.agree_kind(connection, by=ada)
    connections.agree_kind(connection, by=ben)
    assert (step(connection, ada), step(connection, ben)) == ("write_agreement", "write_agreement")
    assert connection.kind == "mentoring"


def test_leaving_it_as_it_is_looks_like_silence_to_the_proposer(
    connection: Connection, clock: time.Clock
) -> None:
    ada, ben = connection.pair()
    connections.propose_kind(connection, "mentoring", by=ada)
    client = factories.signed_in(ada)
    before = plain(read(client, address("kind", connection.key)))
    connections.leave_kind(connection, by=ben)
    assert plain(read(client, address("kind", connection.key))) == before
    assert step(connection, ben) != "agree_kind"
    clock.advance(timedelta(days=14))
    assert step(connection, ada) == "meet_first"
    with pytest.raises(NoLongerThere):
        connections.agree_kind(connection, by=ben)


def test_leaving_it_stands_however_often_it_is_proposed(connection: Connection, clock: time.Clock) -> None:
    ada, ben = connection.pair()
    connections.propose_kind(connection, "mentoring", by=ada)
    for kind in ("peer", "mentoring"):
        with pytest.raises(AlreadyProposed):
            connections.propose_kind(connection, kind, by=ada)
        said = factories.signed_in(ada).post(address("kind", connection.key), {"kind": kind})
        assert said.status_code == 409
    connections.leave_kind(connection, by=ben)
    clock.advance(timedelta(days=14))
    client = factories.signed_in(ada)
    assert client.post(address("kind", connection.key), {"kind": "peer"}).status_code == 302
    assert "You proposed" in read(client, address("kind", connection.key))
    assert step(connection, ben) != "agree_kind"
    assert recorded(events.KindProposed) == [{"connection": connection.key, "by": ada.key}]
    connections.propose_kind(connection, "peer", by=ben)
    connection.refresh_from_db()
    assert connection.kind == "peer"


def test_whoever_left_it_may_propose_it_later(connection: Connection, clock: time.Clock) -> None:
    ada, ben = connection.pair()
    connections.propose_kind(connection, "mentoring", by=ada)
    connections.leave_kind(connection, by=ben)
    clock.advance(timedelta(days=14))
    connections.propose_kind(connection, "mentoring", by=ben)
    assert step(connection, ada) == "agree_kind"
    clock.advance(timedelta(days=14))
    connections.propose_kind(connection, "peer", by=ada)
    assert step(connection, ben) == "agree_kind"


def test_two_who_propose_the_same_have_agreed(connection: Connection) -> None:
    ada, ben = connection.pair()
    connections.propose_kind(connection, "peer", by=ada)
    connections.propose_kind(connection, "peer", by=ben)
    connection.refresh_from_db()
    assert (connection.kind, connection.proposed_kind) == ("peer", "")


def test_it_ends_once_kindly_and_says_nothing_of_who(connection: Connection, clock: time.Clock) -> None:
    ada, ben = connection.pair()
    made.agreed(connection)
    meeting = made.planned(connection)
    connections.end(connection)
    connections.end(connection)
    assert recorded(events.ConnectionEnded) == [{"connection": connection.key}]
    assert recorded(events.NewOfferDue) == [{"person": person.key} for person in (ada, ben)]
    meeting.refresh_from_db()
    connection.refresh_from_db()
    assert (meeting.state, connection.state) == ("cancelled", "ended")
    assert not Due.objects.exists()
    assert connection.agreements.get().closed_at
    pages = [
        factories.signed_in(person).get(address("connection", connection.key)).content.decode()
        for person in (ada, ben)
    ]
    assert all("Both of you can meet again any time" in page for page in pages)


@pytest.mark.parametrize("verb", [connections.end, connections.rest])
def test_a_meeting_that_is_over_was_held_though_no_tick_has_said_so(
    connection: Connection, clock: time.Clock, verb: Callable[[Connection], None]
) -> None:
    meeting = made.planned(connection)
    assert meeting.ends_at
    clock.move_to(meeting.ends_at)
    verb(connection)
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert Reservation.objects.filter(source_key=meeting.source).count() == 2


def test_what_has_happened_is_forgotten_after_a_month_what_is_to_come_is_not(
    connection: Connection, clock: time.Clock
) -> None:
    soon, later = time.now() + timedelta(hours=1), time.now() + timedelta(days=60)
    dues.appoint(connection, Due.What.PICK_SOON, at=soon, about="gone")
    dues.appoint(connection, Due.What.PICK_LATE, at=later, about="gone")
    clock.advance(timedelta(hours=2))
    Due.objects.filter(what=Due.What.PICK_SOON).update(done_at=time.now())
    dues.forget()
    assert Due.objects.filter(what=Due.What.PICK_SOON).exclude(done_at=None).exists()
    clock.advance(dues.KEPT + timedelta(seconds=1))
    dues.forget()
    assert not Due.objects.filter(what=Due.What.PICK_SOON).exists()
    assert Due.objects.filter(what=Due.What.PICK_LATE, done_at=None).exists()


def test_more_than_a_batch_waits_for_the_next_turn_and_what_fails_holds_up_none(
    connection: Connection, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dues, "BATCH", 2)
    for number in range(5):
        dues.appoint(connection, Due.What.REVIEW, at=clock.at, about=str(number))
    done: list[str] = []

    def act(connection: Connection, about: str) -> None:
        if about == "0":
            raise RuntimeError
        done.append(about)

    assert dues.work_off({Due.What.REVIEW: act})
    assert len(done) < 4
    with pytest.raises(SomeFailed):
        list(iter(lambda: dues.work_off({Due.What.REVIEW: act}), False))
    assert sorted(done) == ["1", "2", "3", "4"]


def test_ending_asks_first_and_then_ends_for_both(connection: Connection) -> None:
    client = factories.signed_in(connection.second)
    asked = client.get(address("ending", connection.key))
    assert "Nothing is said about who ended it" in asked.content.decode()
    connection.refresh_from_db()
    assert connection.is_alive
    assert client.post(address("ending", connection.key)).status_code == 302
    connection.refresh_from_db()
    assert not connection.is_alive
    page = factories.signed_in(connection.first).get(address("connection", connection.key))
    assert "This connection ended on" in page.content.decode()


def test_an_ended_pair_can_be_connected_anew(connection: Connection) -> None:
    connections.end(connection)
    again = made.connected(*connection.pair())
    assert again.pk != connection.pk


def test_resting_asks_nothing_and_wakes_at_a_touch(connection: Connection, clock: time.Clock) -> None:
    ada, ben = connection.pair()
    client = factories.signed_in(ada)
    meetings.propose(connection, [made.in_days(3)], by=ben)
    assert client.post(address("rest", connection.key)).status_code == 302
    assert (step(connection, ada), step(connection, ben)) == ("wake", "wake")
    clock.advance(timedelta(days=90))
    made.worked_off()
    asked = RecordedEvent.objects.filter(name__in=("connections.FitAsked", "connections.QuietAsked"))
    assert not asked.exists()
    assert client.post(address("rest", connection.key), {"wake": "1"}).status_code == 302
    assert step(connection, ada) == "meet_first"
    connections.rest(connection)
    made.planned(connection)
    assert step(connection, ada) == "prepare"
    with pytest.raises(AlreadyPlanned):
        connections.rest(connection)
    assert client.post(address("rest", connection.key)).status_code == 409


def test_who_leaves_ends_and_who_is_suspended_rests(connection: Connection, clock: time.Clock) -> None:
    made.planned(connection)
    Person.objects.filter(pk=connection.second_id).update(state=Person.State.SUSPENDED)
    connections.let_go(Person.objects.get(pk=connection.second_id))
    connection.refresh_from_db()
    assert connection.state == "resting"
    Person.objects.filter(pk=connection.second_id).update(state=Person.State.LEFT)
    connections.let_go(Person.objects.get(pk=connection.second_id))
    connection.refresh_from_db()
    assert connection.state == "ended"
    assert [row["person"] for row in recorded(events.NewOfferDue)] == [connection.first.key]


def _visit(client: Client, where: str) -> tuple[int, str]:
    with CaptureQueriesContext(database) as queries:
        answer = client.get(where)
    assert answer.status_code == 200
    return len(queries), answer.content.decode()


def test_a_page_takes_as_many_queries_for_fifty_as_for_one(
    connection: Connection, clock: time.Clock, organisation: Organisation
) -> None:
    ada, ben = connection.pair()
    client = factories.signed_in(ada)
    counts: dict[str, list[int]] = {}
    made.agreed(connection)
    messages.send(connection, "Hello", by=ben)
    _visit(client, address("connection", connection.key))
    for most in (1, 50):
        while connection.messages.count() < most:
            messages.send(connection, "Another **one**", by=ben)
        while connection.meetings.count() < most:
            meeting = made.held(connection, clock)
            reflections.write(meeting, by=ben, learned="To wait", useful="yes", shared=True)
            reflections.write(meeting, by=ada, learned="To ask", useful="yes", shared=False)
        while most > 1 and Connection.objects.count() < most:
            made.connected(ada, factories.member(organisation))
        for name in ("connection", "messages", "meetings", "times", "agreement"):
            counts.setdefault(name, []).append(_visit(client, address(name, connection.key))[0])
        for name in ("", "learnings"):
            counts.setdefault(name, []).append(_visit(client, address(name))[0])
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}
    assert max(max(pair) for pair in counts.values()) <= 20


def test_my_connections_are_grouped_by_what_is_next(
    connection: Connection, organisation: Organisation, clock: time.Clock
) -> None:
    ada = connection.first
    planned = made.connected(ada, factories.member(organisation, "Cleo"))
    made.planned(planned)
    offered = made.connected(ada, factories.member(organisation, "Dan"))
    meetings.propose(offered, [made.in_days(2)], by=offered.second)
    over = made.connected(ada, factories.member(organisation, "Eli"))
    connections.end(over)
    resting = made.connected(ada, factories.member(organisation, "Fay"))
    connections.rest(resting)
    _, page = _visit(factories.signed_in(ada), address(""))
    order = ["For you", "Dan", "Coming up", "Cleo", "Going on", "Ben", "Resting", "Fay", "Ended", "Eli"]
    places = [page.index(f"{word}<") for word in order]
    assert places == sorted(places)


def test_somebody_with_nobody_yet_reads_what_to_do(organisation: Organisation, clock: time.Clock) -> None:
    _, page = _visit(factories.signed_in(factories.member(organisation)), address(""))
    assert "Nobody yet" in page


def test_every_page_shows_who_it_is_about_and_the_ways_out(connection: Connection) -> None:
    _, page = _visit(factories.signed_in(connection.first), address("connection", connection.key))
    for said in ("To speak up", "Ten years of talks", "How do you prepare a talk", "End it kindly"):
        assert said in page
    assert "Something is wrong" in page
