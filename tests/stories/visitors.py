"""People at their browsers: by pointer or by keyboard alone, each page looked at as it comes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.masked import masked

MOST_STOPS = 160
PATIENCE = 20_000
HERE = "element => element === document.activeElement"
GROUP = "() => document.activeElement.type === 'radio' ? document.activeElement.name : ''"
# What shows where the keyboard is: a ring of 2 px around the element, or around the well of its box.
RING = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 'nowhere';
  const ringed = [at, at.closest('.well'), at.closest('label')].filter(Boolean).some((each) => {
    const look = getComputedStyle(each);
    return look.outlineStyle === 'solid' && parseFloat(look.outlineWidth) >= 2;
  });
  const box = at.getBoundingClientRect();
  const shown = box.width > 0 && box.height > 0;
  return ringed && shown ? 'seen' : at.outerHTML.slice(0, 200);
}"""

TOO_SMALL = """() => [...document.querySelectorAll(
    'button, a.button, nav a, .rows label, .tick label, summary')]
  .filter(each => each.checkVisibility())
  .map(each => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44).map(([what]) => what)"""

Name = str | re.Pattern[str]
Looks = Callable[[Page], None]


def nothing_spills_over(page: Page) -> None:
    """Nothing is wider than the window, and nothing scrolls sideways."""
    wide = page.evaluate("() => document.scrollingElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"


def fits_a_thumb(page: Page) -> None:
    """Whatever is pressed is at least 44 px high and wide."""
    small = page.evaluate(TOO_SMALL)
    assert small == [], f"{page.url}: {small}"


class Hand(Protocol):
    """How somebody works a page."""

    def press(self, target: Locator) -> None: ...

    def write(self, box: Locator, text: str) -> None: ...

    def add(self, box: Locator, text: str) -> None: ...

    def tick(self, box: Locator) -> None: ...


class Pointer:
    def press(self, target: Locator) -> None:
        target.click()

    def write(self, box: Locator, text: str) -> None:
        box.fill(text)

    def add(self, box: Locator, text: str) -> None:
        box.fill(box.input_value() + text)

    def tick(self, box: Locator) -> None:
        box.check()


class Keyboard:
    """Tab, Enter, Space, arrows and letters. At every stop one must see where one is."""

    def press(self, target: Locator) -> None:
        self._reach(target)
        target.page.keyboard.press("Enter")

    def write(self, box: Locator, text: str) -> None:
        self._reach(box)
        box.page.keyboard.type(text)

    def add(self, box: Locator, text: str) -> None:
        self._reach(box)
        box.page.keyboard.press("Control+End")
        box.page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        self._reach(box)
        if not box.is_checked():
            box.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def _reach(self, target: Locator) -> None:
        """Tab on until the target has the focus; within a group of choices, arrows."""
        expect(target).to_be_visible()
        group = target.get_attribute("name") if target.get_attribute("type") == "radio" else None
        keyboard = target.page.keyboard
        for _ in range(MOST_STOPS):
            if target.evaluate(HERE):
                return
            inside = group is not None and target.page.evaluate(GROUP) == group
            keyboard.press("ArrowDown" if inside else "Tab")
            ring = target.page.evaluate(RING)
            assert ring in ("seen", "nowhere"), f"One cannot see where one is on {target.page.url}: {ring}"
        raise AssertionError(f"The keyboard does not reach {target} on {target.page.url}.")


@dataclass
class Visitor:
    """Somebody and their browser. `read` holds every page they have been shown."""

    name: str
    page: Page
    hand: Hand = field(default_factory=Pointer)
    scripts: bool = True
    looks: Iterable[Looks] = ()
    read: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)

    def goes(self, address: str) -> None:
        self.page.goto(address)
        self.arrives()

    def follows(self, name: Name) -> None:
        """A link, wherever on the page it stands."""
        self._leaves_by(self.page.get_by_role("link", name=name, exact=True).first)

    def presses(self, name: Name) -> None:
        """A button that sends the form it stands in."""
        self._leaves_by(self.button(name).first)

    def button(self, name: Name) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def box(self, label: str) -> Locator:
        """A box by its label, with or without "if you like" behind it."""
        label_of = re.compile(rf"^\s*{re.escape(label)}(\s+if you like)?\s*$")
        return self.page.get_by_label(label_of)

    def writes(self, label: str, text: str) -> None:
        self.hand.write(self.box(label), text)

    def adds(self, label: str, text: str) -> None:
        self.hand.add(self.box(label), text)

    def ticks(self, label: Name) -> None:
        self.hand.tick(self.choice(label))

    def choice(self, label: Name) -> Locator:
        """A box to tick, or one of several choices."""
        radio = self.page.get_by_role("radio", name=label, exact=True)
        return self.page.get_by_role("checkbox", name=label, exact=True).or_(radio)

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, timeout=PATIENCE)

    def is_at(self, title: str) -> None:
        expect(self.page.locator("h1")).to_have_text(title, timeout=PATIENCE)

    def arrives(self) -> None:
        """Look at the page that has come."""
        self.read.append(masked(self.page.content()))
        for look in self.looks:
            look(self.page)

    def read_of(self, text: str) -> list[str]:
        """Where the text stood on any page, with what stood around it."""
        around = re.compile(rf".{{0,40}}{re.escape(text)}.{{0,40}}")
        return [found for page in self.read for found in around.findall(page)]

    def _leaves_by(self, way: Locator) -> None:
        with self.page.expect_navigation(timeout=PATIENCE):
            self.hand.press(way)
        self.arrives()
