"""Every page asks no more of the database with fifty of everything that it may list than with one."""

from collections import defaultdict
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.core.time import Clock
from tests.rails import objects
from tests.rails.crowd import crowd
from tests.rails.routes import Route, every_route
from tests.rails.scenes import MAKERS, VISITORS, Scene, scene, visitor
from tests.rails.undone import undone
from tests.rails.visitors import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

READ = [route for route in every_route() if route.row and "GET" in route.row.methods]
OF_A_MOMENT = [route for route in READ if route.name in MAKERS]
BY_VISITOR: dict[str, list[Route]] = defaultdict(list)
for _route in READ:
    if _route not in OF_A_MOMENT:
        BY_VISITOR[VISITORS.get(_route.name) or visitor(_route)].append(_route)
MOST = 20
MANY = 50

# Models of which one person, or one page, has no more than a few whatever happens.
FEW = {
    "ask.QuietOffer": "one a week, three people",
    "ask.Showing": "one a person, joined and never listed",
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


def too_many(at_one: list[str], at_fifty: list[str]) -> list[str]:
    if len(at_fifty) > MOST:
        return at_fifty
    if len(at_fifty) <= len(at_one):
        return []
    return sorted(set(at_fifty) - set(at_one)) or at_fifty  # those of a row may look like one that was there


@pytest.mark.parametrize("who", BY_VISITOR)
def test_a_page_costs_no_more_at_fifty_than_at_one(who: str, harbour: Cast, clock: Clock) -> None:
    """All pages of one visitor beside the same crowd, which takes longer to make than to visit."""
    here = {route.name: scene(route, harbour, clock) for route in BY_VISITOR[who]}
    me = harbour.people[who if who in harbour.people else "owner"]
    crowd(me, 1)
    at_one = {name: visited(each) for name, each in here.items()}
    crowd(me, MANY - 1)
    found = {name: too_many(at_one[name], visited(each)) for name, each in here.items()}
    assert {name: more for name, more in found.items() if more} == {}


def visited(here: Scene) -> list[str]:
    with undone():
        return queries(here)


@pytest.mark.parametrize("route", OF_A_MOMENT, ids=lambda route: route.name)
def test_a_page_of_a_moment_costs_no_more_either(route: Route, harbour: Cast, clock: Clock) -> None:
    here = scene(route, harbour, clock)
    me = harbour.people[here.visitor if here.visitor in harbour.people else "owner"]
    crowd(me, 1)
    at_one = queries(here)
    crowd(me, MANY - 1)
    assert too_many(at_one, queries(here)) == []


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
