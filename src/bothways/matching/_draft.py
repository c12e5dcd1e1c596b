"""What a whole round is to be made of, and what comes of it: plain values that need no arrays.

So they can be put together, handed to another process, and read, by somebody who never loads any.
"""

from dataclasses import dataclass, field
from typing import TypedDict

from bothways.matching._people import DEFAULT_RULES, Participant, Rule, Weights

ByKeys = tuple[str, str]  # of a seeker and a giver


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A round to be made. `locked`: introduced whatever else comes out; `forbidden`: not introduced.

    A lock holds where a rule speaks against it, and where either has no place left. Pairs of somebody who is
    in neither list are passed over. `length`: how many givers each seeker's list is to have, at least the
    first, who is the round itself.
    """

    seekers: tuple[Participant, ...]
    givers: tuple[Participant, ...]
    weights: Weights = field(default_factory=Weights)
    rules: tuple[Rule, ...] = DEFAULT_RULES
    locked: frozenset[ByKeys] = frozenset()
    forbidden: frozenset[ByKeys] = frozenset()
    length: int = 1


class ToldPart(TypedDict):
    """A `Part`."""

    kind: str
    what: str
    points: int
    count: int


class ToldPair(TypedDict):
    """One introduction. `rank` 1 is the round; `hours`: of the week, in common; `parts` make the score."""

    seeker: str
    giver: str
    rank: int
    score: int
    hours: int
    locked: bool
    parts: list[ToldPart]


class ToldRule(TypedDict):
    """An `Excluding`."""

    kind: str
    givers: int
    alone: int


class ToldChange(TypedDict):
    """A `Change`; what it does not say is empty, the hour -1."""

    kind: str
    givers: int
    giver: str
    topic: str
    hour: int
    rule: str


class ToldUnserved(TypedDict):
    """An `Unserved`. Which rules stand there can be private: see `RuleKind.ASKED_NOT`."""

    seeker: str
    binding: str
    fitting: int
    rules: list[ToldRule]
    changes: list[ToldChange]


class ToldRound(TypedDict):
    """A round that was made. `total` is of rank 1 without the locked; `verified`: its certificate holds.

    `fairest`: whether, of the rounds that serve as many, it is one whose least pair has most in common; else
    the total alone decides.
    """

    pairs: list[ToldPair]
    unserved: list[ToldUnserved]
    total: int
    certificate: str
    verified: bool
    fairest: bool


class ToldWhyNot(TypedDict):
    """A `WhyNot`."""

    chosen: bool
    rules: list[str]
    score: int
    mine: list[int]
    people: int
    points: int


class ToldLists(TypedDict):
    """Whom to show to whom. `lists`: of each seeker who has any, keys of givers, best first.

    `needed`: of each giver how much others need them, in steps from 0 to 3. It is for ties alone.
    """

    lists: dict[str, list[str]]
    needed: dict[str, int]
