"""What a night's run is made of: public state, by the rules that hold for suggestions, and nothing sealed."""

import dataclasses
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.ask.matchmaking import nights
from bothways.ask.rules import nights as rules
from bothways.connections.actions import answers
from bothways.core import time
from bothways.core.models import Organisation
from bothways.matching import Draft, Participant
from bothways.people.models import NotWanted, Offer, Person, Want
from tests import factories
from tests.factories.asking import SPEAKING, offering, subject
from tests.factories.connections import connected
from tests.factories.introductions import ask, introduction, pass_time, sealed, take_part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "any_size")]

WEEK = [[day, "09:00", "12:00"] for day in range(5)]


@pytest.fixture
def any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FEWEST_GIVERS", 1)


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return wanting(organisation, "Ada")


def wanting(of: Organisation, name: str, *topics: str, suggest: bool = True, **fields: Any) -> Person:
    person = factories.member(of, name, **fields)
    for each in topics or (SPEAKING,):
        Want.objects.create(person=person, topic=subject(of, each), suggest=suggest)
    return person


def read(of: Organisation) -> Draft:
    """The one part that a small organisation is."""
    (part,) = nights.parts(of) or [rules.Part((), ())]
    return nights.draft(of, part)


def seeker(person: Person) -> Participant:
    return next(one for one in read(person.organisation).seekers if one.key == person.key)


def giver(person: Person) -> Participant:
    return next(one for one in read(person.organisation).givers if one.key == person.key)


def test_who_is_in_it(ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    other = factories.organisation("meadow")
    offering(other, "Mo")
    wanting(other, "Meg")
    draft = read(ada.organisation)
    assert [one.key for one in draft.seekers] == [ada.key]
    assert [one.key for one in draft.givers] == [ben.key]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Person.State.SUSPENDED},
        {"state": Person.State.LEFT},
        {"here_on": date(2026, 1, 1)},
        {"here_on": None},
        {"away_from": date(2026, 3, 1), "away_until": date(2026, 3, 9)},
        {"suggest": False},
    ],
    ids=lambda fields: str(next(iter(fields))),
)
def test_who_does_not_seek(ada: Person, fields: dict[str, Any]) -> None:
    offering(ada.organisation, "Ben")
    wanting(ada.organisation, "Cleo", **fields)
    assert [one.key for one in read(ada.organisation).seekers] == [ada.key]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Person.State.SUSPENDED},
        {"has_room": False},
        {"away_from": date(2026, 3, 1), "away_until": date(2026, 3, 9)},
    ],
    ids=lambda fields: str(next(iter(fields))),
)
def test_who_does_not_give(ada: Person, fields: dict[str, Any]) -> None:
    ben = offering(ada.organisation, "Ben")
    offering(ada.organisation, "Cleo", **fields)
    factories.member(ada.organisation, "offers nothing")
    assert [one.key for one in read(ada.organisation).givers] == [ben.key]


def test_what_is_read_of_a_person(organisation: Organisation) -> None:
    boss = offering(organisation, "Boss", languages=[], hours=WEEK, budget_minutes=240)
    ada = offering(organisation, "Ada", "Knots", manager=boss)
    Want.objects.create(person=ada, topic=subject(organisation, "Nets"), suggest=False)
    Want.objects.create(person=ada, topic=subject(organisation, "Ropes"), shown=True)
    Want.objects.create(person=ada, topic=subject(organisation, "Secret"))
    assert seeker(ada).wants == {"ropes", "secret"}
    assert giver(ada).wants == {"ropes"}, "what is theirs alone counts for nobody else"
    assert giver(ada).offers == seeker(ada).offers == {"knots"}
    assert seeker(ada).line == {boss.key}
    assert giver(boss).languages == {organisation.language}
    assert giver(boss).hours == {9 + 24 * day + hour for day in range(5) for hour in range(3)}
    assert {field.name for field in dataclasses.fields(giver(ada))} == {
        *("key", "wants", "offers", "languages", "hours", "team", "organisation", "line"),
        *("never", "before", "places", "fields"),
    }
    assert not giver(ada).fields


@pytest.mark.parametrize(("budget", "expected"), [(30, 1), (60, 2), (120, 4), (240, 8), (2400, 8)])
def test_places_are_what_the_time_budget_has_room_for(ada: Person, budget: int, expected: int) -> None:
    assert giver(offering(ada.organisation, "Ben", budget_minutes=budget)).places == expected


def test_what_was_asked_this_month_takes_places_whatever_became_of_it(ada: Person, clock: time.Clock) -> None:
    ben = offering(ada.organisation, "Ben")
    ask(factories.member(ada.organisation), ben)
    assert giver(ben).places == 3
    pass_time(clock, days=8)
    assert giver(ben).places == 3
    pass_time(clock, days=30)
    Person.objects.update(here_on=time.today())
    assert giver(ben).places == 4


def test_who_may_be_suggested_has_a_place(ada: Person) -> None:
    ben = offering(ada.organisation, "Ben", budget_minutes=30)
    ask(factories.member(ada.organisation), ben)
    assert giver(ben).places == 1


def test_a_private_list_removes_from_the_last_night_on(ada: Person, clock: time.Clock) -> None:
    ben, cleo = offering(ada.organisation, "Ben"), offering(ada.organisation, "Cleo")
    NotWanted.objects.create(person=ben, other=ada)
    NotWanted.objects.create(person=ada, other=cleo)
    assert giver(ben).never == seeker(ada).never == frozenset()
    clock.advance(timedelta(days=1))
    assert giver(ben).never == {ada.key}
    assert seeker(ada).never == {cleo.key}


def test_who_was_introduced_or_is_connected_is_apart_for_180_days(ada: Person, clock: time.Clock) -> None:
    asked, later, friend = (offering(ada.organisation, name) for name in ("Ben", "Cleo", "Dan"))
    ask(ada, asked, later, at_once=1)
    connected(ada, friend)
    assert seeker(ada).before == {asked.key, later.key, friend.key}
    for _ in range(10):
        pass_time(clock, days=20)
        Person.objects.update(here_on=time.today())
    assert seeker(ada).before == {friend.key}


@pytest.mark.parametrize("answer", [answers.not_now, answers.accept], ids=["not now", "one yes"])
def test_an_answer_changes_nothing_of_it(ada: Person, answer: Any) -> None:
    """Consent.md 3: whatever is sealed, the run is made of the same."""
    organisation = ada.organisation
    ben, cleo = offering(organisation, "Ben"), offering(organisation, "Cleo", wants=("Knots",))
    offering(organisation, "Dan", "Knots")
    ask(wanting(organisation, "Eve"), cleo)
    take_part(ada, ben)
    before = read(organisation)
    assert before.seekers[0].before or before.seekers[1].before
    answer(introduction(ben), by=ben)
    answers.not_now(introduction(cleo), by=cleo)
    assert sealed(introduction(ben)) != ["none", "none"]
    assert read(organisation) == before


def test_so_many_queries_for_one_as_for_fifty(ada: Person) -> None:
    organisation = ada.organisation
    offering(organisation, "Ben")
    read(organisation)  # the topics are read
    with CaptureQueriesContext(connection) as few:
        read(organisation)
    topic, people = subject(organisation), [factories.member(organisation) for _ in range(50)]
    Offer.objects.bulk_create(Offer(person=person, topic=topic) for person in people)
    Want.objects.bulk_create(Want(person=person, topic=topic) for person in people)
    for one, other in zip(people[::4], people[1::4], strict=False):
        NotWanted.objects.create(person=one, other=other, since=time.now() - timedelta(days=9))
        ask(one, other)
    with CaptureQueriesContext(connection) as many:
        draft = read(organisation)
    assert len(draft.seekers) == 51
    assert len(many) == len(few) <= 18


def dealt(many: int, *, lot: bytes = b"tonight") -> list[rules.Part]:
    """Of three who follow each other one seeks, one gives, and one does both."""
    seekers = {pk: f"key {pk}" for pk in range(many) if pk % 3 != 1}
    givers = {pk: f"key {pk}" for pk in range(many) if pk % 3 != 0}
    return rules.parts(seekers, givers, lot=lot)


def test_a_large_organisation_is_dealt_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_PAIRS", 1000)
    parts = dealt(300)
    assert len(parts) == 7
    counts = Counter(pk for part in parts for pk in {*part.seekers, *part.givers})
    assert counts == dict.fromkeys(range(300), 1), "each is in one part, whatever they do there"
    assert all(abs(len(part.seekers) - 200 / 7) < 3 for part in parts)
    assert all(abs(len(part.givers) - 200 / 7) < 3 for part in parts)
    assert all(set(part.givers) & set(part.seekers) for part in parts)


def test_parts_are_bounded_in_people_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few seek, many give: they are named in queries."""
    monkeypatch.setattr(rules, "MOST_PEOPLE", 50)
    parts = rules.parts({1: "one"}, {pk: f"key {pk}" for pk in range(2, 300)}, lot=b"tonight")
    assert len(parts) == 6
    assert max(len(part.seekers) + len(part.givers) for part in parts) <= 51


def test_the_lot_is_another_one_every_night(ada: Person, clock: time.Clock) -> None:
    assert dealt(60, lot=b"tonight") == dealt(60, lot=b"tonight")
    assert dealt(60, lot=b"tonight") != dealt(60, lot=b"tomorrow")
    for number in range(12):
        offering(ada.organisation, f"Person {number}")
    tonight = [part.givers for part in nights.parts(ada.organisation)]
    assert tonight == [part.givers for part in nights.parts(ada.organisation)]
    clock.advance(timedelta(days=1))
    assert tonight != [part.givers for part in nights.parts(ada.organisation)]


def test_nobody_to_spread_where_few_give(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FEWEST_GIVERS", 2)
    offering(ada.organisation, "Ben")
    with CaptureQueriesContext(connection) as asked:
        assert nights.parts(ada.organisation) == []
    assert len(asked) == 1
    offering(ada.organisation, "Cleo")
    assert len(nights.parts(ada.organisation)) == 1
