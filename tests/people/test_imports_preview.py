"""What a list would do, before it does it: what needs mending first, then who is new, by name."""

import pytest
from django.test import Client
from django.urls import reverse

from bothways.core.models import Organisation
from bothways.people.models import Person, Roster
from tests import factories
from tests.factories.rosters import listed

pytestmark = pytest.mark.django_db

LIST = "Name,Email\nAda,ada@x.example\nBo,bo@x.example\n"


@pytest.fixture
def client(organisation: Organisation) -> Client:
    return factories.signed_in(factories.member(organisation, "Admin", role=Person.Role.ADMINISTRATOR))


def at(name: str, roster: Roster) -> str:
    return reverse(name, kwargs={"organisation": "harbour", "key": roster.key})


def test_what_needs_mending_stands_first_and_what_is_worth_knowing_last(
    client: Client, organisation: Organisation
) -> None:
    factories.member(organisation, "Sue Spent", email="sue@x.example", state=Person.State.SUSPENDED)
    roster = listed(LIST + "Sue Spent,sue@x.example\nCy,nonsense\n", of=organisation)
    page = client.get(at("people_import", roster)).content.decode()
    places = [page.index(each) for each in ("reads “nonsense”", "Bring these people in", "Worth knowing")]
    assert places == sorted(places)
    assert page.index("Worth knowing") < page.index("Line 4") < page.index("All of it", places[2])
    client.post(at("people_import_set_aside", roster))
    sound = client.get(at("people_import", listed(LIST, of=organisation))).content.decode()
    assert "what needs mending" not in sound


def test_whoever_is_new_is_named_and_nobody_else(client: Client, organisation: Organisation) -> None:
    factories.member(organisation, "Bo Known", email="bo@x.example")
    more = "".join(f"Newcomer {number:02},n{number}@x.example,Nets\n" for number in range(30))
    rows = f"Ada,ada@x.example,\nBo Known,bo@x.example,\n{more}Cy,nonsense,\n"
    roster = listed(f"Name,Email,Team\n{rows}", of=organisation)
    first, second = (
        client.get(at("people_import", roster), {"new": page}).context["newcomers"] for page in (1, 2)
    )
    assert [each.name for each in first][:2] == ["Ada", "Newcomer 00"]
    assert (len(first), len(second), first.paginator.count) == (25, 6, roster.counts["new"])
    shown = client.get(at("people_import", roster)).content.decode()
    assert all(each in shown for each in ("31 people", "Newcomer 00</strong>, Nets", "n0@x.example"))
