"""What every answer of every address tells a browser, whatever its status."""

from typing import Any

import pytest
from django.test import Client

from bothways.core.time import Clock
from tests.rails.routes import Route, every_route
from tests.rails.scenes import Scene, scene
from tests.rails.undone import undone
from tests.rails.visitors import Cast, cast
from tests.web.test_headers import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ROUTES = [route for route in every_route() if route.row]
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TELLING = ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "X-Debug")
COOKIES = {"sessionid", "csrftoken", "messages"}
KEPT_BY_BROWSERS = {"people_photo": "private, max-age"}  # never by what stands between


@pytest.fixture
def harbour(clock: Clock) -> Cast:
    return cast()


def said(answer: Any) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in answer.get("Content-Security-Policy", "").split(";"))
    return {part[0]: part[1] for part in parts if len(part) == 2}


def wrong(answer: Any, kept: str = "") -> list[str]:
    """Headers that lack, or say what they should not."""
    faults = [name for name, value in ALWAYS.items() if answer.get(name) != value]
    faults += [name for name in TELLING if name in answer]
    if said(answer) != POLICY:
        faults.append(f"policy {answer.get('Content-Security-Policy')}")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        faults.append("permissions")
    cache = answer.get("Cache-Control", "")
    if not {"no-store", "private"} <= set(cache.split(", ")) and not (kept and cache.startswith(kept)):
        faults.append(f"cache {cache}")
    return faults + cookies(answer)


def cookies(answer: Any) -> list[str]:
    """Cookies of ours alone, which no script reads and no other site's form brings along."""
    return [
        f"cookie {name}"
        for name, cookie in answer.cookies.items()
        if name not in COOKIES
        or not (cookie["httponly"] or not cookie.value)
        or cookie["samesite"] != "Lax"
        or cookie["path"] != "/"
        or cookie["domain"]
    ]


def answers(here: Scene) -> dict[tuple[str, str, int], Any]:
    """Of the one who may come and of a passer-by, by each method and with nothing in it."""
    found = {}
    for who, client in ((here.visitor, here.client), ("passer-by", Client())):
        for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            with undone():
                answer: Any = client.generic(method, here.url)
                found[who, method, int(answer.status_code)] = answer
            if who == here.visitor and method == "POST":
                here.client.cookies = client.cookies
    return found


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_answer_says_what_a_browser_may_do(route: Route, harbour: Cast, clock: Clock) -> None:
    found = answers(scene(route, harbour, clock))
    kept = KEPT_BY_BROWSERS.get(route.name, "")
    faults = {asked: wrong(answer, kept) for asked, answer in found.items()}
    assert {asked: fault for asked, fault in faults.items() if fault} == {}


def test_a_passer_by_gets_no_session(harbour: Cast) -> None:
    for where in ("/", "/accounts/login/", "/no/such/page/", "/harbour/", "/healthz"):
        assert "sessionid" not in Client().get(where).cookies


def test_what_breaks_or_cannot_be_read_says_it_too(harbour: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("bothways.web.views.entry.organisations_of", breaks)
    client = harbour.client("member")
    client.raise_request_exception = False
    broken, missing = client.get("/"), client.get("/no/such/page/")
    unreadable = client.post("/harbour/me/words/", b"--x", content_type="multipart/form-data")
    forged = Client(enforce_csrf_checks=True).post("/accounts/login/", {"email": "a@x.example"})
    stranger = Client(headers={"host": "x.example"}).get("/")
    found = {500: broken, 404: missing, 403: forged}
    assert {status: answer.status_code for status, answer in found.items()} == {500: 500, 404: 404, 403: 403}
    assert (unreadable.status_code, stranger.status_code) == (400, 400)
    faults = {
        status: wrong(answer) for status, answer in [*found.items(), (400, unreadable), (421, stranger)]
    }
    assert {status: fault for status, fault in faults.items() if fault} == {}
