"""Every page in a real browser: axe by day, contrast by night too; nothing spills over when it is small."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from bothways.core.time import Clock
from tests.rails.crowd import crowd
from tests.rails.routes import Route, every_route
from tests.rails.scenes import VISITORS, scene, visitor
from tests.rails.visitors import cast
from tests.stories.browser import Opens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALL = {"resultTypes": ["violations"], "preload": False, "iframes": False, "selectors": False}
CONTRAST = ALL | {"runOnly": ["color-contrast"]}
LISTED = {
    "member",
    "steward",
    "administrator",
    "steward of the program",
}  # their pages are lists; the others see one thing each
TWO_SIDES = {"ask.StewardAsk", "connections.Concern", "connections.Introduction"}
ALSO = {"programs": ("owner",), "programs_program": ("owner",)}
SPILLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
NO_PAGES = {
    "account_logout": "signs out at once where nobody is signed in",
    "healthz": "for programs",
    "inbox_ics": "for calendars",
    "inbox_open": "leads on to what it is about",
    "people_export_file": "a file",
    "people_import_progress": "a part of another page",
    "people_import_report": "a file",
    "people_photo": "a picture",
    "programs_progress": "a part of another page",
    "style": "looked at in tests/ui/test_accessibility.py",
    "style_door": "looked at in tests/ui/test_accessibility.py",
}
PAGES = [
    route
    for route in every_route()
    if route.row and "GET" in route.row.methods and route.name not in NO_PAGES
]


def looks(route: Route) -> list[str]:
    """Who looks at a page: somebody for whom it is, and the other side where there are two."""
    assert route.row
    model = route.row.relation.model
    other = ["party"] if model is not None and model._meta.label in TWO_SIDES else []
    return [VISITORS.get(route.name, visitor(route)), *other, *ALSO.get(route.name, ())]


SEEN = sorted({who for route in PAGES for who in looks(route)})


def signed_in_as(page: Page, client: Client, server: LiveServer) -> None:
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": name, "value": kept.value, "url": server.url} for name, kept in client.cookies.items()]
    )


def found(page: Page, axe: Axe) -> list[str]:
    """What a visitor with other eyes, or a smaller screen, would stumble over."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    page.evaluate(axe.axe_script)
    faults = violations(page, ALL, "light")
    page.emulate_media(color_scheme="dark")
    faults += violations(page, CONTRAST, "dark")
    for width in (640, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if (spilt := page.evaluate(SPILLS)) > 0:
            faults.append(f"{spilt} px spill over at {width}")
    return faults


def violations(page: Page, options: dict[str, Any], theme: str) -> list[str]:
    answer = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{theme}: {each['id']}: {node['html'][:200]}"
        for each in answer["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("who", SEEN)
def test_nobody_stumbles(who: str, opens: Opens, live_server: LiveServer, clock: Clock) -> None:
    """A wide and two narrow screens, twice the size (which is half the width), by day and by night."""
    harbour = cast()
    if who in LISTED:
        crowd(harbour.people[who], 3)
    page, axe, faults = opens(), Axe(), {}
    for route in PAGES:
        if who in looks(route):
            here = scene(route, harbour, clock, who)
            signed_in_as(page, here.client, live_server)
            answer = page.goto(here.url)
            assert answer
            assert answer.status == 200, here.url
            if stumbled := found(page, axe):
                faults[route.name] = stumbled
    assert faults == {}
