"""The first visit: three short screens, each may be skipped, that end on something useful to do."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bothways.core import time
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.models import Offer, Person, Want
from bothways.people.rules import hours
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina(organisation: Organisation) -> Person:
    for name in ("Nets", "Sails", "Knots"):
        factories.topic(organisation, name)
    return factories.member(
        organisation, "Nina", welcomed=False, confirmed_at=None, has_room=False, budget_minutes=0
    )


def screen(name: str = "") -> str:
    return reverse(f"people_welcome{name}", kwargs={"organisation": "harbour"})


def now(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_home_leads_there_once(nina: Person) -> None:
    client = factories.signed_in(nina)
    assert client.get("/harbour/").headers["Location"] == screen()
    client.post(screen("_time"), {"skip": "yes"})
    assert client.get("/harbour/").status_code == 200


def test_three_screens_say_who_one_is(nina: Person, clock: time.Clock) -> None:
    client = factories.signed_in(nina)
    first = client.post(screen(), {"brings": "A steady hand", "topics": ["nets"], "others": "sails, zorbing"})
    assert first.headers["Location"] == screen("_hopes")
    second = client.post(screen("_hopes"), {"hopes": "Courage", "others": "knots"})
    assert second.headers["Location"] == screen("_time")
    third = client.post(
        screen("_time"), {"minutes": "60", "days": ["0", "4"], "start": "08:00", "end": "12:30"}
    )
    assert third.headers["Location"] == screen("_done")
    nina = now(nina)
    assert nina.brings == "A steady hand zorbing"
    assert {offer.topic.key for offer in Offer.objects.filter(person=nina)} <= {"nets", "sails"}
    assert Offer.objects.filter(person=nina, topic__key="sails").exists()
    assert [(want.topic.key, want.shown) for want in Want.objects.filter(person=nina)] == [("knots", False)]
    assert (nina.hopes, nina.budget_minutes, nina.has_room) == ("Courage", 60, True)
    assert [(each.weekday, each.minutes) for each in hours.read(nina.hours)] == [(0, 270), (4, 270)]
    assert (nina.welcomed, nina.confirmed_at) == (True, time.now())
    assert RecordedEvent.objects.filter(name="people.PersonConfirmed").count() == 1


def test_skipping_all_changes_nothing_else(nina: Person) -> None:
    client = factories.signed_in(nina)
    led = client.post(screen("_time"), {"skip": "yes"})
    assert led.headers["Location"] == screen("_done")
    assert (now(nina).welcomed, now(nina).confirmed_at, now(nina).has_room) == (True, None, False)


def test_each_screen_can_be_passed_over(nina: Person) -> None:
    client = factories.signed_in(nina)
    assert screen("_hopes") in client.get(screen()).content.decode()
    assert screen("_time") in client.get(screen("_hopes")).content.decode()
    for name in ("", "_hopes", "_time"):
        assert 'name="skip"' in client.get(screen(name)).content.decode()


def test_what_the_invitation_asked_is_not_asked_again(nina: Person, clock: time.Clock) -> None:
    Offer.objects.create(person=nina, topic=nina.organisation.topics.get(key="nets"))
    Person.objects.filter(pk=nina.pk).update(confirmed_at=time.now(), budget_minutes=240)
    client = factories.signed_in(nina)
    assert client.get(screen()).headers["Location"] == screen("_hopes")
    assert "First of two" in client.get(screen("_hopes")).content.decode()
    assert "minutes" not in client.get(screen("_time")).context["form"].fields
    led = client.post(screen("_time"), {"days": ["1"], "start": "08:00", "end": "12:00"})
    assert led.headers["Location"] == screen("_done")
    assert (now(nina).budget_minutes, now(nina).welcomed, len(now(nina).hours)) == (240, True, 1)
    assert Offer.objects.filter(person=nina).count() == 1


def test_nobody_promises_time_by_pressing_on(nina: Person) -> None:
    client = factories.signed_in(nina)
    assert client.get(screen("_time")).context["form"]["minutes"].value() is None
    assert client.post(screen("_time"), {"days": ["1"]}).status_code == 422
    assert now(nina).budget_minutes == 0


def test_it_ends_on_asking(nina: Person) -> None:
    body = factories.signed_in(nina).get(screen("_done")).content.decode()
    assert reverse("ask", kwargs={"organisation": "harbour"}) in body
    assert "What would you like help with?" in body


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("", {"brings": "x" * 601}, "brings"),
        ("_hopes", {"hopes": "y" * 601}, "hopes"),
        ("_time", {"minutes": "1", "start": "25:00"}, "start"),
    ],
)
def test_wrong_input_comes_back_as_typed(nina: Person, name: str, typed: dict[str, str], field: str) -> None:
    answered = factories.signed_in(nina).post(screen(name), typed)
    assert answered.status_code == 422
    assert typed[field] in answered.content.decode()
    assert not now(nina).welcomed


def test_twenty_topics_are_enough(nina: Person) -> None:
    for number in range(21):
        factories.topic(nina.organisation, f"Craft{number}")
    said = {"others": ",".join(f"craft{number}" for number in range(21))}
    answered = factories.signed_in(nina).post(screen(), said)
    assert answered.status_code == 422
    assert "more than twenty" in answered.content.decode()
    assert not Offer.objects.exists()


def test_beside_each_box_stands_who_sees_it(nina: Person) -> None:
    client = factories.signed_in(nina)
    for name in ("", "_hopes", "_time"):
        form = client.get(screen(name)).context["form"]
        assert [field.name for field in form if not field.sees] == []


def test_queries_do_not_grow(nina: Person) -> None:
    client: Client = factories.signed_in(nina)
    counts = []
    for rows in (1, 50):
        for number in range(rows):
            topic = factories.topic(nina.organisation, f"Topic {rows} {number}")
            Offer.objects.create(person=nina, topic=topic)
            Want.objects.create(person=nina, topic=topic)
        client.get(screen())
        for name in ("", "_hopes", "_time"):
            with CaptureQueriesContext(connection) as queries:
                client.get(screen(name))
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 20
