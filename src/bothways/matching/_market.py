"""A market: people in, exact scores and what may be paired out, and the proven best round of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np

from bothways.matching._assign import Assignment, assign
from bothways.matching._bad import TooLarge
from bothways.matching._barrier import Barrier, no_pairs
from bothways.matching._certificate import Certificate
from bothways.matching._factored import Factored, factored
from bothways.matching._factors import Factors
from bothways.matching._people import DEFAULT_RULES, THEMSELVES, Participant, Rule, RuleKind, Weights, check
from bothways.matching._problem import MOST_PAIRS, Bools, Ints, Objective, Problem
from bothways.matching._progress import Between, silent
from bothways.matching._said import Said
from bothways.matching._verify import Verification, verify


@dataclass(frozen=True)
class Market:
    """n who seek and m who give, what counts for a pair, and what rules it out.

    Numbers of seekers (i, from 0) and givers (j, from 0) are their places in these tuples. Somebody may be
    in both. Blind to level: nothing reads a grade, a title or an age unless `weights.same` or an `above` rule
    names a field that holds it. Scores of pairs are never written out: memory is that of the people, and how
    many there may be `assign` says. `apart`: int64 pairs (k, 2) that somebody or something else keeps apart,
    seeker and giver, by the kind of rule.

    Raises `BadMarket`, which says whose or which value is wrong.
    """

    seekers: tuple[Participant, ...]
    givers: tuple[Participant, ...]
    weights: Weights = field(default_factory=Weights)
    rules: tuple[Rule, ...] = DEFAULT_RULES
    apart: Mapping[RuleKind, Ints] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        check("seekers", self.seekers, self.rules)
        check("givers", self.givers, self.rules)

    @cached_property
    def in_force(self) -> tuple[Rule, ...]:
        """The rules, with the one that nobody can drop, each once."""
        return tuple(dict.fromkeys((THEMSELVES, *self.rules, *map(Rule, self.apart))))

    @cached_property
    def factors(self) -> Factors:
        """Points of each pair, exact, and who is kept apart by any rule; raises a `BadProblem`."""
        return self._of_rules.without(np.concatenate([no_pairs(), *self.apart.values()]))

    @cached_property
    def _of_rules(self) -> Factors:
        """The same, with all that people said and the rules alone."""
        barriers = [self._said.barrier(rule) for rule in dict.fromkeys((THEMSELVES, *self.rules))]
        n, m = len(self.seekers), len(self.givers)
        return Factors(
            np.zeros((n, 0), dtype=np.float32),
            np.zeros((m, 0), dtype=np.float32),
            counted=self._said.counted(self.weights),
            alike=self._said.alike(self.weights),
            shared=tuple(bits for barrier in barriers for bits in barrier.shared),
            groups=tuple(numbers for barrier in barriers for numbers in barrier.groups),
            apart=np.concatenate([barrier.apart for barrier in barriers]),
        )

    @cached_property
    def problem(self) -> Factored:
        """The factors with places, checked: what a certificate of this market is about."""
        return factored(self.factors, self.capacities, self.demands)

    def table(self) -> Problem:
        """Scores of all pairs, written out; raises a `BadProblem`."""
        if len(self.seekers) * len(self.givers) > MOST_PAIRS:
            raise TooLarge(
                f"{len(self.seekers):,} x {len(self.givers):,} are more than the {MOST_PAIRS:,} pairs that a "
                f"table may have here. Divide the people, or use `factors`, which are no table."
            )
        return self.problem.table()

    @cached_property
    def capacities(self) -> Ints:
        """int64 (m,): how many each giver has room for."""
        return np.array([one.places for one in self.givers], dtype=np.int64)

    @cached_property
    def demands(self) -> Ints:
        """int64 (n,): how many different givers each seeker wants."""
        return np.array([one.places for one in self.seekers], dtype=np.int64)

    def points(self, pairs: Ints) -> Ints:
        """int64 (k,): the scores of these pairs (k, 2), also of those that may not be made."""
        return self.factors.of_pairs(pairs)[0]

    def score(self, i: int, j: int) -> int:
        """What seeker i and giver j score."""
        return int(self.points(np.array([[i, j]]))[0])

    def excluded_by(self, rule: Rule, i: int) -> Bools:
        """Boolean (m,): the givers whom this rule keeps from seeker i."""
        return self._barriers[rule].row(i)

    def assign(
        self,
        objective: Objective = "served_then_total",
        *,
        earlier: Assignment | None = None,
        between: Between = silent,
    ) -> Assignment:
        """The proven best round; see `matching.assign` for objectives, `earlier` and what is raised."""
        return assign(
            self.factors,
            self.capacities,
            self.demands,
            objective=objective,
            earlier=earlier,
            between=between,
        )

    def verify(self, certificate: Certificate) -> Verification:
        """Whether the certificate proves its round best for this market; see `matching.verify`."""
        return verify(self.factors, self.capacities, certificate, self.demands)

    @cached_property
    def _said(self) -> Said:
        """The people as arrays."""
        return Said(self.seekers, self.givers)

    def settled(self, demands: Ints, capacities: Ints, apart: Mapping[RuleKind, Ints]) -> Self:
        """The same people with these places, and these pairs apart. What they said is not read again.

        There `demands` and `capacities` count, and not the `places` of participants; `dataclasses.replace`
        and `==` know nothing of them.
        """
        made = object.__new__(type(self))
        kept = {name: getattr(self, name) for name in ("seekers", "givers", "weights", "rules")}
        read = {"_said": self._said, "_of_rules": self._of_rules}
        vars(made).update(kept | read, demands=demands, capacities=capacities, apart=apart)
        return made

    @cached_property
    def _barriers(self) -> Mapping[Rule, Barrier]:
        said = {rule: self._said.barrier(rule) for rule in self.in_force}
        given = {Rule(kind): pairs for kind, pairs in self.apart.items()}
        return said | {rule: said[rule].further(pairs) for rule, pairs in given.items()}
