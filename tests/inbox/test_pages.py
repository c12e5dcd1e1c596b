"""The inbox, its settings and the feed's page: who sees what, in how many queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bothways.connections.actions import answers
from bothways.connections.actions import messages as letters
from bothways.connections.models import Introduction
from bothways.core import keys, time
from bothways.core.models import Organisation
from bothways.inbox.models import Feed, Message
from bothways.people.models import Person
from tests import factories
from tests.factories.inbox import asked, introduction_of, met, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ben")


def address(name: str, **names: str) -> str:
    return reverse(name, kwargs={"organisation": "harbour", **names})


def page(person: Person, name: str = "inbox", **names: str) -> str:
    response = factories.signed_in(person).get(address(name, **names))
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_inbox_says_what_to_do(ben: Person) -> None:
    assert "Nothing waits for you" in page(ben)


def test_no_page_is_empty_because_what_was_on_it_is_settled(organisation: Organisation, ben: Person) -> None:
    asked(factories.member(organisation, "Ada"), ben)
    told()
    later = time.now() + timedelta(minutes=1)
    Message.objects.bulk_create(
        Message(person=ben, kind="introduction", about=f"gone:{number}", waits=True, created_at=later)
        for number in range(30)
    )
    assert "Ada would like a word with you" in page(ben)


def test_what_waits_comes_first_and_news_after(organisation: Organisation, ben: Person) -> None:
    asked(factories.member(organisation, "Ada"), ben)
    met(factories.member(organisation, "Cleo"), factories.member(organisation, "Dan"))
    met(ben, factories.member(organisation, "Eva"))
    text = page(ben)
    assert text.index("Ada would like a word with you") < text.index("You and Eva are connected")
    assert text.index("Waits for your answer") < text.index("Good to know")
    assert "Dan" not in text


def test_home_shows_what_waits_without_counting(organisation: Organisation, ben: Person) -> None:
    assert "Waits for your answer" not in page(ben, "home")
    asked(factories.member(organisation, "Ada"), ben)
    text = page(ben, "home")
    assert text.count("A word with Ada?") == 1
    assert "Waits for your answer" not in text
    answers.not_now(introduction_of(ben), by=ben)
    assert "A word with Ada?" not in page(ben, "home")


def test_the_first_thing_that_waits_is_the_next_step_and_stands_there_once(
    organisation: Organisation, ben: Person
) -> None:
    for name in ("Ada", "Cleo"):
        connection = met(factories.member(organisation, name), ben)
        letters.send(connection, "A word", by=connection.other(ben))
    told()
    first, second = page(ben, "home").split("Waits for your answer")
    (named,) = [name for name in ("Ada", "Cleo") if f"{name} wrote to you" in first]
    assert "Read and answer" in first
    assert f"{named} wrote to you" not in second
    assert second.count("wrote to you") == 1


@pytest.mark.parametrize("name", ["home", "ask", "people", "inbox_settings"])
def test_every_page_leads_to_the_inbox_although_nothing_waits(ben: Person, name: str) -> None:
    assert f'href="{address("inbox")}"' in page(ben, name)


def test_an_answered_introduction_waits_no_more_but_can_be_found(
    organisation: Organisation, ben: Person
) -> None:
    asked(factories.member(organisation, "Ada"), ben)
    answers.not_now(introduction_of(ben), by=ben)
    text = page(ben)
    assert "You have answered" in text
    assert "Waits for your answer" not in text


def test_queries_are_as_many_for_fifty_as_for_one(organisation: Organisation, ben: Person) -> None:
    asked(factories.member(organisation, "Ada"), ben)
    met(factories.member(organisation), ben)
    client = factories.signed_in(ben)
    client.get(address("inbox"))
    with CaptureQueriesContext(database) as few:
        assert client.get(address("inbox")).status_code == 200
    for _ in range(50):
        one_more_like(introduction_of(ben, first__name="Ada"))
    with CaptureQueriesContext(database) as many:
        response = client.get(address("inbox"))
    assert response.content.decode().count("would like a word with you") == 25
    assert len(many) <= len(few)
    assert len(few) <= 16, [query["sql"][:80] for query in few.captured_queries]


def one_more_like(introduction: Introduction) -> None:
    """Another open introduction to the same person, beyond what the rules would open at once."""
    other = factories.member(introduction.organisation)
    copy = Introduction.objects.get(pk=introduction.pk)
    copy.pk, copy.key, copy.first, copy.queue = None, keys.new(), other, None
    copy.save(force_insert=True)
    about = f"introduction:{copy.key}"
    Message.objects.create(person=copy.second, kind="introduction", about=about, waits=True)


def test_opening_leads_to_the_page_and_news_is_done_with_it(organisation: Organisation, ben: Person) -> None:
    connection = met(ben, factories.member(organisation, "Eva"))
    message = Message.objects.get(person=ben, kind="connected")
    response = factories.signed_in(ben).get(address("inbox_open", key=message.key))
    assert response.headers["Location"] == address("connections_connection", key=connection.key)
    assert "You and Eva" not in page(ben)


def test_a_question_stays_when_it_is_opened(organisation: Organisation, ben: Person) -> None:
    asked(factories.member(organisation, "Ada"), ben)
    message = Message.objects.get(person=ben)
    factories.signed_in(ben).get(address("inbox_open", key=message.key))
    assert "Ada would like a word with you" in page(ben)


def test_news_can_be_put_away(organisation: Organisation, ben: Person) -> None:
    met(ben, factories.member(organisation, "Eva"))
    message = Message.objects.get(person=ben, kind="connected")
    client = factories.signed_in(ben)
    assert client.get(address("inbox_put_away", key=message.key)).status_code == 405
    assert client.post(address("inbox_put_away", key=message.key)).status_code == 302
    assert "You and Eva" not in page(ben)


def test_another_persons_message_is_a_404(organisation: Organisation, ben: Person) -> None:
    met(ben, factories.member(organisation, "Eva"))
    message = Message.objects.get(person=ben, kind="connected")
    stranger = factories.signed_in(factories.member(organisation, "Fay"))
    assert stranger.get(address("inbox_open", key=message.key)).status_code == 404
    assert stranger.post(address("inbox_put_away", key=message.key)).status_code == 404
    message.refresh_from_db()
    assert message.done_at is None


def test_a_feed_is_shown_once_replaced_and_revoked(ben: Person) -> None:
    client = factories.signed_in(ben)
    made = client.post(address("inbox_feed"), {"details": "busy"}).content.decode()
    token = _token(made)
    assert token not in str(list(Feed.objects.values())), "stored hashed"
    assert "/feeds/" not in page(ben, "inbox_feed"), "shown once"
    assert client.get(f"/feeds/{token}.ics").status_code == 200
    twice = {"details": "busy", "once": "drawn with the form"}
    loaded_again = {_token(client.post(address("inbox_feed"), twice).content.decode()) for _ in range(2)}
    assert len(loaded_again) == 1
    again = _token(client.post(address("inbox_feed"), {"details": "details"}).content.decode())
    assert client.get(f"/feeds/{token}.ics").status_code == 404
    assert client.get(f"/feeds/{again}.ics").status_code == 200
    client.post(address("inbox_feed_revoke"))
    assert client.get(f"/feeds/{again}.ics").status_code == 404


def test_a_choice_that_is_none_makes_no_feed(ben: Person) -> None:
    assert factories.signed_in(ben).post(address("inbox_feed"), {"details": "all"}).status_code == 422
    assert not Feed.objects.exists()


def _token(text: str) -> str:
    found = re.search(r"/feeds/([\w-]{43})\.ics", text)
    assert found
    return found.group(1)
