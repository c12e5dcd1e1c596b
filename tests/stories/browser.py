"""A real Chromium for the stories. Where it is missing the tests fail and say what brings it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from bothways.people.models import Person
from tests import factories
from tests.stories.chromium import executable, missing

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]

Opens = Callable[..., Page]


def browser() -> str:
    return executable() or pytest.fail(missing())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser(), args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def opens(chromium: Browser, live_server: LiveServer) -> Iterator[Opens]:
    """`opens(person)`: a page of a browser of their own, signed in where a person is given."""
    with ExitStack() as stack:

        def open_page(person: Person | None = None, *, scripts: bool = True, width: int = 1280) -> Page:
            context = chromium.new_context(
                base_url=live_server.url,
                java_script_enabled=scripts,
                viewport={"width": width, "height": 900},
                locale="en-GB",
                timezone_id="Europe/London",
            )
            stack.callback(context.close)
            if person is not None:
                sign_in(context, live_server, person)
            page = context.new_page()
            page.set_default_timeout(10_000)
            return page

        yield open_page


def sign_in(context: BrowserContext, server: LiveServer, person: Person) -> None:
    cookie = factories.signed_in(person).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
