"""Putting somebody on the list changes nothing that is open; whose list it is sees it, and may act."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.ask.actions import asks
from bothways.ask.models import Ask
from bothways.ask.sources import Inquiry
from bothways.connections.actions import answers, introductions
from bothways.connections.models import Introduction
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import not_wanted
from bothways.people.models import Person
from tests import factories
from tests.factories.inbox import introduction_of
from tests.factories.introductions import several

pytestmark = pytest.mark.django_db

LIST = "/harbour/me/rather-not/"
ASKED = "Somebody on the list would like a word with you"
ASKING = "You are asking somebody on the list"


@pytest.fixture
def people(organisation: Organisation, clock: time.Clock) -> list[Person]:
    return several(organisation, "Ada Ben Cleo Dan")


def asked(author: Person, *others: Person) -> Ask:
    return asks.ask(Inquiry(person=author, sentence=""), others, kind="conversation", note="A word?")


def after_adding(client: Client, other: Person) -> str:
    answer = client.post(LIST, {"do": "add", "person": other.key}, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_introduction_that_is_open_can_be_answered_from_the_page_after_adding(
    people: list[Person],
) -> None:
    ada, ben, cleo, dan = people
    asked(ben, ada)
    introductions.introduce(ada, cleo, by=dan, why="Both give talks.")
    asked(dan, ada)
    page = after_adding(factories.signed_in(ada), ben)
    assert ASKED in page
    assert f'href="/harbour/introductions/{introduction_of(ada, first=ben).key}/"' in page
    assert "Ben, open until" in page
    assert "Cleo, open" not in page
    assert "Dan, open" not in page
    assert ASKING not in page
    assert "Cleo, open until" in after_adding(factories.signed_in(ada), cleo)


def test_an_ask_with_them_on_its_list_can_be_withdrawn_from_there(
    people: list[Person], clock: time.Clock
) -> None:
    ada, ben, cleo, dan = people
    given, other = asked(ada, cleo, dan, ben), asked(ada, dan)
    client = factories.signed_in(ada)
    page = after_adding(client, ben)
    assert ASKING in page
    assert f'href="/harbour/asks/{given.key}/#withdraw"' in page, "although their turn has not come"
    assert other.key not in page
    assert ASKED not in page
    assert 'id="withdraw"' in client.get(f"/harbour/asks/{given.key}/").content.decode()
    client.post(f"/harbour/asks/{given.key}/withdrawal/")
    assert ASKING not in client.get(LIST).content.decode()


def test_what_is_over_is_not_shown(people: list[Person], clock: time.Clock) -> None:
    ada, ben, cleo, _ = people
    asked(ben, ada)
    asked(ada, cleo)
    for other in (ben, cleo):
        not_wanted.add(ada, other)
    clock.advance(timedelta(days=8))
    asks.withdraw(Ask.objects.get(author=ada))
    page = factories.signed_in(ada).get(LIST).content.decode()
    assert ASKED not in page
    assert ASKING not in page


def test_what_is_never_delivered_is_not_shown_either(people: list[Person]) -> None:
    ada, ben, *_ = people
    not_wanted.add(ada, ben)
    asked(ben, ada)
    assert not Introduction.objects.get().delivered
    assert ASKED not in factories.signed_in(ada).get(LIST).content.decode()


def test_nobody_else_reads_anything_new_and_no_rule_changes(people: list[Person]) -> None:
    ada, ben, cleo, _ = people
    asked(ben, ada)
    not_wanted.add(ben, cleo)
    clients = [factories.signed_in(person) for person in (ben, cleo)]
    before = [ASKED in client.get(LIST).content.decode() for client in clients]
    not_wanted.add(ada, ben)
    assert before == [ASKED in client.get(LIST).content.decode() for client in clients] == [False, False]
    assert answers.accept(introduction_of(ada, first=ben), by=ada), "what is open may still be answered"


def test_the_list_takes_as_many_queries_for_three_as_for_one(people: list[Person]) -> None:
    ada, *others = people
    client, counts = factories.signed_in(ada), []
    for other in others:
        asked(ada, other)
        not_wanted.add(ada, other)
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))
    assert len(set(counts)) == 1
