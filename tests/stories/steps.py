"""The main path, a function a step: from an invitation to what two people agreed on."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core import mail
from playwright.sync_api import expect

from bothways.core import time, worker
from bothways.core.models import Organisation
from bothways.people.actions import topics
from bothways.people.models import Person
from tests import factories
from tests.factories.asking import SPEAKING, offering
from tests.stories.visitors import Visitor

ADA, BEN, CLEO = (f"{name}@harbour.example" for name in ("ada", "ben", "cleo"))
SENTENCE = "Public speaking makes my hands shake."
ADDED = " It is about the yearly figures."

Brings = Callable[..., Visitor]


@dataclass
class Cast:
    """Everybody in the story, each at a browser of their own."""

    stella: Visitor
    ada: Visitor
    ben: Visitor
    cleo: Visitor
    clock: time.Clock


def invited(of: Organisation) -> Person:
    """Ada, on the list and never here before."""
    return Person.objects.create(
        organisation=of, name="Ada", email=ADA, title="Accountant", time_zone="Europe/London"
    )


def gather(clock: time.Clock, brings: Brings) -> Cast:
    """An organisation in which Ben, in New York, and Cleo, down the corridor, offer what Ada needs."""
    house = factories.organisation()
    topics.seed(house)
    stella = factories.member(house, "Stella", role=Person.Role.STEWARD)
    offering(house, "Ben", email=BEN, time_zone="America/New_York", title="Engineer")
    offering(house, "Cleo", email=CLEO, time_zone="Europe/London", title="Designer")
    invited(house)
    return Cast(brings("Stella", stella), brings("Ada"), brings("Ben"), brings("Cleo"), clock)


def letters_to(address: str) -> list[str]:
    """Subject and text of every mail there, the oldest first, once the worker had its turn."""
    worker.drain()
    return [f"{letter.subject}\n{letter.body}" for letter in mail.outbox if address in letter.to[0]]


def path_in(letter: str, beginning: str) -> str:
    found = re.search(rf"https?://[^/\s]+({re.escape(beginning)}\S*)", letter)
    assert found, letter
    return found[1]


def skips_to_the_page(visitor: Visitor) -> None:
    """The first stop of the keyboard leads past the places to the page."""
    keys = visitor.page.keyboard
    keys.press("Tab")
    expect(visitor.page.get_by_role("link", name="Skip to the page")).to_be_focused()
    keys.press("Enter")
    expect(visitor.page.locator("#main")).to_be_focused()
    keys.press("Tab")
    expect(visitor.page.locator("#main a:focus, #main button:focus")).to_have_count(1)


def invitation(cast: Cast) -> None:
    """The steward invites Ada, who answers from the mail, before she has any sign-in."""
    stella, ada = cast.stella, cast.ada
    stella.goes("/harbour/")
    stella.follows("Not here yet")
    stella.ticks(re.compile("^Ada, Accountant"))
    stella.presses("Invite those I have ticked")
    stella.sees("An invitation is on its way.")
    (letter,) = letters_to(ADA)
    ada.goes(path_in(letter, "/join/"))
    ada.is_at("Ada, what do people thank you for?")
    ada.writes("Something else", "spreadsheets")
    ada.ticks(re.compile("^Two hours a month"))
    ada.presses("That is me")
    ada.is_at("Thank you, Ada")
    ada.sees("Ask me about")


def sign_in(visitor: Visitor, address: str) -> None:
    visitor.goes("/")
    visitor.is_at("Come in")
    visitor.writes("Your address at work", address)
    visitor.presses("Send me a code")
    visitor.is_at("Check your mail")
    code = letters_to(address)[-1].split("brings you in:")[1].split()[0]
    visitor.writes("The code from the mail", code)
    visitor.presses("Come in")


def first_visit(cast: Cast) -> None:
    ada = cast.ada
    sign_in(ada, ADA)
    ada.is_at("What you hope for")
    ada.writes("What I hope for", "To speak up in front of many.")
    ada.presses("Go on")
    ada.is_at("Your time")
    ada.sees("What you give a month is said already.")
    ada.presses("That is it")
    ada.is_at("You are in")
    ada.follows("Ask quietly")


def ask(cast: Cast) -> None:
    """Ada looks at who might help, why, and at what they will read; then she asks both quietly."""
    ada = cast.ada
    ada.is_at("Ask")
    ada.sees("Only you. Not even the people we suggest.")
    ada.writes("What would you like help with?", SENTENCE)
    if not ada.scripts:
        ada.presses("See who might help")
    for name in ("Ben", "Cleo"):
        ada.sees(name, f"Talks about {SPEAKING.lower()}.")
        ada.ticks(f"We may ask {name}")
    if ada.scripts:
        ada.sees("We ask those whom you tick. By Mon 9 Mar you'll hear from us either way.")
    ada.sees(
        "You, and each person we ask. "
        "They also see your name, photo, pronouns, title and team, and what you bring."
    )
    ada.adds("The note that will be read", ADDED)
    ada.read.clear()  # from here on nothing that Ada reads names Cleo
    ada.presses("Ask quietly")
    ada.is_at("Your ask")
    ada.sees("We are asking", "By Mon 9 Mar you'll hear from us either way.")


def not_now(cast: Cast) -> str:
    """Cleo answers from her mail, without signing in. What the page says then."""
    cleo = cast.cleo
    (letter,) = letters_to(CLEO)
    assert letter.startswith("Somebody would like a word with you")
    cleo.goes(path_in(letter, "/answer/"))
    cleo.is_at("Cleo, a word with Ada?")
    cleo.sees("Hello, I'm Ada, Accountant.", ADDED.strip())
    cleo.presses("Not now")
    return thanks(cleo)


def yes(cast: Cast) -> str:
    """Ben answers from his mail, with two times. What the page says then."""
    ben = cast.ben
    (letter,) = letters_to(BEN)
    ben.goes(path_in(letter, "/answer/"))
    ben.is_at("Ben, a word with Ada?")
    ben.sees("Hello, I'm Ada, Accountant.", ADDED.strip())
    times = ben.page.locator("input[name=starts]")
    expect(times).to_have_count(3)
    for nth in (0, 1):
        ben.hand.tick(times.nth(nth))
    ben.presses("Yes, gladly")
    return thanks(ben)


def cleo_looks_again(cast: Cast) -> None:
    """Signed in, she reads her answer; it is hers alone, and may be changed."""
    cleo = cast.cleo
    sign_in(cleo, CLEO)
    cleo.is_at("Home")
    cleo.goes("/harbour/introductions/")
    cleo.follows(re.compile("^Ada Accountant You said not now."))
    cleo.is_at("Ada would like a word with you")
    cleo.sees("You said not now, and that is fine. Nothing is sent about a “not now”")


def cleo_afterwards(cast: Cast) -> None:
    """Ben said yes: Cleo reads that it is over, thanked like anybody, with nobody named but Ada."""
    cleo = cast.cleo
    cleo.goes(cleo.page.url)
    cleo.is_at("An introduction")
    cleo.sees("They have found somebody, thank you. Nothing is asked of you.")
    assert cleo.read_of("Ben") == []


def thanks(visitor: Visitor) -> str:
    """What is said after an answer, without the hour, which each reads on their own clock."""
    done = visitor.page.locator(".done")
    expect(done).to_contain_text("Thank you, that is kept")
    return re.sub(r"\d\d:\d\d", "…", done.inner_text())
