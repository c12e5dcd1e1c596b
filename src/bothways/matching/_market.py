"""A market: people in, exact scores and what may be paired out, and the proven best round of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np

from bothways.matching._assign import Assignment, assign
from bothways.matching._blocks import Blocks
from bothways.matching._certificate import Certificate
from bothways.matching._people import DEFAULT_RULES, THEMSELVES, Participant, Rule, RuleKind, Weights, check
from bothways.matching._problem import MOST_PAIRS, Bools, Ints, Objective, Problem, TooLarge, problem
from bothways.matching._progress import Between, silent
from bothways.matching._verify import Verification, verify

PAIRS_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Market:
    """n who seek and m who give, what counts for a pair, and what rules it out.

    Numbers of seekers (i, from 0) and givers (j, from 0) are their places in these tuples. Somebody may be
    in both. Blind to level: nothing reads a grade, a title or an age unless `weights.same` or an `above` rule
    names a field that holds it. Memory: 9 bytes a pair; at most 25 million pairs (`TooLarge`).
    `apart`: boolean (n, m) of pairs that somebody or something else keeps apart, by the kind of rule.

    Raises `BadMarket`, which says whose or which value is wrong.
    """

    seekers: tuple[Participant, ...]
    givers: tuple[Participant, ...]
    weights: Weights = field(default_factory=Weights)
    rules: tuple[Rule, ...] = DEFAULT_RULES
    apart: Mapping[RuleKind, Bools] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        check("seekers", self.seekers, self.rules)
        check("givers", self.givers, self.rules)
        if len(self.seekers) * len(self.givers) > MOST_PAIRS:
            raise TooLarge(f"More than the {MOST_PAIRS:,} pairs that a table may have here.")

    @cached_property
    def in_force(self) -> tuple[Rule, ...]:
        """The rules, with the one that nobody can drop, each once."""
        return tuple(dict.fromkeys((THEMSELVES, *self.rules, *map(Rule, self.apart))))

    @cached_property
    def scores(self) -> Ints:
        """int64 (n, m): points of each pair, exact, also of pairs that may not be made."""
        parts = [self.blocks.points(self.weights, rows) for rows in self._slices()]
        return np.concatenate(parts) if parts else self._empty().astype(np.int64)

    @cached_property
    def allowed(self) -> Bools:
        """Boolean (n, m): true where no rule keeps the two apart."""
        made: Bools = ~self._empty()
        for rows in self._slices():
            for rule in self.in_force:
                made[rows] &= ~self._excluded(rule, rows)
        return made

    @cached_property
    def capacities(self) -> Ints:
        """int64 (m,): how many each giver has room for."""
        return np.array([one.places for one in self.givers], dtype=np.int64)

    @cached_property
    def demands(self) -> Ints:
        """int64 (n,): how many different givers each seeker wants."""
        return np.array([one.places for one in self.seekers], dtype=np.int64)

    def excluded_by(self, rule: Rule, i: int) -> Bools:
        """Boolean (m,): the givers whom this rule keeps from seeker i."""
        (row,) = self._excluded(rule, slice(i, i + 1))
        return np.asarray(row, dtype=np.bool_)

    def assign(self, objective: Objective = "served_then_total", *, between: Between = silent) -> Assignment:
        """The proven best round; see `matching.assign` for objectives, `between` and what is raised."""
        return assign(
            self.scores,
            self.capacities,
            self.demands,
            excluded=~self.allowed,
            objective=objective,
            between=between,
        )

    def verify(self, certificate: Certificate) -> Verification:
        """Whether the certificate proves its round best for this market; see `matching.verify`."""
        return verify(self.scores, self.capacities, certificate, self.demands, excluded=~self.allowed)

    @cached_property
    def blocks(self) -> Blocks:
        """The people as arrays; what explanations are computed from."""
        named = {rule.field for rule in self.rules if rule.kind is RuleKind.ABOVE}
        return Blocks(self.seekers, self.givers, sorted(named | set(self.weights.same)))

    @cached_property
    def problem(self) -> Problem:
        """What is handed to the solver, checked."""
        return problem(self.scores, self.capacities, self.demands, ~self.allowed)

    def settled(self, seekers: Sequence[int], givers: Sequence[int], apart: Mapping[RuleKind, Bools]) -> Self:
        """The same people with these places, and these pairs apart. What counts is not computed again."""
        made = replace(
            self,
            seekers=_with_places(self.seekers, seekers),
            givers=_with_places(self.givers, givers),
            apart=apart,
        )
        vars(made).update(scores=self.scores, blocks=self.blocks)
        return made

    def _excluded(self, rule: Rule, rows: slice) -> Bools:
        given = self.apart.get(rule.kind)
        return self.blocks.excluded(rule, rows) if given is None else given[rows]

    def _empty(self) -> Bools:
        return np.zeros((len(self.seekers), len(self.givers)), dtype=np.bool_)

    def _slices(self) -> Iterator[slice]:
        """Rows in blocks that need little memory beside the tables."""
        height = max(1, PAIRS_AT_ONCE // max(1, len(self.givers)))
        for start in range(0, len(self.seekers), height):
            yield slice(start, start + height)


def _with_places(people: Sequence[Participant], places: Sequence[int]) -> tuple[Participant, ...]:
    return tuple(replace(one, places=int(many)) for one, many in zip(people, places, strict=True))
