"""The main path from "connected" on: times, messages, two meetings, what was learned, what was agreed."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from bothways.connections.models import Meeting
from bothways.core import worker
from tests.stories.steps import ADA, BEN, Cast, letters_to, path_in, sign_in
from tests.stories.visitors import Visitor

SHARED = "That a pause reads as confidence."
KEPT = "That payroll is a story too."
FIRST = re.compile("is their")
WORDS = "Shall I bring **three slides**?"


def a_time_is_picked(cast: Cast) -> None:
    """Ada follows her mail and takes one of Ben's two times, in words on both clocks."""
    ada = cast.ada
    letter = letters_to(ADA)[-1]
    assert letter.startswith("Both said yes\nYou and Ben are connected")
    assert "Ben named times that suit" in letter
    assert "Tue 3 Mar, 15:30 (your 15:30 is their 10:30)" in letter
    ada.goes(path_in(letter, "/harbour/meetings/"))
    ada.is_at("Times to meet Ben")
    expect(ada.page.get_by_role("button", name="is their")).to_have_count(2)
    ada.presses(re.compile("^Tue 3 Mar, 15:30.* your 15:30 is their 10:30$"))
    ada.is_at("You meet Ben")
    ada.sees("An invitation for your calendar is in the mail.")


def ben_comes_in(cast: Cast) -> None:
    """Signed in, Ben finds the meeting on his own clock."""
    ben = cast.ben
    letter = letters_to(BEN)[-1]
    assert letter.startswith("A time to meet")
    sign_in(ben, BEN)
    ben.is_at("Home")
    ben.goes(path_in(letter, "/harbour/meetings/"))
    ben.is_at("You meet Ada")
    ben.sees("your 10:30 is their 15:30")
    ben.follows("Back to the two of you")
    ben.is_at("You and Ada")


def messages(cast: Cast) -> None:
    ada, ben = cast.ada, cast.ben
    ben.writes("Write a message", WORDS)
    ben.presses("Send")
    ben.sees("Sent.")
    letter = letters_to(ADA)[-1]
    assert letter.startswith("A message for you\nBen wrote to you")
    assert "slides" not in letter
    ada.goes(path_in(letter, "/harbour/connections/"))
    expect(ada.page.locator("blockquote strong")).to_have_text("three slides")


def they_met(cast: Cast) -> None:
    """The clock passes the meeting, and the worker has its turn."""
    meeting = Meeting.objects.filter(state="picked").latest("starts_at")
    assert meeting.ends_at
    cast.clock.move_to(meeting.ends_at + timedelta(hours=2))
    worker.drain()


def writes_what_was_learned(visitor: Visitor, other: str, learned: str, *, shared: bool) -> None:
    """Asked by mail and at home; one sentence, for oneself or for both."""
    visitor.goes("/harbour/")
    visitor.is_at("Home")
    visitor.sees(f"What did you take away from meeting {other}?")
    visitor.follows("Note it")
    visitor.is_at("What did you learn?")
    visitor.sees(f"You met {other} on", "Only you, unless you tick the box below.", "Only you, always.")
    visitor.writes("What I learned", learned)
    if shared:
        visitor.ticks("Share what I learned")
    visitor.ticks("Yes")
    visitor.presses("Keep it")
    visitor.is_at(f"You and {other}")
    visitor.sees("Kept.", learned)


def both_reflect(cast: Cast) -> None:
    """Ada shares what she learned; Ben keeps his to himself."""
    writes_what_was_learned(cast.ada, "Ben", SHARED, shared=True)
    writes_what_was_learned(cast.ben, "Ada", KEPT, shared=False)
    cast.ben.sees(SHARED)
    cast.ada.goes(cast.ada.page.url)
    cast.ada.sees(SHARED)
    assert cast.ada.read_of(KEPT) == []
    assert not any(KEPT in letter for letter in letters_to(ADA))


def they_meet_again(cast: Cast) -> None:
    """Ben offers what suits them both; Ada picks; the clock passes it."""
    ada, ben = cast.ada, cast.ben
    ben.sees("Meet again?")
    ben.follows("Find a time")
    ben.is_at("Find a time with Ada")
    ben.writes("Where, or a link", "The small café")
    ben.presses("Offer these times")
    ben.sees("Your times are offered.")
    ada.goes(path_in(letters_to(ADA)[-1], "/harbour/meetings/"))
    ada.is_at("Times to meet Ben")
    ada.presses(FIRST)
    ada.is_at("You meet Ben")
    ada.sees("The small café")
    they_met(cast)
    writes_what_was_learned(ada, "Ben", "That I may ask twice.", shared=False)
    writes_what_was_learned(ben, "Ada", "That I may say so.", shared=False)


def it_becomes_mentoring(cast: Cast) -> None:
    """At the second meeting they make it mentoring."""
    ada, ben = cast.ada, cast.ben
    ada.goes(ada.page.url)
    ada.sees("Shall we make this mentoring?")
    ada.follows("Have a look")
    ada.is_at("Shall we make this something lasting?")
    ada.presses("Propose it")
    ada.sees("Proposed.")
    ben.goes(path_in(letters_to(BEN)[-1], "/harbour/connections/"))
    ben.sees("Ada would like to make it mentoring")
    ben.presses("Yes, let's")
    ben.is_at("You and Ada")


def they_agree(cast: Cast) -> None:
    """One writes and signs, the other reads and signs."""
    ada, ben = cast.ada, cast.ben
    ada.goes(ada.page.url)
    ada.follows("Write it")
    ada.is_at("Write down what you both expect")
    expect(ada.box("What I hope for")).to_have_value("")
    ada.sees("You wrote on your page: “To speak up in front of many.”")
    ada.writes("What I bring", "Ten years of closing the books.")
    ada.writes("What I hope for", "To speak up without notes.")
    ada.presses("Write and sign")
    ada.sees("You have signed")
    ben.goes(path_in(letters_to(BEN)[-1], "/harbour/connections/"))
    ben.sees("To be signed", "without notes.", "not signed yet")
    ben.presses("Sign this version")
    ben.sees("In force", "Signed by both of you.")
    ada.goes(ada.page.url)
    ada.sees("In force")


def they_find_each_other_again(cast: Cast) -> None:
    """Without any mail: by the place for people, where all colleagues are."""
    cast.ben.follows("People")
    cast.ben.follows("My connections")
    cast.ben.follows("Ada")
    cast.ben.is_at("You and Ada")
    cast.ben.sees("Signed by both of you.")
