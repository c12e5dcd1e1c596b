"""Somebody who is about to go away reads no date that will not be kept."""

from datetime import date, timedelta

import pytest

from bothways.connections.models import Introduction
from bothways.core.models import Organisation
from bothways.people.actions import absences
from bothways.people.models import Person
from tests import factories
from tests.factories.asking import offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 3, 2)
SENTENCE = "Public speaking makes my hands shake"
UNTIL = "until Thu 5 Mar, when you are away"


def text(of: Person, address: str, **sent: object) -> str:
    client = factories.signed_in(of)
    page = client.post(address, sent, follow=True) if sent else client.get(address)
    return " ".join(page.content.decode().split())


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada")


def ask(ada: Person, ben: Person, do: str = "ask") -> str:
    note = {"sentence": SENTENCE, "note": "A word?", "kind": "conversation"}
    return text(ada, "/harbour/ask/", do=do, people=[ben.key], **note)


def test_the_first_day_away_is_said_where_it_comes_first(ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    absences.go_away(ada, since=TODAY + timedelta(days=3), until=TODAY + timedelta(days=9))
    for page in (ask(ada, ben, "look"), ask(ada, ben), text(ada, "/harbour/")):
        assert UNTIL in page
        assert "9 Mar" not in page


def test_an_absence_after_the_last_day_changes_nothing(ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    absences.go_away(ada, since=TODAY + timedelta(days=30), until=TODAY + timedelta(days=31))
    assert "By Mon 9 Mar" in ask(ada, ben)
    assert "You hear by Mon 9 Mar either way" in text(ada, "/harbour/")


def test_before_going_away_one_reads_what_will_close_and_nobody_else_does(ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    away = "/harbour/me/away/"
    assert "This closes on your first day away" not in text(ada, away)
    ask(ada, ben)
    assert Introduction.objects.get()
    page = text(ada, away)
    assert "This closes on your first day away" in page
    assert page.index(SENTENCE) < page.index("Keep these days")
    assert SENTENCE not in text(ben, away)
