"""A house with a program, its steward, and people who seek and give."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from bothways.core import children, time
from bothways.core.models import Organisation
from bothways.people.models import Person, Topic
from bothways.programs.models import Program, Rehearsal, Round
from bothways.programs.rules import lots
from tests.factories.people import member, topic
from tests.factories.programs import WEEK, giver, program, round_of, seeker
from tests.factories.rehearsals import ready


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes to a child process is worked out here: half a second less for each."""

    def here(
        function: str, *values: Any, told: Callable[[float], None] = children.ignore, **kept: Any
    ) -> Any:
        module, _, name = function.partition(":")
        try:
            return getattr(import_module(module), name)(*values, between=told)
        except ValueError as refused:
            raise children.Refused(type(refused).__name__, str(refused)) from refused

    monkeypatch.setattr(children, "run", here)


@pytest.fixture
def steward(organisation: Organisation, clock: time.Clock) -> Person:
    return member(organisation, "Stella Steward", role=Person.Role.STEWARD)


@pytest.fixture
def pairs_of_us(steward: Person) -> Program:
    return program(steward)


@pytest.fixture
def round_(pairs_of_us: Program, steward: Person) -> Round:
    return round_of(pairs_of_us, steward)


@pytest.fixture
def knots(organisation: Organisation) -> Topic:
    return topic(organisation, "Knots")


@pytest.fixture
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is in the tenth that is never explained."""
    monkeypatch.setattr(lots, "declined", lambda *parts: False)


@pytest.fixture
def people(pairs_of_us: Program, knots: Topic) -> dict[str, Person]:
    """Ada looks for knots, which Hal alone offers; Bea shows nothing that she looks for."""
    made = [
        seeker(pairs_of_us, "Ada", knots, hours=WEEK),
        seeker(pairs_of_us, "Bea", hours=WEEK),
        seeker(pairs_of_us, "Cy", hours=WEEK),
        giver(pairs_of_us, "Gil", hours=WEEK),
        giver(pairs_of_us, "Hal", knots, hours=WEEK),
        giver(pairs_of_us, "Ike", hours=WEEK),
    ]
    return {one.name: one for one in made}


@pytest.fixture
def three_pairs(round_: Round, people: dict[str, Person]) -> Rehearsal:
    return ready(round_, [(people[a], people[b]) for a, b in (("Ada", "Gil"), ("Bea", "Hal"), ("Cy", "Ike"))])
