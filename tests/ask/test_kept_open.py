"""Asks that are kept open: what is stored of them is bounded, whatever a browser sends."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.ask.actions import asks
from bothways.ask.models import Ask
from bothways.ask.sources import Inquiry
from bothways.ask.tasks import look_again
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.asking import offering

pytestmark = pytest.mark.django_db

ASK = "/harbour/ask/"
SENTENCE = "Public speaking makes my hands shake"


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada Lovelace")


@pytest.fixture
def browser(ada: Person) -> Client:
    return factories.signed_in(ada)


def kept(person: Person, *struck: str) -> Ask:
    return asks.keep_open(Inquiry(person=person, sentence=SENTENCE, struck=frozenset(struck)))


@pytest.mark.parametrize("field", ["strike", "struck", "people", "topics"])
@pytest.mark.parametrize("sent", ["x" * 200_000, "a\x00b", "no such key", "nobody-has-this-key"])
def test_only_keys_of_people_are_kept_of_whatever_is_sent(
    browser: Client, ada: Person, field: str, sent: str
) -> None:
    ben = offering(ada.organisation, "Ben")
    foreign = offering(factories.organisation("meadow"), "Mo")
    given = {"sentence": SENTENCE, "do": "keep", field: [sent, foreign.key]}
    assert browser.post(ASK, given).status_code == 302
    assert Ask.objects.get().known == [ben.key]


@pytest.mark.parametrize("do", ["look", "ask"])
@pytest.mark.parametrize("field", ["strike", "struck", "people", "topics"])
def test_what_is_no_key_never_reaches_the_database(browser: Client, ada: Person, field: str, do: str) -> None:
    offering(ada.organisation, "Ben")
    given = {"sentence": SENTENCE, "do": do, "note": "A word?", "kind": "conversation", field: "a\x00b"}
    answer = browser.post(ASK, given)
    assert answer.status_code == (422 if do == "ask" else 200)


def test_somebody_struck_is_known_and_does_not_turn_up(ada: Person, clock: time.Clock) -> None:
    ben = offering(ada.organisation, "Ben")
    given = kept(ada, ben.key)
    assert given.known == [ben.key]
    clock.advance(timedelta(days=1))
    look_again()
    given.refresh_from_db()
    assert given.turned_up_at is None


def test_what_an_ask_knows_never_grows_for_ever(ada: Person, clock: time.Clock) -> None:
    given = kept(ada)
    many = [f"somebody-{number:04}" for number in range(asks.MOST_KNOWN)]
    Ask.objects.filter(pk=given.pk).update(known=many)
    given.refresh_from_db()
    ben = offering(ada.organisation, "Ben")
    asks.keep(given)
    given.refresh_from_db()
    assert given.known == [*many[1:], ben.key]
    cleo = offering(ada.organisation, "Cleo")
    clock.advance(timedelta(days=1))
    look_again()
    given.refresh_from_db()
    assert given.known == [*many[2:], ben.key, cleo.key]


def test_looking_again_reads_a_whole_ask_only_when_its_turn_has_come(ada: Person, clock: time.Clock) -> None:
    for _ in range(3):
        kept(ada)
    clock.advance(timedelta(days=1))
    with CaptureQueriesContext(connection) as captured:
        look_again()
    listing = [
        query["sql"] for query in captured if "ask_ask" in query["sql"] and "LIMIT 200" in query["sql"]
    ]
    assert len(listing) == 1
    assert "known" not in listing[0]
    assert "sentence" not in listing[0]


def said_by(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


FULL = "You keep ten asks open, which is as many as we look for every day. Put one away, then keep this one."


def test_ten_are_kept_open_and_the_next_is_refused_with_all_that_was_typed(
    browser: Client, ada: Person
) -> None:
    others = factories.member(ada.organisation, "Somebody else")
    for person in (ada, others):
        for _ in range(asks.MOST_KEPT_OPEN - (person is ada)):
            kept(person)
    given = {"sentence": "beekeeping on the roof", "do": "keep"}
    assert browser.post(ASK, given).status_code == 302
    refused = browser.post(ASK, given | {"sentence": "beekeeping, once more"})
    assert refused.status_code == 409
    assert f"{FULL} What you wrote here is still here." in said_by(refused)
    assert "beekeeping, once more</textarea>" in refused.content.decode()
    assert Ask.objects.filter(author=ada, kept_open=True).count() == asks.MOST_KEPT_OPEN
    asks.put_away(Ask.objects.filter(author=ada)[0])
    assert browser.post(ASK, given).status_code == 302


def test_an_ask_that_found_nobody_is_kept_open_only_while_there_is_room(browser: Client, ada: Person) -> None:
    ended = Ask.objects.create(author=ada, sentence=SENTENCE)
    for _ in range(asks.MOST_KEPT_OPEN - 1):
        kept(ada)
    last = kept(ada)
    refused = browser.post(f"/harbour/asks/{ended.key}/open/")
    assert refused.status_code == 409
    assert FULL in said_by(refused)
    assert browser.post(f"/harbour/asks/{last.key}/open/").status_code == 302, "it is one of the ten"
    browser.post(f"/harbour/asks/{last.key}/away/")
    assert browser.post(f"/harbour/asks/{ended.key}/open/").status_code == 302
