"""Pressing twice is pressing once, one after the other and at the same moment."""

import pytest

from bothways.ask.actions import asks
from bothways.ask.models import Ask
from bothways.ask.sources import Inquiry
from bothways.connections.models import Queue
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.connections.relating import at_once
from tests.factories.asking import offering


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada")


def press(ada: Person, ben: Person, sentence: str = "Speaking in public") -> Ask:
    return asks.ask(Inquiry(person=ada, sentence=sentence), [ben], kind="conversation", note="A word?")


@pytest.mark.django_db
def test_one_after_the_other_leads_to_the_first(ada: Person, clock: time.Clock) -> None:
    ben = offering(ada.organisation, "Ben")
    assert press(ada, ben) == press(ada, ben)
    assert Queue.objects.count() == Ask.objects.count() == 1
    assert press(ada, ben, "Something else") != press(ada, ben)


@pytest.mark.django_db
def test_with_the_last_place_taken_by_the_first_press(ada: Person, clock: time.Clock) -> None:
    others = [offering(ada.organisation, name) for name in ("Cleo", "Dan", "Eve")]
    asked = [press(ada, other) for other in others]
    assert press(ada, others[-1]) == asked[-1]


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_there_is_one(ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    results = at_once(lambda: press(ada, ben), lambda: press(ada, ben))
    assert results[0] == results[1]
    assert Queue.objects.count() == Ask.objects.count() == 1
