"""A no and silence side by side, and what happens at one moment: leaks that only a pair shows."""

from datetime import timedelta

import pytest

from bothways.connections.actions import answers
from bothways.connections.actions.introductions import recently_introduced
from bothways.connections.models import Introduction
from bothways.connections.queries import introductions as reading
from bothways.connections.queries.apart import apart_from
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.introductions import ask, introduction, pass_time, recorded, several

pytestmark = pytest.mark.django_db

SAID = ["nothing", "not_now"]
LATE_KEY, EARLY_KEY = "z" * 16, "a" * 16


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada")


@pytest.fixture
def others(organisation: Organisation, clock: time.Clock) -> list[Person]:
    return several(organisation, "Ben Cleo Dan")


def say(said: str, person: Person) -> None:
    if said == "not_now":
        answers.not_now(introduction(person), by=person)


def call(asked: Introduction, key: str) -> None:
    Introduction.objects.filter(pk=asked.pk).update(key=key)


@pytest.mark.parametrize("said", SAID)
def test_rule_10_the_next_are_asked_at_the_same_moment(
    said: str, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, *others)
    for person in others[:2]:
        say(said, person)
    pass_time(clock, days=1, hours=23, minutes=59)
    assert not Introduction.objects.filter(second=others[2]).exists()
    pass_time(clock, minutes=1)
    assert introduction(others[2]).opens_at == clock.at


@pytest.mark.parametrize("said", SAID)
def test_rule_16_a_no_and_silence_are_remembered_alike(
    said: str, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ben = others[0]
    ask(ada, ben)
    say(said, ben)
    for moment, apart in (({"hours": 0}, True), ({"days": 179}, True), ({"days": 1}, False)):
        pass_time(clock, **moment)
        assert Person.objects.filter(apart_from(ben)).exists() is apart
        assert Person.objects.filter(apart_from(ada)).exists() is apart
        assert recently_introduced(ada, ben) is apart


def test_rule_23_what_opened_at_one_moment_stands_in_the_order_of_keys(
    organisation: Organisation, ada: Person, others: list[Person]
) -> None:
    ben, gus = others[0], factories.member(organisation, "Gus")
    for author, key in ((ada, LATE_KEY), (gus, EARLY_KEY)):
        ask(author, ben)
        call(Introduction.objects.get(first=author), key)
    for listed in (reading.open_for(ben), reading.waiting_for(ben)):
        assert [one.key for one in listed] == [EARLY_KEY, LATE_KEY]


def test_rule_23_what_is_due_at_one_moment_comes_in_the_order_of_keys(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, *others[:2])
    for person, key in ((others[0], LATE_KEY), (others[1], EARLY_KEY)):
        call(introduction(person), key)
    clock.advance(timedelta(days=7))
    pass_time(clock)
    assert [row["introduction"] for row in recorded("IntroductionEnded")] == [EARLY_KEY, LATE_KEY]
