"""The main pages as pictures: at a phone's width and a desk's, in light and in dark, into `var/screens`.

`bin/screens` starts a demo of its own; `bin/screens --base http://localhost:8000` visits one that runs.
`bin/screens --docs` takes those that the README and the guide show, and puts them there.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
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
IN_HAND = 740
FRAME = "#d5d1c8"  # around a phone
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
PORT = 8817
READY_WITHIN = 900.0


@dataclass(frozen=True)
class Screen:
    """A page: whom to be, where to go, which link to follow from there, what to type; from which part on."""

    name: str
    role: str
    address: str
    follow: str = ""
    types: tuple[str, str] = ("", "")
    part: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture in `docs`: a page at a desk, and before it, so far from the left, one on a phone."""

    name: str
    desk: str
    phone: str
    theme: Literal["light", "dark"]
    left: int

    def of(self, taken: Path) -> tuple[Path, Path]:
        return taken / f"{self.desk}-desk-light.png", taken / f"{self.phone}-phone-{self.theme}.png"


PICTURES = (
    Picture("picture.png", desk="home-giver", phone="ask", theme="dark", left=880),
    Picture("guide/rehearsal.png", desk="rehearsal", phone="pairs", theme="light", left=950),
)
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
        "pairs",
        "steward",
        "/demo/programs/",
        follow="main .item a, main .action a, #rehearsals .item a",
        part="#pairs .item:nth-last-child(3)",
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
    parser.add_argument("--docs", action="store_true", help="only the pictures of the documents, into docs")
    arguments = parser.parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)
    wanted = [screen for screen in SCREENS if arguments.only in screen.name]
    if arguments.docs:
        shown = {name for picture in PICTURES for name in (picture.desk, picture.phone)}
        wanted = [screen for screen in wanted if screen.name in shown]
    running = (
        nullcontext(arguments.base.rstrip("/"))
        if arguments.base
        else demo(arguments.into.parent / "screens-data")
    )
    with running as base:
        missing = take_all(base, wanted, arguments.into)
    if arguments.docs:
        compose(arguments.into, ROOT / "docs")
    return missing


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
    print("\n".join([*missing, f"{len(list(into.glob('*.png')))} pictures in {into}"]))
    return 1 if missing else 0


def compose(taken: Path, into: Path) -> None:
    """The pictures of the documents, of what was taken: a page at a desk, and one on a phone before it."""
    for picture in PICTURES:
        desk, phone = picture.of(taken)
        if desk.exists() and phone.exists():
            with Image.open(desk) as behind, Image.open(phone) as before:
                one = composed(behind.convert("RGB"), before.convert("RGB"), picture.left)
            one.quantize(128).save(into / picture.name, optimize=True)


def composed(behind: Image.Image, before: Image.Image, left: int) -> Image.Image:
    width = WIDTHS["phone"]
    whole = Image.new("RGB", (left + width + 40, HEIGHT), behind.getpixel((WIDTHS["desk"] - 1, 0)))
    whole.paste(behind.crop((0, 0, WIDTHS["desk"], HEIGHT)))
    whole.paste(FRAME, (left - 1, 119, left + width + 1, 121 + IN_HAND))
    whole.paste(before.crop((0, 0, width, IN_HAND)), (left, 120))
    return whole


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
        if screen.part:
            hold(page, screen.part)
        else:
            unroll(page)
        page.screenshot(path=picture)
    except PlaywrightError as wrong:
        problem = wrong.message.splitlines()[0]
    finally:
        page.close()
    return problem


def unroll(page: Page) -> None:
    """So high a window that all of the page is in it."""
    whole, width = page.evaluate("[document.documentElement.scrollHeight, innerWidth]")
    page.set_viewport_size({"width": width, "height": min(max(whole, HEIGHT), 4000)})


def hold(page: Page, part: str) -> None:
    """As somebody holds it who has scrolled so far."""
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": IN_HAND})
    page.locator(part).first.evaluate("part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 16)")


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
