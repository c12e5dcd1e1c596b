"""The authorization matrix, generated from the URLconf: routes x methods x visitors x relations.

What is expected is computed here from each row, by rules of our own. That the rows themselves are
right is a matter of reading: `policy_table.csv` is the table as it was read and agreed to; a route
that is new, gone or changed fails until somebody has read it again (write it by
`python -m tests.rails.policy_table`).
"""

from copy import deepcopy

import pytest
from django.http import HttpResponseNotFound
from django.test import Client
from django.urls import reverse

from bothways.config import urls
from bothways.core import policy
from bothways.core.time import Clock
from tests.rails import objects, policy_table
from tests.rails.routes import Route, every_route
from tests.rails.undone import undone
from tests.rails.visitors import VISITORS, Cast, cast

pytestmark = pytest.mark.sqlite  # who may what is the same beside either database

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
ROUTES = [route for route in every_route() if route.row is not None]
OTHER_PARAMETERS = {
    "token": "nonsense",
    "role": "nobody",
    "uidb36": "1",
    "key": "nonsense",
    "topic": "nonsense",
}

# Which visitors stand in which relation to an object that `owner` owns and `party` shares.
IN_RELATION = {
    "mine": {"owner"},
    "ours": {"owner", "party"},
    "stewarded": {"steward of the program"},
    "looked after": {"steward of the program", "administrator"},
}


def test_every_route_has_a_row_and_a_name() -> None:
    assert [route.pattern for route in every_route() if route.row is None or not route.name] == []


def test_the_table_is_the_one_that_was_read() -> None:
    assert policy_table.as_it_is() == policy_table.as_read()


@pytest.fixture
def harbour(db: None, clock: Clock) -> Cast:
    return cast()


def address(route: Route, harbour: Cast) -> str:
    values = {name: OTHER_PARAMETERS[name] for name in route.parameters if name in OTHER_PARAMETERS}
    if route.below_organisation:
        values["organisation"] = harbour.harbour.slug
    assert route.row
    if route.row.relation.model is not None:
        values["key"] = objects.of_model(route.row.relation.model._meta.label, harbour).key
    return reverse(route.name, kwargs=values)


def may_come(route: Route, visitor: str, harbour: Cast) -> bool:
    """Whether this visitor may reach the object, from the row's words alone."""
    row = route.row
    assert row
    if not row.may.needs:
        return True
    if not harbour.has(visitor, row.may.needs):
        return False
    return visitor in IN_RELATION.get(row.relation.name, {visitor})


def wrong(status: int, method: str, route: Route, visitor: str, harbour: Cast) -> bool:
    """Whether this answer is not what the row promises."""
    row = route.row
    assert row
    if row.may.signed_in and visitor == "anonymous":
        return status != 302
    if not may_come(route, visitor, harbour):
        return status != 404
    if method == "OPTIONS":
        return status != 200
    if (method if method != "HEAD" else "GET") not in row.methods:
        return status != 405
    speaks_for_itself = row.relation == policy.NOTHING and "404" in policy_table.NOTES.get(route.name, "")
    return status >= 500 or status in {403, 405} or (status == 404 and not speaks_for_itself)


def answer(client: Client, method: str, url: str) -> int:
    """The status of the answer; whatever it did, to rows or cookies, is undone."""
    cookies = deepcopy(client.cookies)
    with undone():
        response = client.generic(method, url, data="", content_type="application/x-www-form-urlencoded")
    client.cookies = cookies
    return int(response.status_code)


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of these answers are 404s of which the status alone is read: drawing them takes a fifth of all."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())


@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_each_visitor_gets_what_the_row_says(route: Route, harbour: Cast) -> None:
    url = address(route, harbour)
    mistakes = {}
    for visitor in VISITORS:
        client = harbour.client(visitor)
        for method in METHODS:
            status = answer(client, method, url)
            if wrong(status, method, route, visitor, harbour):
                mistakes[visitor, method] = status
    assert mistakes == {}


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.below_organisation], ids=lambda r: r.name
)
def test_what_is_not_there_answers_like_what_is_not_mine(route: Route, harbour: Cast) -> None:
    """Beyond the wall, a real object and a made-up address read the same, to the byte."""
    real = address(route, harbour)
    made_up = real.replace("/harbour/", "/no-such-place/")
    for visitor in ("foreign administrator", "ex-member", "suspended"):
        client = harbour.client(visitor)
        here, there = client.get(real), client.get(made_up)
        assert (here.status_code, there.status_code) == (404, 404)
        assert here.content == there.content


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.row and route.row.relation.model], ids=lambda r: r.name
)
def test_what_is_not_mine_answers_like_what_was_never_there(route: Route, harbour: Cast) -> None:
    """Inside the wall too: somebody else's object and a made-up key read the same, to the byte."""
    assert route.row
    assert route.row.relation.model
    real = address(route, harbour)
    key = objects.of_model(route.row.relation.model._meta.label, harbour).key
    made_up = real.replace(key, "z" * len(key))
    assert made_up != real
    for visitor in ("member", "steward", "steward of another program", "foreign member"):
        if may_come(route, visitor, harbour):
            continue
        client = harbour.client(visitor)
        for method in ("get", "post"):
            here, there = getattr(client, method)(real), getattr(client, method)(made_up)
            assert (here.status_code, there.status_code) == (404, 404)
            assert here.content == there.content
            assert here.headers == there.headers
