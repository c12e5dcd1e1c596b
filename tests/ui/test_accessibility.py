"""The look in a real browser: axe, both themes, a small phone, 200% zoom, the keyboard, the little script."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = ["/style/", "/style/door/", "/no/such/page/"]
Visits = Callable[..., Page]

TOO_SMALL = """() => [...document.querySelectorAll(
    'button, .button, nav a, .house, .leads > a, .rows label, .tick label, summary, .well > *:not(.rim)')]
  .filter(e => e.getClientRects().length)
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44).map(([what]) => what)"""
SPILLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def visits(chromium: Browser, live_server: LiveServer) -> Iterator[Visits]:
    with ExitStack() as stack:

        def visit(address: str, width: int = 1280, **options: Any) -> Page:
            context = chromium.new_context(
                base_url=live_server.url, viewport={"width": width, "height": 900}, **options
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.goto(address)
            return page

        yield visit


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(visits: Visits, address: str, theme: str) -> None:
    found = Axe().run(visits(address, color_scheme=theme))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 640, 1280, 1920])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_spills_over_and_everything_can_be_touched(visits: Visits, address: str, width: int) -> None:
    page = visits(address, width)
    assert page.evaluate(SPILLS) <= 0
    assert page.evaluate(TOO_SMALL) == []


def test_the_policy_lets_nothing_fail_quietly(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    page.goto("/style/", wait_until="networkidle")
    context.close()
    assert complaints == []


def test_the_keyboard_sees_where_it_is(visits: Visits) -> None:
    page = visits("/style/door/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the page"
    assert skip.is_visible()
    outline = "e => getComputedStyle(e).outlineWidth + getComputedStyle(e).outlineOffset"
    assert skip.evaluate(outline) == "2px2px"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("type") == "email"
    assert page.locator(".well").evaluate(outline) == "2px2px"


def test_motion_stops_where_it_is_not_wanted(visits: Visits) -> None:
    moving = """() => [...document.querySelectorAll('*')]
      .filter(e => getComputedStyle(e).transitionDuration !== '0s').length"""
    assert visits("/style/").evaluate(moving) > 0
    assert visits("/style/", reduced_motion="reduce").evaluate(moving) == 0


def test_states_do_not_depend_on_colour_where_colours_are_forced(visits: Visits) -> None:
    page = visits("/style/", forced_colors="active")
    width = "e => getComputedStyle(e).borderTopWidth + ' ' + getComputedStyle(e).borderTopStyle"
    for part in (".next-step", ".notice.success", ".button.primary"):
        assert page.locator(part).first.evaluate(width).endswith("solid"), part


def test_letters_are_counted_while_one_writes(visits: Visits) -> None:
    page = visits("/style/")
    page.locator("#empty_sentence").fill("I freeze")
    assert page.locator("#empty_sentence_count").inner_text() == "8 / 280"
    page.locator("#empty_sentence").fill("x" * 275)
    assert "near" in (page.locator("#empty_sentence_count").get_attribute("class") or "")


def test_a_form_says_whence_it_comes_to_us_alone(visits: Visits) -> None:
    """Under `no-referrer` browsers send `Origin: null`, and every form would be refused."""
    page = visits("/style/door/")
    origins: list[str | None] = []

    def note(route: Route) -> None:
        origins.append(route.request.all_headers().get("origin"))
        route.fulfill(status=204)

    page.route("**/style/door/", note)
    page.locator(".form button").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert origins == ["/".join(page.url.split("/")[:3])]


def test_pressing_twice_sends_once(visits: Visits) -> None:
    page = visits("/style/door/")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/style/door/", hold)
    page.evaluate("""() => {
      const send = document.querySelector('.form button');
      for (const after of [0, 150]) setTimeout(() => send.click(), after);
    }""")
    page.wait_for_timeout(600)
    assert [route.request.method for route in waiting] == ["POST"]
    waiting[0].fulfill(status=204)
    page.wait_for_timeout(100)
    assert page.locator(".form button").get_attribute("aria-disabled") == "true"


def test_on_paper_the_frame_is_gone(visits: Visits) -> None:
    page = visits("/style/")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".words").first.is_visible()
    for part in (".skip", ".action", ".foot", ".button.primary >> nth=0", ".form >> nth=0"):
        assert not page.locator(part).is_visible(), part
