"""Home in its order: the next step, what waits, what is coming up, then whom one might like to meet."""

from datetime import timedelta

import pytest

from bothways.ask.tasks import make_quiet_offers
from bothways.connections.actions import answers, meetings
from bothways.connections.models import Connection, Introduction
from bothways.core import time, worker
from bothways.core.models import Organisation
from bothways.people.models import Person, Want
from tests import factories
from tests.factories.asking import SPEAKING, offering, subject
from tests.factories.connections import connected, in_days, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada")


def home(of: Person) -> str:
    return " ".join(factories.signed_in(of).get("/harbour/").content.decode().split())


def said_yes(ada: Person, ben: Person, *, times: int) -> Connection:
    """Ada asks Ben by the page, and he says yes."""
    fields = {"sentence": "speaking", "do": "ask", "note": "A word?", "kind": "conversation"}
    factories.signed_in(ada).post("/harbour/ask/", fields | {"people": [ben.key]})
    asked = Introduction.objects.get(first=ada, second=ben)
    made = answers.accept(asked, by=ben, times=[in_days(2 + each) for each in range(times)])
    assert made
    worker.drain()
    return made


def test_my_own_meeting_stands_above_people_i_do_not_know(ada: Person) -> None:
    Want.objects.create(person=ada, topic=subject(ada.organisation, SPEAKING))
    offering(ada.organisation, "Benedikt")
    make_quiet_offers()
    planned(connected(ada, factories.member(ada.organisation, "Cleo")))
    page = home(ada)
    assert page.index("next-step") < page.index("Coming up") < page.index("Somebody you might like")


@pytest.mark.parametrize("times", [0, 2])
def test_a_yes_is_the_next_step_until_a_time_is_found(ada: Person, times: int) -> None:
    ben, eva = offering(ada.organisation, "Ben"), offering(ada.organisation, "Eva")
    connection = said_yes(ada, ben, times=times)
    factories.signed_in(eva).post(
        "/harbour/ask/",
        {"sentence": "x", "do": "ask", "note": "A word?", "kind": "conversation", "people": [ada.key]},
    )
    page = home(ada)
    assert page.count("Ben said yes") == 1
    offered = connection.meetings.first()
    where = f"meetings/{offered.key}/" if offered else f"connections/{connection.key}/times/"
    assert f'href="/harbour/{where}"' in page.split("next-step", 1)[1]
    assert page.index("Ben said yes") < page.index("A word with Eva?")
    assert "said yes" not in home(ben), "who was asked knows"
    mine = offered or meetings.propose(connection, [in_days(3)], by=ada)
    if offered:
        meetings.pick(mine, in_days(2), by=ada)
    assert "Ben said yes" not in home(ada)


def test_times_that_have_gone_by_lead_to_offering_others(ada: Person, clock: time.Clock) -> None:
    connection = said_yes(ada, offering(ada.organisation, "Ben"), times=1)
    clock.advance(timedelta(days=3))
    page = home(ada).split("next-step", 1)[1]
    assert f'href="/harbour/connections/{connection.key}/times/"' in page


def test_whoever_has_reports_finds_a_door_to_open_and_nobody_else_does(ada: Person) -> None:
    ben = factories.member(ada.organisation, "Ben", manager=ada)
    assert 'href="/harbour/introduce/">Open a door for somebody' in home(ada)
    assert "Open a door for somebody" not in home(ben)
