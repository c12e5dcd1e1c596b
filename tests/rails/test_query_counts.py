"""Every page asks no more of the database with fifty of everything that it may list than with one."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.core.time import Clock
from tests.rails import objects
from tests.rails.crowd import crowd
from tests.rails.routes import Route, every_route
from tests.rails.scenes import Scene, scene
from tests.rails.visitors import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

READ = [route for route in every_route() if route.row and "GET" in route.row.methods]
MOST = 20
MANY = 50

# Models of which one person, or one page, has no more than a few whatever happens.
FEW = {
    "ask.QuietOffer": "one a week, three people",
    "inbox.Feed": "one a person",
    "inbox.TurnedOff": "one a setting",
    "inbox.Mail": "no page lists mails",
    "people.Account": "no page lists accounts",
    "people.SignInLink": "no page lists links",
    "people.Reservation": "summed, never listed",
    "people.SearchEntry": "an index, one a person",
    "people.RosterFile": "one a list",
    "people.RosterOffer": "counted, never listed",
    "connections.Due": "no page lists what is due",
    "connections.QuietAnswer": "one a question and person",
}


@pytest.fixture
def harbour(clock: Clock) -> Cast:
    return cast()


def queries(here: Scene) -> list[str]:
    """What a visit asks of the database, when everything that is kept in memory is there."""
    here.client.get(here.url)
    with CaptureQueriesContext(connection) as asked:
        answer: Any = here.client.get(here.url)
        if answer.streaming:
            list(answer.streaming_content)
    return [query["sql"][:300] for query in asked.captured_queries]


@pytest.mark.parametrize("route", READ, ids=lambda route: route.name)
def test_a_page_costs_no_more_at_fifty_than_at_one(route: Route, harbour: Cast, clock: Clock) -> None:
    here = scene(route, harbour, clock)
    me = harbour.people[here.visitor if here.visitor in harbour.people else "owner"]
    crowd(me, 1)
    at_one = queries(here)
    crowd(me, MANY - 1)
    at_fifty = queries(here)
    assert len(at_fifty) <= MOST, at_fifty
    assert len(at_fifty) <= len(at_one), sorted(set(at_fifty) - set(at_one))


def test_the_crowd_holds_all_that_a_page_may_list(harbour: Cast) -> None:
    """A new model is in the crowd, or is said to have few rows whatever happens."""
    for label in ("connections.Connection", "people.Roster", "ask.Ask", "programs.Rehearsal"):
        objects.of_model(label, harbour)
    crowd(harbour.people["owner"], MANY)
    models = [
        model
        for app in ("people", "connections", "ask", "programs", "inbox")
        for model in apps.get_app_config(app).get_models()
    ]
    lacking = {model._meta.label for model in models if model._default_manager.count() < MANY}
    assert lacking - FEW.keys() == set()
