"""A new organisation: what its first administrator does before there is anybody to ask."""

import pytest
from django.urls import reverse

from bothways.core.models import Organisation
from bothways.people.actions import members
from bothways.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(organisation: Organisation) -> Person:
    return factories.member(organisation, "Boss", role=Person.Role.ADMINISTRATOR)


def address(name: str, of: Organisation) -> str:
    return reverse(name, kwargs={"organisation": of.slug})


def test_home_leads_to_bringing_people_in_until_there_are_a_few(boss: Person) -> None:
    client, of = factories.signed_in(boss), boss.organisation
    first = client.get(f"/{of.slug}/").content.decode()
    steps = [first.index(f'href="{address(name, of)}"') for name in ("people_not_reached", "people_members")]
    assert first.index("Bring your people in") < steps[0] < steps[1]
    assert address("people_add", of) in first
    for _ in range(4):
        factories.member(of)
    assert "Bring your people in" not in client.get(f"/{of.slug}/").content.decode()


def test_only_administrators_are_led_there(boss: Person) -> None:
    for role in (Person.Role.STEWARD, Person.Role.MEMBER):
        other = factories.signed_in(factories.member(boss.organisation, role=role))
        assert "Bring your people in" not in other.get(f"/{boss.organisation.slug}/").content.decode()
        assert other.get(address("people_add", boss.organisation)).status_code == 404


def test_a_person_is_added_and_then_invited(boss: Person) -> None:
    client, of = factories.signed_in(boss), boss.organisation
    typed = {"name": "Mina", "email": "Mina@x.example", "title": "Nurse", "team": "Ward 3"}
    added = client.post(address("people_add", of), typed, follow=True)
    mina = Person.objects.get(organisation=of, email="mina@x.example")
    assert (mina.name, mina.title, mina.team and mina.team.name) == ("Mina", "Nurse", "Ward 3")
    assert (mina.state, mina.account, mina.time_zone) == ("invited", None, of.time_zone)
    said = added.content.decode()
    assert "Now invite them" in said
    assert address("people_invite", of) in said


def test_an_address_is_on_the_list_once(boss: Person) -> None:
    client, add = factories.signed_in(boss), address("people_add", boss.organisation)
    again = client.post(add, {"name": "Boss & again", "email": boss.email.upper()})
    assert again.status_code == 422
    assert "on the list already" in again.content.decode()
    assert "Boss &amp; again" in again.content.decode()
    assert Person.objects.filter(organisation=boss.organisation).count() == 1


def test_the_same_address_elsewhere_is_no_matter(boss: Person) -> None:
    there = factories.member(factories.organisation("elsewhere"), "Mina", email="mina@x.example")
    mina = members.add(by=boss, email=there.email, name="Mina")
    assert (mina.organisation, mina.account) == (boss.organisation, None)
