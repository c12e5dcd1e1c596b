"""The night's run from end to end: kept for everybody, read by quiet offers and by ties among suggestions."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.ask.actions import quiet_offers, showings
from bothways.ask.matchmaking import nights, suggesting
from bothways.ask.matchmaking.offers import offer_for
from bothways.ask.models import QuietOffer, Showing
from bothways.ask.rules import nights as rules
from bothways.ask.sources import Inquiry
from bothways.core import children, time, worker
from bothways.core.models import Organisation
from bothways.matching import Draft
from bothways.people.models import NotWanted, Offer, Person, Want
from tests import factories
from tests.factories.asking import SPEAKING, offering, subject
from tests.factories.nights import a_night, at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SENTENCE = "I am nervous about public speaking"


@pytest.fixture
def any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once(monkeypatch)


def wanting(of: Organisation, name: str, *topics: str, **fields: bool) -> Person:
    person = factories.member(of, name)
    for each in topics or (SPEAKING,):
        Want.objects.create(person=person, topic=subject(of, each), **fields)
    return person


def crowd(of: Organisation, seekers: int, givers: int) -> tuple[list[Person], list[Person]]:
    return (
        [wanting(of, f"Seeker {number}") for number in range(seekers)],
        [offering(of, f"Giver {number}") for number in range(givers)],
    )


def offered(person: Person) -> list[str]:
    made = quiet_offers.make(person)
    assert made
    return [entry["key"] for entry in made.people]


def row(person: Person) -> Showing:
    return Showing.objects.get(person=person)


@pytest.mark.usefixtures("any_size")
class TestOffers:
    def test_they_are_the_nights_with_reasons_in_words(self, organisation: Organisation) -> None:
        seekers, _givers = crowd(organisation, 6, 6)
        a_night(organisation)
        for seeker in seekers:
            assert offered(seeker) == row(seeker).shown
        assert (
            offer_for(seekers[0])[0].why
            == f"Talks about {SPEAKING.lower()}, which you would like to get better at."
        )

    def test_everybody_is_offered_to_as_many(self, organisation: Organisation) -> None:
        seekers, givers = crowd(organisation, 12, 12)
        a_night(organisation)
        often = Counter(key for seeker in seekers for key in offered(seeker))
        assert often == dict.fromkeys([giver.key for giver in givers], 3)

    def test_who_may_no_longer_be_suggested_is_left_out(self, organisation: Organisation) -> None:
        (ada,), _givers = crowd(organisation, 1, 6)
        a_night(organisation)
        first, second, third = row(ada).shown
        Person.objects.filter(key=first).update(has_room=False)
        NotWanted.objects.create(person=ada, other=Person.objects.get(key=third))
        assert offered(ada) == [second]

    def test_who_no_longer_offers_it_is_left_out(self, organisation: Organisation) -> None:
        (ada,), _givers = crowd(organisation, 1, 6)
        a_night(organisation)
        first, *others = row(ada).shown
        Offer.objects.filter(person__key=first).delete()
        assert offered(ada) == others

    def test_where_nobody_of_it_is_left_they_are_looked_up(self, organisation: Organisation) -> None:
        (ada,), givers = crowd(organisation, 1, 6)
        a_night(organisation)
        listed = row(ada).shown
        Person.objects.filter(key__in=listed).update(has_room=False)
        assert sorted(offered(ada)) == sorted({giver.key for giver in givers} - set(listed))

    def test_who_came_since_is_looked_up(self, organisation: Organisation) -> None:
        crowd(organisation, 3, 3)
        a_night(organisation)
        ada = wanting(organisation, "Ada")
        assert len(offered(ada)) == 3

    def test_what_home_may_not_suggest_about_is_not_offered(self, organisation: Organisation) -> None:
        (ada,), _givers = crowd(organisation, 1, 3)
        a_night(organisation)
        Want.objects.filter(person=ada).update(suggest=False)
        assert offered(ada) == []


@pytest.mark.usefixtures("any_size")
class TestRun:
    def test_nothing_crosses_the_wall(self, organisation: Organisation) -> None:
        crowd(organisation, 3, 3)
        meadow = factories.organisation("meadow")
        crowd(meadow, 3, 3)
        a_night(organisation)
        assert not Showing.objects.filter(person__organisation=meadow).exists()
        a_night(meadow)
        for one in Showing.objects.select_related("person"):
            theirs = Person.objects.filter(key__in=one.shown).values_list("organisation", flat=True)
            assert set(theirs) <= {one.person.organisation_id}

    def test_somebody_of_ones_line_or_list_is_not_shown(self, organisation: Organisation) -> None:
        (ada,), (ben, cleo, dan) = crowd(organisation, 1, 3)
        Person.objects.filter(pk=ada.pk).update(manager=ben, line=f"/{ben.pk}/")
        NotWanted.objects.create(person=cleo, other=ada, since=time.now() - timedelta(days=2))
        a_night(organisation)
        assert row(ada).shown == [dan.key]

    def test_again_it_replaces_and_forgets(self, organisation: Organisation, clock: time.Clock) -> None:
        (ada, ben), givers = crowd(organisation, 2, 4)
        a_night(organisation)
        assert Showing.objects.count() == 6
        Person.objects.filter(pk=ben.pk).update(state=Person.State.SUSPENDED)
        Person.objects.filter(pk__in=[giver.pk for giver in givers[1:]]).update(has_room=False)
        clock.advance(timedelta(days=1))
        a_night(organisation)
        assert set(Showing.objects.values_list("person", flat=True)) == {ada.pk, givers[0].pk}
        assert row(ada).shown == [givers[0].key]

    def test_where_few_give_what_was_there_goes(
        self, organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        crowd(organisation, 2, 4)
        a_night(organisation)
        clock.advance(timedelta(days=1))
        monkeypatch.setattr(rules, "FEWEST_GIVERS", 5)
        a_night(organisation)
        assert not Showing.objects.exists()

    def test_in_parts_each_has_both_of_theirs(
        self, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rules, "MOST_PAIRS", 30)
        monkeypatch.setattr(showings, "A_BATCH", 2)
        both = [offering(organisation, f"Both {number}", wants=(SPEAKING,)) for number in range(12)]
        assert len(nights.parts(organisation)) == 3
        a_night(organisation)
        assert Showing.objects.filter(person__in=both).count() == 12
        assert all(len(row(person).shown) == 3 for person in both)

    def test_a_part_that_fails_is_passed_over(
        self, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rules, "MOST_PAIRS", 9)
        crowd(organisation, 6, 6)
        run, done = children.run, list[Draft]()

        def fail_once(function: str, draft: Draft, **more: Any) -> object:
            done.append(draft)
            if len(done) == 1:
                raise children.Died
            return run(function, draft, **more)

        monkeypatch.setattr(children, "run", fail_once)
        a_night(organisation)
        assert len(done) == 2
        assert Showing.objects.count() == 6

    def test_a_wish_that_is_theirs_alone_shows_to_nobody_else(self, organisation: Organisation) -> None:
        """Each is offered people by what they want themselves; no reason names what another hides."""
        hidden = wanting(organisation, "Ada", "Welding")
        ben = offering(organisation, "Ben", "Welding", wants=(SPEAKING,))
        offering(organisation, "Ada Offers", SPEAKING)
        Offer.objects.create(person=hidden, topic=subject(organisation))
        a_night(organisation)
        assert hidden.key in row(ben).shown
        for person in Person.objects.exclude(pk=hidden.pk).filter(wants__isnull=False):
            offered(person)
        kept = str(list(QuietOffer.objects.values_list("people", flat=True)))
        assert SPEAKING in kept
        assert "Welding" not in kept


def suggested(person: Person) -> list[tuple[str, int]]:
    found = suggesting.people_for(Inquiry(person=person, sentence=SENTENCE))
    return [(each.person.key, each.suggestion.score) for each in found]


class TestTies:
    def test_who_is_needed_less_comes_first_among_equals(self, organisation: Organisation) -> None:
        ada = factories.member(organisation, "Ada")
        people = [offering(organisation, f"Person {number}") for number in range(4)]
        before = suggested(ada)
        for needed, person in enumerate(people):
            Showing.objects.create(person=person, needed=needed)
        assert suggested(ada) == [(person.key, before[0][1]) for person in people]

    def test_it_overrules_no_point(self, organisation: Organisation) -> None:
        ada = factories.member(organisation, "Ada")
        better, plain = (
            offering(organisation, "Ben", brings="Ten years of talks"),
            offering(organisation, "Cleo"),
        )
        Showing.objects.create(person=better, needed=3)
        found = suggested(ada)
        assert [key for key, _score in found] == [better.key, plain.key]
        Showing.objects.all().delete()
        assert suggested(ada) == found

    def test_it_costs_no_query(self, organisation: Organisation) -> None:
        ada, ben = factories.member(organisation, "Ada"), offering(organisation, "Ben")
        suggested(ada)
        with CaptureQueriesContext(connection) as without:
            suggested(ada)
        Showing.objects.create(person=ben, needed=1)
        with CaptureQueriesContext(connection) as joined:
            suggested(ada)
        assert len(joined) == len(without)


def test_every_night_once_after_it_is_counted_who_has_room(
    organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = offering(organisation, "Ben", has_room=False)
    worker.drain()
    made: list[bool] = []

    def watched(of: Organisation) -> None:
        made.append(Person.objects.get(pk=ben.pk).has_room)

    monkeypatch.setattr(showings, "make", watched)
    for _ in range(3):
        clock.advance(timedelta(hours=20))
        Person.objects.filter(pk=ben.pk).update(here_on=time.today(), has_room=False)
        worker.drain()
        worker.drain()
    assert made == [True, True]


def test_in_a_process_of_its_own(organisation: Organisation) -> None:
    """As the worker does it, with as many as it takes."""
    seekers, givers = crowd(organisation, 2, rules.FEWEST_GIVERS)
    a_night(organisation)
    assert Showing.objects.count() == len(seekers) + len(givers)
    assert all(len(row(seeker).shown) == 3 for seeker in seekers)
