"""A steward rehearses a round and sends it; some connect, others are asked on, in a real Chromium."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps

from bothways.connections.models import Connection, Introduction
from bothways.core import time, worker
from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.programs.models import Pairing, Participation, Program, Rehearsal
from tests import factories
from tests.factories.asking import offering
from tests.factories.programs import takes_part
from tests.stories.browser import Opens
from tests.stories.steps import letters_to, path_in
from tests.stories.visitors import Visitor, fits_a_thumb, nothing_spills_over

pytestmark = [
    pytest.mark.django_db(
        transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
    ),
    pytest.mark.browser,
]

SUBJECTS = ("Public speaking", "Delegation", "Negotiation", "Saying no")
NAMES = (
    *("Alma", "Bruno", "Celia", "Dora", "Emil", "Frida", "Georg", "Hanna", "Ivan", "Jana", "Karl", "Lena"),
    *("Milo", "Nora", "Otis", "Paula", "Quint", "Rosa", "Sven", "Tilda", "Udo", "Vera", "Wim", "Xenia"),
    *("Yann", "Zora", "Anton", "Berta"),
)
Brings = Callable[..., Visitor]


@pytest.fixture
def brings(opens: Opens, clock: time.Clock) -> Brings:
    def bring(name: str, person: Person | None = None) -> Visitor:
        return Visitor(name, opens(person), looks=(nothing_spills_over, fits_a_thumb))

    return bring


def people(of: Organisation, program: Program) -> None:
    """Twenty-eight who take part by their own yes. Every fourth looks, so that there is room for all."""
    for place, name in enumerate(NAMES):
        subject, other = SUBJECTS[place % 4], SUBJECTS[(place + 1) % 4]
        person = offering(of, name, subject, other, wants=(SUBJECTS[(place + 2) % 4], other))
        takes_part(person, program, seeks=place % 4 == 0, gives=place % 4 != 0)


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


def says_yes(visitor: Visitor) -> None:
    """By clicking: from Home to the program, and in."""
    visitor.goes("/harbour/")
    visitor.sees("A program you could take part in")
    visitor.follows("All programs")
    visitor.page.locator("main .item a").first.click()
    visitor.sees("They never learn what anybody answers.")
    visitor.ticks("I would like to be introduced to somebody")
    visitor.presses("Take part")
    visitor.sees("You look for somebody.", "You take part.")


def rehearses(stella: Visitor, button: str) -> Rehearsal:
    stella.presses(button)
    stella.sees("It is being worked out")
    worker.drain()  # the page asks how far it is, and shows it by itself
    stella.sees("This is proven, not guessed", "Everybody is introduced to somebody: 9.")
    return Rehearsal.objects.latest("number")


def settles(stella: Visitor, rehearsal: Rehearsal) -> list[Pairing]:
    """Two pairs are locked and one is kept apart; what was locked and apart comes back in this order."""
    chosen = list(
        rehearsal.pairings.filter(rank=1).select_related("seeker", "giver").order_by("score", "key")
    )
    for pairing, button in zip(chosen[:3], ("Lock", "Lock", "Keep apart"), strict=True):
        stella.presses(f"{button} {pairing.seeker.name} and {pairing.giver.name}")
    stella.follows("Back to round 1")
    stella.sees("Settled by hand: 2 locked, 1 kept apart.")
    return chosen[:3]


def compares_and_sends(stella: Visitor) -> None:
    stella.follows("Back to round 1")
    stella.follows("Look at two side by side")
    stella.presses("Compare")
    stella.sees("What comes of them", "Introduced")
    stella.follows("Rehearsal 2")
    stella.follows("Send the introductions")
    stella.is_at("Send the introductions?")
    stella.sees("9 introductions", "Nobody is assigned to anybody", "is never shown")
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


def test_a_round_from_telling_people_to_the_next_on_the_list(brings: Brings, clock: time.Clock) -> None:
    house = factories.organisation()
    stella = brings("Stella", factories.member(house, "Stella", role=Person.Role.STEWARD))
    program = opens_a_program(stella)
    people(house, program)
    for name in ("Ada", "Ben"):
        subject = SUBJECTS[len(name) % 4]
        says_yes(brings(name, offering(house, name, SUBJECTS[0], wants=(subject, SUBJECTS[1]))))
    assert Participation.objects.filter(seeks=True).count() == 9

    stella.goes(f"/harbour/programs/{program.key}/")
    stella.presses("Open the first round")
    stella.is_at("Round 1")
    locked, also_locked, apart = settles(stella, rehearses(stella, "Rehearse"))
    second = rehearses(stella, "Rehearse again")
    made = set(second.pairings.filter(rank=1).values_list("seeker", "giver"))
    assert {(one.seeker_id, one.giver_id) for one in (locked, also_locked)} <= made
    assert (apart.seeker_id, apart.giver_id) not in made
    compares_and_sends(stella)
    clock.advance(timedelta(minutes=2))
    worker.drain()

    def given(number: int) -> Pairing:
        others = second.pairings.filter(rank=1).exclude(giver__in=[locked.giver, also_locked.giver])
        return others.select_related("seeker", "giver").order_by("seeker__name")[number]

    refused, silent = given(0), given(1)
    guest = brings("Somebody at their mail")
    answers(guest, locked.seeker, locked.giver, "Yes, gladly")
    answers(guest, locked.giver, locked.seeker, "Yes, gladly")
    answers(guest, refused.giver, refused.seeker, "Not now")
    worker.drain()
    assert Connection.objects.count() == 1

    clock.advance(timedelta(days=7, minutes=1))
    worker.drain()
    clock.advance(timedelta(minutes=30))
    worker.drain()
    moments = [
        list(
            Introduction.objects.filter(queue__author=one.seeker)
            .order_by("opens_at")
            .values_list("opens_at", flat=True)
        )
        for one in (refused, silent)
    ]
    assert len(moments[0]) == len(moments[1]) == 2
    assert moments[0] == moments[1], (
        "whoever said not now and whoever said nothing get the next at one moment"
    )
    stella.goes(stella.page.url)
    stella.sees("Not shown: fewer than five are one or the other, or have changed since.")
    assert not stella.has_read("said not now")
