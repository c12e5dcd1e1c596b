"""The main pages as pictures: at a phone's width and a desk's, in light and in dark, into `var/screens`.

`bin/screens` starts a demo of its own; `bin/screens --base http://localhost:8000` visits one that runs.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.stories import chromium

ROOT = Path(__file__).parent.parent
WIDTHS = {"phone": 360, "desk": 1280}
HEIGHT = 900
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
PORT = 8817
READY_WITHIN = 900.0


@dataclass(frozen=True)
class Screen:
    """A page: whom to be, where to go, which link to follow from there, what to type."""

    name: str
    role: str
    address: str
    follow: str = ""
    types: tuple[str, str] = ("", "")


SCREENS = (
    Screen("front", "", "/"),
    Screen("sign-in", "", "/accounts/login/"),
    Screen("home-newcomer", "newcomer", "/demo/"),
    Screen("home-giver", "giver", "/demo/"),
    Screen(
        "ask",
        "newcomer",
        "/demo/ask/",
        types=("textarea[name=sentence]", "I freeze when I have to present to directors"),
    ),
    Screen("people", "giver", "/demo/people/"),
    Screen("person", "giver", "/demo/people/", follow="main .person .name a"),
    Screen("introduction", "giver", "/demo/introductions/", follow="main a[href*='/introductions/']"),
    Screen("connection", "giver", "/demo/connections/", follow="main .person .name a"),
    Screen(
        "agreement", "giver", "/demo/connections/", follow="main .person .name a, main a[href*='agreement']"
    ),
    Screen("inbox", "giver", "/demo/inbox/"),
    Screen("supply", "steward", "/demo/supply/"),
    Screen("program", "steward", "/demo/programs/", follow="main .item a"),
    Screen("round", "steward", "/demo/programs/", follow="main .item a, main .action a"),
    Screen(
        "rehearsal",
        "steward",
        "/demo/programs/",
        follow="main .item a, main .action a, #rehearsals .item a",
    ),
    Screen(
        "send",
        "steward",
        "/demo/programs/",
        follow="main .item a, main .action a, #rehearsals .item a, main .action a",
    ),
    Screen("style", "", "/style/"),
)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", metavar="URL", help="a demo that runs already (default: start one)")
    parser.add_argument("--into", type=Path, default=ROOT / "var" / "screens", metavar="DIR")
    parser.add_argument("--only", default="", metavar="NAME", help="only the pages whose name has this in it")
    arguments = parser.parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)
    wanted = [screen for screen in SCREENS if arguments.only in screen.name]
    if arguments.base:
        return take_all(arguments.base.rstrip("/"), wanted, arguments.into)
    with demo(arguments.into.parent / "screens-data") as base:
        return take_all(base, wanted, arguments.into)


@contextmanager
def demo(data: Path) -> Iterator[str]:
    """A demo of its own, of today and of this version, served until the pictures are taken."""
    base = f"http://localhost:{PORT}"
    command = [sys.executable, "-m", "bothways", "demo", "--no-open", "--fresh"]
    process = subprocess.Popen([*command, "--port", str(PORT), "--data", str(data)])
    try:
        wait_for(base, process)
        yield base
    finally:
        process.terminate()
        process.wait(10)


def wait_for(base: str, process: "subprocess.Popen[bytes]") -> None:
    ends_at = time.monotonic() + READY_WITHIN
    while time.monotonic() < ends_at and process.poll() is None:
        connection = HTTPConnection(urlsplit(base).netloc, timeout=2)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except OSError:
            time.sleep(0.5)
        else:
            return
        finally:
            connection.close()
    raise SystemExit("The demo did not start.")


def take_all(base: str, screens: list[Screen], into: Path) -> int:
    """Every screen in every size and theme; how many could not be taken."""
    missing = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable() or sys.exit(chromium.missing()), args=["--no-sandbox"]
        )
        for name, context in rooms(browser, base):
            for screen in screens:
                picture = into / f"{screen.name}-{name}.png"
                if problem := take(context, screen, picture):
                    missing.append(f"{picture.name}: {problem}")
        browser.close()
    compose(into)
    print("\n".join([*missing, f"{len(list(into.glob('*.png')))} pictures in {into}"]))
    return 1 if missing else 0


def compose(into: Path) -> None:
    """The README's picture: Home at a desk, and asking on a phone in the dark."""
    desk, phone = into / "home-giver-desk-light.png", into / "ask-phone-dark.png"
    if not (desk.exists() and phone.exists()):
        return
    with Image.open(desk) as home, Image.open(phone) as ask:
        picture = home.convert("RGB").crop((0, 0, WIDTHS["desk"], HEIGHT))
        picture.paste(ask.convert("RGB").crop((0, 0, WIDTHS["phone"], 740)), (WIDTHS["desk"] - 400, 120))
    picture.quantize(128).save(into / "picture.png", optimize=True)


def rooms(browser: Browser, base: str) -> Iterator[tuple[str, BrowserContext]]:
    """A browser of each width in each theme."""
    for size, width in WIDTHS.items():
        for theme in THEMES:
            context = browser.new_context(
                base_url=base,
                viewport={"width": width, "height": HEIGHT},
                color_scheme=theme,
                locale="en-GB",
                timezone_id="Europe/London",
            )
            yield f"{size}-{theme}", context
            context.close()


def take(context: BrowserContext, screen: Screen, picture: Path) -> str:
    """Take one picture; what went wrong, in words, or nothing."""
    context.clear_cookies()
    page = context.new_page()
    page.set_default_timeout(10_000)
    try:
        problem = reach(page, screen)
        whole = page.evaluate("document.documentElement.scrollHeight")
        width = page.evaluate("innerWidth")
        page.set_viewport_size({"width": width, "height": min(max(whole, HEIGHT), 4000)})
        page.screenshot(path=picture)
    except PlaywrightError as wrong:
        problem = wrong.message.splitlines()[0]
    finally:
        page.close()
    return problem


def reach(page: Page, screen: Screen) -> str:
    if screen.role:
        page.goto("/")
        page.locator(f"form[action$='/demo-step/{screen.role}/'] button").click()
    answer = page.goto(screen.address)
    if answer is None or not answer.ok:
        return f"{screen.address} answers {answer.status if answer else 'nothing'}"
    for link in filter(None, screen.follow.split(", ")):
        if not page.locator(link).count():
            return f"no {link} on {page.url}"
        page.locator(link).first.click()
        page.wait_for_load_state()
    box, words = screen.types
    if box:
        page.locator(box).press_sequentially(words)
        page.wait_for_timeout(1500)
    page.wait_for_load_state("networkidle")
    spills = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return f"spills over by {spills} px" if spills > 0 else ""


if __name__ == "__main__":
    raise SystemExit(main())
