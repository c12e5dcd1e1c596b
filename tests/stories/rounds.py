"""From a list of people to a round that is sent, a function a step: what its steward and others do."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from bothways.core import worker
from bothways.people.models import Person
from bothways.programs.models import Pairing, Program, Rehearsal
from tests.stories import staff
from tests.stories.steps import letters_to, path_in
from tests.stories.visitors import Visitor


def brings_them_in(astrid: Visitor) -> None:
    """The list of another system: looked through, its one wrong line left out, brought in."""
    astrid.goes("/harbour/")
    astrid.follows("Bring in a whole list")
    astrid.page.locator("input[type=file]").set_input_files(
        {"name": "staff.csv", "mimeType": "text/csv", "buffer": staff.written(staff.colleagues())}
    )
    astrid.presses("Look it through")
    astrid.sees("It is being looked through")
    worker.drain()  # the page asks how far it is, and shows it by itself
    astrid.is_at("What this list would do")
    astrid.sees("not known yet", "sensitive", "Here, and not in the list")
    assert not Person.objects.filter(state=Person.State.INVITED).exists()
    astrid.ticks("Leave out the lines and cells that are wrong, bring in the rest")
    astrid.presses("Bring these people in")
    worker.drain()
    astrid.sees("The list is brought in", f"New: {staff.HOW_MANY}.")
    astrid.follows("Invite whoever is new")
    astrid.presses(f"Invite all {staff.HOW_MANY} not reached")
    astrid.sees("invitations are on their way.")
    worker.drain()
    assert Person.objects.filter(state=Person.State.INVITED).count() == staff.HOW_MANY


def opens_a_program(stella: Visitor) -> Program:
    stella.goes("/harbour/")
    stella.follows("Programs")
    stella.follows("Start a program")
    stella.writes("Name", "Half a year together")
    stella.writes("What it is for", "Somebody to think aloud with.")
    stella.writes("Begins on", "2026-03-02")
    stella.presses("Open it")
    stella.is_at("Half a year together")
    stella.sees("Nobody takes part yet")
    return Program.objects.get()


def comes_in_and_takes_part(visitor: Visitor, address: str) -> None:
    comes_in(visitor, address)
    says_yes(visitor)


def comes_in(visitor: Visitor, address: str) -> None:
    """By the link in the invitation's mail, through the first visit, to Home."""
    (letter,) = letters_to(address)
    visitor.goes(path_in(letter, "/join/"))
    visitor.sees("what do people thank you for?")
    visitor.writes("Something else", "public speaking, negotiation")
    visitor.ticks(re.compile("^Two hours a month"))
    visitor.presses("That is me")
    visitor.presses("Look around")
    visitor.is_at("What you hope for")
    visitor.writes("What I hope for", "To say no without a bad conscience.")
    visitor.hand.write(visitor.page.get_by_role("textbox").last, "delegation, saying no")
    visitor.presses("Go on")
    visitor.presses("That is it")
    visitor.follows("Look around first")
    visitor.is_at("Home")


def says_yes(visitor: Visitor) -> None:
    """By clicking: from Home to the program, and in."""
    visitor.sees("A program you could take part in")
    visitor.follows("All programs")
    visitor.page.locator("main .item a").first.click()
    visitor.sees("They never learn what anybody answers.")
    visitor.ticks("I would like to be introduced to somebody")
    visitor.presses("Take part")
    visitor.sees("You look for somebody.", "You take part.")


def rehearses(stella: Visitor, button: str, *, seekers: int) -> Rehearsal:
    stella.presses(button)
    stella.sees("It is being worked out")
    worker.drain()  # the page asks how far it is, and shows it by itself
    stella.sees("This is proven, not guessed", f"Everybody is introduced to somebody: {seekers}.")
    return Rehearsal.objects.latest("number")


def settles(stella: Visitor, rehearsal: Rehearsal) -> list[Pairing]:
    """Two pairs are locked and one is kept apart; what was locked and apart comes back in this order."""
    ranked = rehearsal.pairings.filter(rank=1).select_related("seeker", "giver")
    chosen = list(ranked.order_by("score", "key")[:3])
    for pairing, button in zip(chosen, ("Lock", "Lock", "Keep apart"), strict=True):
        stella.presses(f"{button} {pairing.seeker.name} and {pairing.giver.name}")
    stella.follows("Back to round 1")
    stella.sees("Settled by hand: 2 locked, 1 kept apart.")
    return chosen


def compares(stella: Visitor, apart: Pairing) -> None:
    """The two rehearsals side by side: whoever was kept apart has somebody else now."""
    stella.follows("Back to round 1")
    stella.follows("Look at two side by side")
    stella.presses("Compare")
    stella.sees("What comes of them", "Introduced", "Who is introduced to somebody else")
    now = Rehearsal.objects.latest("number").pairings.get(rank=1, seeker=apart.seeker)
    row = stella.page.locator("#differing tbody tr").filter(has_text=apart.seeker.name)
    assert row.locator("td").all_inner_texts() == [apart.giver.name, now.giver.name]


def asks_why_not(stella: Visitor, apart: Pairing) -> None:
    stella.follows("Rehearsal 2")
    stella.follows("Why not these two?")
    stella.writes("Who looks for somebody", apart.seeker.name)
    stella.writes("Who is there for somebody", apart.giver.name)
    stella.presses("Say why")
    stella.sees("They are kept apart by hand in this round.", "Some pairs are never explained")
    stella.follows("Back to rehearsal 2")


def takes_the_pairs_along(stella: Visitor, rehearsal: Rehearsal) -> None:
    """As a file: names and addresses of both sides, the locked ones marked."""
    with stella.page.expect_download() as coming:
        stella.button("Take the pairs as a CSV, with names and addresses").click()
    with Path(coming.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    made = rehearsal.pairings.filter(rank=1).values_list("seeker__email", "giver__email")
    assert {(row["Seeks: address"], row["Gives: address"]) for row in rows} == set(made)
    assert [row["Locked"] for row in rows].count("yes") == 2


def sends(stella: Visitor, *, seekers: int) -> None:
    stella.follows("Send the introductions")
    stella.is_at("Send the introductions?")
    stella.sees(f"{seekers} introductions", "Nobody is assigned to anybody", "is never shown")
    stella.presses("Send the introductions")
    stella.sees("Sent. Within minutes both sides of each introduction are asked, each in private.")


def answers(visitor: Visitor, person: Person, other: Person, button: str) -> None:
    """From the mail about the two of them, without signing in."""
    for letter in letters_to(person.email):
        if "/answer/" in letter:
            visitor.goes(path_in(letter, "/answer/"))
            if other.name in visitor.page.locator("h1").inner_text():
                break
    times = visitor.page.locator("input[name=starts]")
    if button == "Yes, gladly":
        for nth in range(min(2, times.count())):
            visitor.hand.tick(times.nth(nth))
    visitor.presses(button)
    visitor.sees("Thank you, that is kept")


def sees_how_far_it_has_come(stella: Visitor, *, connected: int, others: int) -> None:
    """At fixed times, where no number is smaller than five."""
    stella.goes(stella.page.url)
    stella.is_at("Round 1")
    first, second, third = stella.page.locator("#steps li").all_inner_texts()
    assert "Not shown: fewer than five are one or the other" in first
    assert f"{connected} connected, {others} not." in second
    assert "To be counted then." in third


def reads_nobodys_answer(stella: Visitor, pairs: Sequence[Pairing]) -> None:
    """Neither where the round is counted nor where it stands who did what."""
    for part in ("#steps", "main"):
        text = stella.page.locator(part).inner_text()
        assert not any(name in text for one in pairs for name in (one.seeker.name, one.giver.name))
        if part == "#steps":
            stella.follows("Who did what in this round")
    stella.is_at("Who did what")
