"""Home's quiet offer: at most one a week, up to three people with reasons, declined with one click."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from bothways.ask.actions import quiet_offers
from bothways.ask.matchmaking import offers
from bothways.ask.matchmaking.offers import offer_for
from bothways.ask.models import QuietOffer
from bothways.ask.tasks import make_quiet_offers
from bothways.connections.events import NewOfferDue
from bothways.core import events, ticks, time, worker
from bothways.core.models import Organisation
from bothways.people.models import Person, Want
from tests import factories
from tests.factories.asking import SPEAKING, offering, subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    person = factories.member(organisation, "Ada")
    Want.objects.create(person=person, topic=subject(organisation, SPEAKING))
    return person


def home(browser: Client) -> str:
    return browser.get("/harbour/").content.decode()


def test_up_to_three_people_with_reasons_once_a_week(ada: Person, clock: time.Clock) -> None:
    for number in range(5):
        offering(ada.organisation, f"Person {number}")
    for hours in (0, 1, 30):
        clock.advance(timedelta(hours=hours))
        make_quiet_offers()
    offer = QuietOffer.objects.get(person=ada)
    assert len(offer.people) == 3
    shown = offer_for(ada)
    assert shown[0].why == f"Talks about {SPEAKING.lower()}, which you would like to get better at."
    page = home(factories.signed_in(ada))
    assert all(each.person.name in page for each in shown)
    clock.advance(timedelta(days=8))
    make_quiet_offers()
    assert QuietOffer.objects.filter(person=ada).count() == 2


def test_declined_with_one_click_it_is_gone_until_next_week(ada: Person, clock: time.Clock) -> None:
    offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    offer, browser = QuietOffer.objects.get(person=ada), factories.signed_in(ada)
    assert "Benedikt" in home(browser)
    browser.post(f"/harbour/offers/{offer.key}/decline/")
    assert "Benedikt" not in home(browser)
    make_quiet_offers()
    assert "Benedikt" not in home(browser)
    clock.advance(timedelta(days=8))
    make_quiet_offers()
    assert "Benedikt" in home(browser)


def test_declining_says_so_where_it_stood_and_can_be_undone(ada: Person, clock: time.Clock) -> None:
    offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    offer, browser = QuietOffer.objects.get(person=ada), factories.signed_in(ada)
    answer = browser.post(f"/harbour/offers/{offer.key}/decline/")
    assert answer["Location"] == "/harbour/#offer"
    page = home(browser)
    assert "Gone for this week. Others may come next week." in page
    assert 'id="offer"' in page
    browser.post(f"/harbour/offers/{offer.key}/return/")
    assert "Benedikt" in home(browser)
    browser.post(f"/harbour/offers/{offer.key}/decline/")
    clock.advance(timedelta(hours=2))
    assert "Gone for this week" not in home(browser)


def test_one_person_is_in_sight_and_the_others_a_press_away(ada: Person) -> None:
    for number in range(3):
        offering(ada.organisation, f"Person {number}")
    make_quiet_offers()
    page = home(factories.signed_in(ada))
    sight, behind = page.split("<details>")
    first, *others = offer_for(ada)
    assert "2 more" in behind
    for each in others:
        assert each.person.name not in sight
        assert f'<a href="/harbour/people/{each.person.key}/">{each.person.name}</a>' in behind
    assert f'<a href="/harbour/people/{first.person.key}/">{first.person.name}</a>' in sight


def test_who_has_gone_away_since_is_no_longer_shown(ada: Person) -> None:
    ben = offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    Person.objects.filter(pk=ben.pk).update(state=Person.State.LEFT)
    assert offer_for(ada) == []


@pytest.mark.parametrize(
    "changes", [{"here_on": None}, {"state": Person.State.SUSPENDED}], ids=["not here lately", "suspended"]
)
def test_nobody_is_offered_to_who_is_not_here(ada: Person, changes: dict[str, object]) -> None:
    offering(ada.organisation, "Benedikt")
    Person.objects.filter(pk=ada.pk).update(**changes)
    make_quiet_offers()
    assert not QuietOffer.objects.filter(person=ada).exists()


def test_wants_that_home_may_not_suggest_about_are_left_alone(ada: Person) -> None:
    offering(ada.organisation, "Benedikt")
    Want.objects.filter(person=ada).update(suggest=False)
    make_quiet_offers()
    assert not QuietOffer.objects.filter(person=ada).exists()


def test_after_a_connection_ended_somebody_new_is_offered_at_once(ada: Person) -> None:
    offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    QuietOffer.objects.update(declined_at=time.now())
    with transaction.atomic():
        events.record(NewOfferDue(person=ada.key))
    worker.drain()
    assert [each.person.name for each in offer_for(ada)] == ["Benedikt"]


def test_nobody_new_leaves_the_offer_that_stands(ada: Person) -> None:
    ben = offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    Person.objects.filter(pk=ben.pk).update(has_room=False)
    assert quiet_offers.make_anew(ada) is None
    Person.objects.filter(pk=ben.pk).update(has_room=True)
    assert [each.person.name for each in offer_for(ada)] == ["Benedikt"]


def test_an_offer_is_its_persons_alone(ada: Person) -> None:
    ben = offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    offer = QuietOffer.objects.get(person=ada)
    assert factories.signed_in(ben).post(f"/harbour/offers/{offer.key}/decline/").status_code == 404
    offer.refresh_from_db()
    assert offer.declined_at is None


def wanting(organisation: Organisation, count: int) -> list[Person]:
    topic = subject(organisation, SPEAKING)
    people = [factories.member(organisation, f"Person {number}") for number in range(count)]
    Want.objects.bulk_create(Want(person=person, topic=topic) for person in people)
    return people


def test_those_who_came_together_are_offered_people_at_hours_of_their_own(
    organisation: Organisation, clock: time.Clock
) -> None:
    """Nobody more than once a week; Home has something until the next comes."""
    people = wanting(organisation, 2 * ticks.A_SLICE - 1)
    offering(organisation, "Benedikt")
    while make_quiet_offers():
        pass
    assert QuietOffer.objects.count() == len(people)
    clock.advance(timedelta(days=7) - timedelta(minutes=1))
    make_quiet_offers()
    assert QuietOffer.objects.count() == len(people)
    hours = 0
    while QuietOffer.objects.count() < 2 * len(people):
        before = QuietOffer.objects.count()
        assert all(offer_for(person) for person in people[:3])
        clock.advance(timedelta(hours=1))
        make_quiet_offers()
        assert QuietOffer.objects.count() - before <= len(people) // 24 + 1
        hours += 1
    assert hours <= 25


def test_each_turn_makes_a_slice_and_one_who_fails_holds_up_nobody(
    organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = sorted(wanting(organisation, ticks.A_SLICE + 5), key=lambda person: person.key)
    make = quiet_offers.make

    def fail_for_one(person: Person) -> object:
        if person == people[0]:
            raise ValueError("on purpose")
        return make(person)

    monkeypatch.setattr(quiet_offers, "make", fail_for_one)
    assert make_quiet_offers()
    assert QuietOffer.objects.count() == ticks.A_SLICE
    with pytest.raises(ticks.SomeFailed):
        make_quiet_offers()
    assert set(QuietOffer.objects.values_list("person", flat=True)) == {each.pk for each in people[1:]}


def test_nobody_is_looked_for_while_something_is_locked(
    transactional_db: None, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []
    look = offers.people_to_offer

    def watched(person: Person) -> object:
        locked.append(connection.in_atomic_block)
        return look(person)

    monkeypatch.setattr(offers, "people_to_offer", watched)
    make_quiet_offers()
    assert locked == [False]


def test_old_offers_are_forgotten_but_for_the_last(ada: Person, clock: time.Clock) -> None:
    for _ in range(3):
        clock.advance(timedelta(days=8))
        make_quiet_offers()
    clock.advance(timedelta(days=60))
    assert quiet_offers.forget() == 2
    assert QuietOffer.objects.get().person == ada
