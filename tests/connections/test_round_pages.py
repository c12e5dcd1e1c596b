"""What both sides read of an introduction that a round brought about: pages, links, inbox, mail."""

from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.test import Client

from bothways.connections.actions import answers
from bothways.connections.actions.queues import Approved, open_in_round
from bothways.connections.models import Connection, Queue, QueueEntry
from bothways.connections.queries import answer_links
from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.models import Message
from bothways.people.models import Person, Reservation
from tests import factories
from tests.connections.introducing import address, page_of, read
from tests.connections.test_answer_links import CHOICES, shown
from tests.factories.inbox import mailed, told
from tests.factories.introductions import ask, introduction, pass_time, several, take_part

pytestmark = pytest.mark.django_db

SIDES = [0, 1]


@pytest.fixture
def people(organisation: Organisation, clock: time.Clock) -> list[Person]:
    return several(organisation, "Ada Ben Cleo Dan", brings="Ten years of talks", hopes="To draw better")


@pytest.mark.parametrize("side", SIDES)
def test_each_reads_which_program_introduces_whom_and_why(side: int, people: list[Person]) -> None:
    ada, ben = people[:2]
    why = Approved(
        ben,
        reason={"kind": "offers_wanted", "topic": "Talks"},
        reason_back={"kind": "wants", "topic": "Talks"},
    )
    open_in_round(ada, [why], kind="mentoring", note="Meet <b>once</b>.", named="Spring & all")
    me, other = people[side], people[1 - side]
    text = read(factories.signed_in(me), page_of(introduction(ben)))
    for said in (
        f"You and {other.name}, perhaps?",
        f"The program “Spring &amp; all” introduces you to {other.name}.",
        f"{other.name} hears of it if both of you say yes. Whoever runs the program never reads an answer.",
        f"What {other.name} hopes for",
        ("Talks about talks, which you would like", "Would like to get better at talks")[side],
    ):
        assert said in text
    assert "would like a word" not in text
    assert "<b>once</b>" not in text
    for choice in CHOICES:
        assert f'name="answer" value="{choice}"' in text


@pytest.mark.parametrize("side", SIDES)
def test_a_round_offers_no_name_to_hand_on_to(side: int, people: list[Person]) -> None:
    take_part(people[0], people[1], people[2])
    only, client = introduction(people[1]), factories.signed_in(people[side])
    text = read(client, page_of(only))
    assert "the program looks for somebody else" in text
    assert "Somebody who might fit better" not in text
    client.post(page_of(only), {"answer": "hand_on", "name": "Dan", "person": people[3].key})
    assert introduction(people[1]).ended_how == "handed_on"
    assert not QueueEntry.objects.filter(person=people[3]).exists()
    assert f"{people[side].name} handed it on." in read(factories.signed_in(people[1 - side]), page_of(only))


@pytest.mark.parametrize("side", SIDES)
def test_ones_own_answer_is_kept_and_the_other_reads_nothing(side: int, people: list[Person]) -> None:
    take_part(people[0], people[1])
    where = page_of(introduction(people[1]))
    client, others = factories.signed_in(people[side]), factories.signed_in(people[1 - side])
    before = shown(others.get(where))
    for answer, said in (("yes", "You said yes."), ("not_now", "You said not now, and that is fine.")):
        client.post(where, {"answer": answer})
        assert said in read(client, where)
        assert shown(others.get(where)) == before


@pytest.mark.parametrize("side", SIDES)
def test_rule_22_a_link_answers_alike_whatever_was_answered(side: int, people: list[Person]) -> None:
    replies = []
    for choice in ("not_now", "yes", "more"):
        Queue.objects.all().delete()
        Reservation.objects.all().delete()
        take_part(people[0], people[1])
        where = answer_links.path_of(introduction(people[1]), people[side])
        assert "Sign in to name them" not in Client().get(where).content.decode()
        status, length, headers = shown(Client().post(where, CHOICES[choice]))
        replies.append((status, length, [one for one in headers if one[0] != "Content-Length"]))
    assert replies == [replies[0]] * 3


def test_two_yeses_lead_both_to_their_connection(people: list[Person]) -> None:
    take_part(people[0], people[1], people[2])
    where = page_of(introduction(people[1]))
    for person in people[:2]:
        factories.signed_in(person).post(where, {"answer": "yes"})
    connection = Connection.objects.get()
    assert connection.kind == "mentoring"
    for person in people[:2]:
        assert address("connections_connection", connection.key) in read(factories.signed_in(person), where)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("time", "Its time is up"),
        ("found", "One of you two has found somebody"),
        ("withdrawn", "no longer needed"),
    ],
)
@pytest.mark.parametrize("before", ["nothing", "not_now"])
def test_rule_9_what_is_over_reads_alike_for_both_whatever_was_answered(
    before: str, how: str, said: str, people: list[Person], clock: time.Clock
) -> None:
    from bothways.connections.actions import rounds

    ada, ben, cleo = people[:3]
    queue = take_part(ada, ben, cleo)
    assert queue is not None
    only = introduction(ben)
    if before == "not_now":
        answers.not_now(only, by=ben)
        answers.not_now(only, by=ada)
    pass_time(clock, days=7)
    if how == "found":
        answers.accept(introduction(cleo), by=ada)
        answers.accept(introduction(cleo), by=cleo)
    elif how == "withdrawn":
        rounds.leave_round(queue)
    else:
        clock.advance(timedelta(days=7))
    assert said in read(factories.signed_in(ada), page_of(only))
    assert said in read(factories.signed_in(ben), page_of(only))


def kinds(person: Person) -> list[str]:
    there = Message.objects.mine(person).there().order_by("kind")
    return list(there.values_list("kind", flat=True))


def test_both_are_told_reminded_and_told_of_the_end_in_words_that_are_true(
    people: list[Person], clock: time.Clock
) -> None:
    ada, ben, cleo = people[:3]
    take_part(ada, ben, cleo, named="Spring mentoring")
    told()
    mailed()
    assert sorted(letter.to[0].split()[0] for letter in outgoing.outbox) == ["Ada", "Ben"]
    for letter in outgoing.outbox:
        assert letter.subject == "A program introduces you to somebody"
        assert "“Spring mentoring” introduces you." in letter.body
        assert "/answer/" in letter.body
    for person in (ada, ben):
        assert kinds(person) == ["introduction_of_round"]
        assert "perhaps?" in read(factories.signed_in(person), address("inbox"))
    answers.not_now(introduction(ben), by=ada)
    outgoing.outbox.clear()
    pass_time(clock, days=6)
    told()
    mailed()
    assert [letter.to[0].split()[0] for letter in outgoing.outbox] == ["Ben"]
    assert outgoing.outbox[0].subject == "An introduction is still open"
    pass_time(clock, days=1)
    answers.accept(introduction(cleo), by=ada)
    answers.accept(introduction(cleo), by=cleo)
    told()
    for person in (ada, ben):
        assert "introduction_found_of_round" in kinds(person)


def test_an_asks_pages_never_list_a_part_in_a_round(people: list[Person]) -> None:
    ada, ben = people[:2]
    queue = take_part(ada, ben)
    answers.hand_on(introduction(ben), by=ben)
    client = factories.signed_in(ada)
    assert queue is not None
    entry = QueueEntry.objects.get(queue=queue)
    read(client, address("connections_suggested", entry.key), status=404)
    assert "Ben" not in read(client, address("asks"))


def test_an_ask_of_ones_own_is_the_yes_in_a_round_too(people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    take_part(ada, ben)
    ask(ada, cleo, ben, at_once=1)
    text = read(factories.signed_in(ada), page_of(introduction(ben)))
    assert "Your ask says yes already" in text


@pytest.mark.parametrize("side", SIDES)
def test_home_says_what_waits_for_either(side: int, people: list[Person]) -> None:
    take_part(people[0], people[1])
    text = read(factories.signed_in(people[side]), address("home"))
    assert f"A word with {people[1 - side].name}?" in text


def test_nobody_but_the_two_opens_it(organisation: Organisation, people: list[Person]) -> None:
    steward = factories.member(organisation, "Eve", role=Person.Role.STEWARD)
    administrator = factories.member(organisation, "Finn", role=Person.Role.ADMINISTRATOR)
    take_part(people[0], people[1])
    where = page_of(introduction(people[1]))
    for person in (people[2], steward, administrator):
        read(factories.signed_in(person), where, status=404)
    assert Client().get(where).status_code in (302, 404)
