"""One page says what happens, what a "not now" means and who sees what; every page leads there."""

import pytest
from django.test import Client

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import invitations
from bothways.people.models import Person
from bothways.people.queries.invitations import path_of
from tests import factories

pytestmark = pytest.mark.django_db

SAID = (
    "When you ask",
    "What “not now” means",
    "Who sees what",
    "Managers and stewards",
    "Which mail",
    "can take that as a file with your address",
)


def test_it_is_read_from_the_foot_of_every_page(organisation: Organisation, clock: time.Clock) -> None:
    browser = factories.signed_in(factories.member(organisation, "Ada"))
    for path in ("/harbour/", "/harbour/ask/", "/harbour/inbox/"):
        foot = browser.get(path).content.decode().split("<footer")[1]
        assert 'href="/harbour/how/"' in foot
    page = browser.get("/harbour/how/").content.decode()
    assert [said for said in SAID if said not in page] == []
    assert "Choose which mail you get" in page


@pytest.mark.parametrize("door", ["/", "/accounts/login/"])
def test_it_is_read_before_anybody_comes_in(organisation: Organisation, door: str) -> None:
    stranger = Client()
    assert 'href="/accounts/how-it-works/"' in stranger.get(door, follow=True).content.decode()
    page = stranger.get("/accounts/how-it-works/").content.decode()
    assert [said for said in SAID if said not in page] == []
    assert "Choose which mail you get" not in page


def test_it_is_read_before_an_invitation_is_answered(organisation: Organisation, clock: time.Clock) -> None:
    steward = factories.member(organisation, "Sten", role=Person.Role.STEWARD)
    awaited = factories.member(organisation, "Ben", state=Person.State.INVITED)
    invitations.invite([awaited], by=steward)
    page = Client().get(path_of(awaited.invitations.get())).content.decode()
    assert 'href="/accounts/how-it-works/"' in page
