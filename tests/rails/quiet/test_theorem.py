"""The theorem of quiet consent (consent.md): a "not now" leaves no trace that anybody else can obtain.

Two worlds play the same history; one of them never hears the "not now", nor what the same person
answered to the same introduction before. Everything that anybody else can obtain is equal after
every step, and when all is over and the night has passed, so are both databases.
"""

import os

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.rails.quiet.history import History, histories
from tests.rails.quiet.observe import Seen
from tests.rails.quiet.world import World, play

pytestmark = pytest.mark.django_db(transaction=False)

EXAMPLES = int(os.environ.get("BOTHWAYS_HISTORIES", "100"))
CAREFUL = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def others(step: list[Seen], world: World) -> list[Seen]:
    """What everybody saw but the one whose answer it is."""
    assert world.target
    author = next(person for person in world.people if person.key == world.target.person)
    return [seen for seen in step if seen.observer != author.name]


def differences(heard: World, unheard: World) -> list[tuple[int, str]]:
    """(step, where) of everything that differs for anybody but the author."""
    found = []
    for number, (one, other) in enumerate(zip(heard.steps, unheard.steps, strict=True)):
        mine, theirs = set(others(one, heard)), set(others(other, unheard))
        found += [(number, f"{seen.observer}: {seen.where}") for seen in mine ^ theirs]
    return sorted(found)


@CAREFUL
@given(history=histories())
def test_nobody_learns_of_a_no(history: History) -> None:
    heard = play(history)
    assume(heard.target is not None)
    unheard = play(history, without=heard.target)
    assert differences(heard, unheard) == []
    assert heard.rows == unheard.rows


@settings(CAREFUL, max_examples=max(10, EXAMPLES // 10))
@given(history=histories())
def test_the_theorem_is_not_empty(history: History) -> None:
    """The answer is really there (its row differs), and a yes in its place is seen by the other side."""
    heard = play(history)
    assume(heard.target is not None)
    unheard = play(history, without=heard.target)
    assert (
        heard.rows_at_pivot["connections.SealedAnswer"] != unheard.rows_at_pivot["connections.SealedAnswer"]
    )
