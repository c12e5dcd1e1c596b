"""The stewards' page about supply: what is wanted and not offered, whom nobody reached."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bothways.core import time, worker
from bothways.core.models import Organisation
from bothways.people.actions import invitations
from bothways.people.models import Invitation, Offer, Person, Topic, Want
from bothways.people.queries.supply import wanted_not_offered
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(organisation: Organisation) -> Person:
    return factories.member(organisation, "Stella", role=Person.Role.STEWARD)


def wanted_by(topic: Topic, number: int, **fields: Any) -> list[Person]:
    people = [factories.member(topic.organisation, **fields) for _ in range(number)]
    Want.objects.bulk_create([Want(person=person, topic=topic) for person in people])
    return people


def shown(viewer: Person) -> dict[str, int]:
    return {topic.name: vars(topic)["at_least"] for topic in wanted_not_offered(viewer)}


def awaited(of: Organisation, number: int) -> list[Person]:
    return [
        Person.objects.create(organisation=of, name=f"New {each}", email=f"new{each}@{of.slug}.example")
        for each in range(number)
    ]


def address(name: str, of: Organisation, **names: str) -> str:
    return reverse(name, kwargs={"organisation": of.slug, **names})


class TestWanted:
    def test_five_people_show_and_four_do_not(self, steward: Person) -> None:
        wanted_by(factories.topic(steward.organisation, "Nets"), 5)
        wanted_by(factories.topic(steward.organisation, "Knots"), 4)
        assert shown(steward) == {"Nets": 5}

    def test_ones_own_wish_and_that_of_those_who_left_do_not_count(self, steward: Person) -> None:
        topic = factories.topic(steward.organisation, "Nets")
        wanted_by(topic, 4)
        Want.objects.create(person=steward, topic=topic)
        wanted_by(topic, 1, state=Person.State.LEFT)
        wanted_by(topic, 1, state=Person.State.SUSPENDED)
        assert shown(steward) == {}

    def test_figures_are_rounded_down(self, steward: Person) -> None:
        for name, number in (("Nets", 9), ("Knots", 11), ("Sails", 21)):
            wanted_by(factories.topic(steward.organisation, name), number)
        assert shown(steward) == {"Sails": 20, "Knots": 10, "Nets": 5}

    def test_offered_by_one_who_confirmed_is_not_missing(self, steward: Person) -> None:
        offered, unconfirmed = (factories.topic(steward.organisation, name) for name in ("Nets", "Knots"))
        for topic in (offered, unconfirmed):
            wanted_by(topic, 5)
        Offer.objects.create(person=factories.member(steward.organisation), topic=offered)
        Offer.objects.create(
            person=factories.member(steward.organisation, confirmed_at=None), topic=unconfirmed
        )
        assert shown(steward) == {"Knots": 5}

    def test_another_organisation_counts_for_itself(self, steward: Person) -> None:
        wanted_by(factories.topic(factories.organisation("elsewhere"), "Nets"), 9)
        assert shown(steward) == {}

    def test_who_wants_it_and_how_many_exactly_is_on_no_page(self, steward: Person) -> None:
        people = wanted_by(factories.topic(steward.organisation, "Nets"), 7)
        body = (
            factories.signed_in(steward).get(address("people_supply", steward.organisation)).content.decode()
        )
        assert "Nets" in body
        assert "wanted by 5 people or more" in " ".join(body.split())
        assert not [person.name for person in people if person.name in body]


class TestNotReached:
    def test_each_says_how_far_it_went(self, steward: Person, clock: time.Clock) -> None:
        never, bounced, silent = awaited(steward.organisation, 3)
        invitations.invite([bounced, silent], by=steward)
        invitations.bounced(bounced.invitations.get().key)
        clock.advance(timedelta(hours=2))
        body = factories.signed_in(steward).get(address("people_not_reached", steward.organisation))
        text = " ".join(body.content.decode().split())
        assert "The mail came back" in text
        assert "Not invited yet" in text
        assert "Invited on Mon 2 Mar; has not been here" in text
        assert text.index(bounced.name) < text.index(never.name) < text.index(silent.name)
        assert "Invite all 2 not reached" in text

    def test_one_button_invites_all(self, steward: Person) -> None:
        awaited(steward.organisation, 3)
        client = factories.signed_in(steward)
        done = client.post(address("people_invite", steward.organisation), {"everybody": "yes"}, follow=True)
        said = done.content.decode()
        assert "3 invitations are on their way" in said
        assert said.count("Invitation on its way.") == 3
        assert "Not invited yet" not in said
        assert 'name="everybody"' not in said
        assert "Invite those I have ticked" not in said
        assert "Nothing is left to do today" in said
        worker.drain()
        assert Invitation.objects.count() == 3

    def test_the_choice_is_the_filled_button_and_everybody_is_not(self, steward: Person) -> None:
        awaited(steward.organisation, 3)
        page = factories.signed_in(steward).get(address("people_not_reached", steward.organisation))
        buttons = page.content.decode().split("<main")[1].split("<button")[1:]
        assert [("primary" in one, "everybody" in one) for one in buttons[:2]] == [
            (True, False),
            (False, True),
        ]

    def test_those_ticked_are_invited(self, steward: Person) -> None:
        first, _second, third = awaited(steward.organisation, 3)
        client = factories.signed_in(steward)
        client.post(address("people_invite", steward.organisation), {"person": [first.key, third.key]})
        assert set(Invitation.objects.values_list("person", flat=True)) == {first.pk, third.pk}

    def test_nobody_ticked_says_what_to_do(self, steward: Person) -> None:
        answered = factories.signed_in(steward).post(address("people_invite", steward.organisation))
        assert answered.status_code == 422
        assert "Tick at least one person" in answered.content.decode()

    def test_twice_on_one_day_is_refused_kindly(self, steward: Person, clock: time.Clock) -> None:
        (person,) = awaited(steward.organisation, 1)
        client = factories.signed_in(steward)
        invite = address("people_invite", steward.organisation)
        assert client.post(invite, {"person": person.key}).status_code == 302
        again = client.post(invite, {"person": person.key})
        assert again.status_code == 409
        assert "within the last day" in again.content.decode()
        assert Invitation.objects.count() == 1

    def test_nobody_beyond_the_wall_is_invited(self, steward: Person) -> None:
        (foreign,) = awaited(factories.organisation("elsewhere"), 1)
        client = factories.signed_in(steward)
        answered = client.post(address("people_invite", steward.organisation), {"person": foreign.key})
        assert answered.status_code == 422
        assert not Invitation.objects.exists()


def test_home_leads_stewards_there_and_nobody_else(steward: Person) -> None:
    addresses = [
        address(name, steward.organisation)
        for name in ("people_supply", "people_not_reached", "people_topics", "people_members")
    ]
    home = f"/{steward.organisation.slug}/"
    body = factories.signed_in(steward).get(home).content.decode()
    assert [path for path in addresses if f'href="{path}"' not in body] == []
    body = factories.signed_in(factories.member(steward.organisation)).get(home).content.decode()
    assert [path for path in addresses if f'href="{path}"' in body] == []


@pytest.mark.parametrize("name", ["people_supply", "people_not_reached"])
class TestPages:
    def test_queries_do_not_grow(self, name: str, steward: Person, clock: time.Clock) -> None:
        client, counts = factories.signed_in(steward), []
        for rows in (1, 50):
            for number in range(rows):
                topic = factories.topic(steward.organisation, f"Topic {rows} {number}")
                Want.objects.bulk_create(
                    [Want(person=person, topic=topic) for person in wanters(steward.organisation)]
                )
                Person.objects.create(
                    organisation=steward.organisation, name="New", email=f"{rows}.{number}@x.example"
                )
            client.get(address(name, steward.organisation))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address(name, steward.organisation)).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 20

    def test_it_has_pages(self, name: str, steward: Person) -> None:
        awaited(steward.organisation, 30)
        for number in range(30):
            topic = factories.topic(steward.organisation, f"Topic {number:02}")
            Want.objects.bulk_create(
                [Want(person=person, topic=topic) for person in wanters(steward.organisation)]
            )
        client = factories.signed_in(steward)
        first, second = (
            client.get(address(name, steward.organisation), {"page": page}).context["page"] for page in (1, 2)
        )
        assert (len(first), len(second)) == (25, 5)

    def test_members_do_not_come_here(self, name: str, steward: Person) -> None:
        client = factories.signed_in(factories.member(steward.organisation))
        assert client.get(address(name, steward.organisation)).status_code == 404


def wanters(of: Organisation) -> list[Person]:
    found = list(Person.objects.filter(organisation=of, title="wants a lot"))
    return found or [factories.member(of, title="wants a lot") for _ in range(5)]
