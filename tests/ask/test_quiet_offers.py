"""Home's quiet offer: at most one a week, up to three people with reasons, declined with one click."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from bothways.ask.matchmaking.offers import offer_for
from bothways.ask.models import QuietOffer
from bothways.ask.tasks import make_quiet_offers
from bothways.connections.events import NewOfferDue
from bothways.core import events, time, worker
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
    assert shown[0].why.endswith(f"offered to talk about {SPEAKING}, which you would like to get better at.")
    page = home(factories.signed_in(ada))
    assert all(each.person.name in page for each in shown)
    clock.advance(timedelta(days=7))
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
    clock.advance(timedelta(days=7, minutes=1))
    make_quiet_offers()
    assert "Benedikt" in home(browser)


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
        events.record(NewOfferDue(person=ada.key, by="2026-03-09"))
    worker.drain()
    assert [each.person.name for each in offer_for(ada)] == ["Benedikt"]


def test_an_offer_is_its_persons_alone(ada: Person) -> None:
    ben = offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    offer = QuietOffer.objects.get(person=ada)
    assert factories.signed_in(ben).post(f"/harbour/offers/{offer.key}/decline/").status_code == 404
    offer.refresh_from_db()
    assert offer.declined_at is None
