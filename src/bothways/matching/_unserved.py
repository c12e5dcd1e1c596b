"""Why somebody stays out of a round, and the smallest change that would bring them in: data, no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

import numpy as np

from bothways.matching._assign import Assignment
from bothways.matching._factors import Factors
from bothways.matching._market import Market
from bothways.matching._people import NotUnserved, Rule, RuleKind, check_place
from bothways.matching._problem import Bools, Ints

Thing = TypeVar("Thing", str, int)

AT_ONCE = 64  # givers of whom it is asked who may go to them


class Binding(StrEnum):
    """What it is that keeps somebody out."""

    NOBODY_GIVES = "nobody gives"  # there is nobody with a place at all, but for whom they have already
    NOBODY_OFFERS = "nobody offers it"  # nobody with a place offers anything that they want
    RULE = "one rule"  # the first of `rules` keeps everybody with a place from them
    RULES = "several rules"  # together they keep everybody with a place from them
    FULL = "full"  # somebody would do, and every place with such is taken
    NOTHING_TO_GAIN = "nothing to gain"  # by the objective "total": no pair that is left would add to it


@dataclass(frozen=True)
class Excluding:
    """How many givers with a place a rule keeps from somebody, and how many it alone does."""

    rule: Rule
    givers: int
    alone: int


class ChangeKind(StrEnum):
    """What would bring somebody in, with nobody else put out."""

    ONE_MORE_PLACE = "one more place"  # giver: with whom
    OFFERED = "offered"  # topic, which they want: if giver, or any other of givers many, offered it
    ANOTHER_TOPIC = "another topic"  # topic: if they wanted it, givers many would do
    ANOTHER_HOUR = "another hour"  # hour of the week in UTC: if they had it, givers many would do
    WITHOUT_RULE = "without a rule"  # rule: if it did not hold for them, givers many would do


@dataclass(frozen=True)
class Change:
    """One change, by itself enough. Which fields are filled depends on `kind`; `giver` is -1 for none."""

    kind: ChangeKind
    givers: int
    giver: int = -1
    topic: str = ""
    hour: int = -1
    rule: Rule | None = None


@dataclass(frozen=True)
class Unserved:
    """Why seeker i lacks a giver. `changes`: each alone would help, the smallest first; perhaps none does.

    `fitting`: how many givers no rule keeps from them. `rules`: those that keep somebody from them, the one
    that keeps most first.
    """

    seeker: int
    binding: Binding
    fitting: int
    rules: tuple[Excluding, ...]
    changes: tuple[Change, ...]


def why_unserved(market: Market, assignment: Assignment, i: int) -> Unserved:
    """Why seeker i has fewer givers than they wanted in this assignment of this market.

    Changes are exact: after any of them one person more can be served, and is where serving comes first.
    Raises `NotUnserved`, and `BadMarket` for a number that nobody has. Time: a few passes over the pairs.
    """
    check_place("seekers", i, market.seekers)
    if i not in assignment.unserved:
        raise NotUnserved(f"Seeker {i} has everybody they wanted.")
    return _Case(_Round(market, assignment), i).told()


def all_unserved(market: Market, assignment: Assignment) -> tuple[Unserved, ...]:
    """`why_unserved` of everybody who lacks somebody, in order; what they share is computed once."""
    if not len(assignment.unserved):
        return ()
    made = _Round(market, assignment)
    return tuple(_Case(made, i).told() for i in assignment.unserved.tolist())


class _Round:
    """`free`: givers (m,) who could take one more if people moved on."""

    def __init__(self, market: Market, assignment: Assignment) -> None:
        self.market, self.pairs = market, assignment.pairs
        spare = np.bincount(self.pairs[:, 1], minlength=len(market.givers)) < market.capacities
        self.free = _with_a_way_on(market.factors.without(self.pairs), self.pairs, spare)
        self.offers = _Things([one.offers for one in market.givers])
        self.hours = _Things([one.hours for one in market.givers])

    def of(self, i: int) -> Ints:
        """Whom seeker i has."""
        first, last = np.searchsorted(self.pairs[:, 0], (i, i + 1))
        theirs: Ints = self.pairs[first:last, 1]
        return theirs


class _Case:
    """One seeker in one round. Arrays are over givers."""

    def __init__(self, made: _Round, i: int) -> None:
        self.market, self.made, self.i, self.free = made.market, made, i, made.free
        market = made.market
        self.open = market.capacities > 0
        self.open[made.of(i)] = False
        self.masks = {rule: market.excluded_by(rule, i) & self.open for rule in market.in_force}
        against = np.array(list(self.masks.values()))
        self.count = against.sum(axis=0)
        self.fitting = self.open & (self.count == 0)

    def told(self) -> Unserved:
        return Unserved(self.i, self.binding(), int(self.fitting.sum()), self.excluding(), self.changes())

    def binding(self) -> Binding:
        if not self.open.any():
            return Binding.NOBODY_GIVES
        if self.fitting.any():
            return Binding.NOTHING_TO_GAIN if (self.fitting & self.free).any() else Binding.FULL
        if self._nobody_offers():
            return Binding.NOBODY_OFFERS
        alone = any((mask == self.open).all() for mask in self.masks.values())
        return Binding.RULE if alone else Binding.RULES

    def _nobody_offers(self) -> bool:
        wants = self.market.seekers[self.i].wants
        rule = Rule(RuleKind.NO_SHARED_TOPIC)
        return bool(wants) and rule in self.masks and bool((self.masks[rule] == self.open).all())

    def excluding(self) -> tuple[Excluding, ...]:
        found = [
            Excluding(rule, int(mask.sum()), int((mask & (self.count == 1)).sum()))
            for rule, mask in self.masks.items()
            if mask.any()
        ]
        return tuple(sorted(found, key=lambda each: (-each.givers, -each.alone)))

    def changes(self) -> tuple[Change, ...]:
        found = []
        if self.fitting.any() and self.binding() is Binding.FULL:
            found.append(self._one_more_place())
        for rule, mask in self.masks.items():
            would_do = mask & (self.count == 1) & self.free
            if rule.may_be_dropped and would_do.any():
                found += self._said(rule, np.flatnonzero(would_do))
                found.append(Change(ChangeKind.WITHOUT_RULE, int(would_do.sum()), rule=rule))
        order = list(ChangeKind)
        return tuple(sorted(found, key=lambda each: (order.index(each.kind), -each.givers)))

    def _one_more_place(self) -> Change:
        """With the one of those who would do with whom they fit best; among equals each seeker has another,
        so that not everybody points at the first."""
        fitting = np.flatnonzero(self.fitting)
        worth = self.market.points(np.column_stack([np.full_like(fitting, self.i), fitting]))
        best = fitting[worth == worth.max()]
        return Change(ChangeKind.ONE_MORE_PLACE, 1, giver=int(best[self.i % len(best)]))

    def _said(self, rule: Rule, givers: Ints) -> list[Change]:
        """The topic or hour that most of these givers have and the seeker has not said."""
        if rule.kind is RuleKind.NO_SHARED_TOPIC:
            topic, many = self.made.offers.most(givers)
            wanted = min(self.market.seekers[self.i].wants)
            return [
                Change(ChangeKind.OFFERED, len(givers), giver=int(givers[0]), topic=wanted),
                Change(ChangeKind.ANOTHER_TOPIC, many, topic=topic),
            ]
        if rule.kind is RuleKind.NO_HOUR_IN_COMMON:
            hour, many = self.made.hours.most(givers)
            return [Change(ChangeKind.ANOTHER_HOUR, many, hour=hour)]
        return []


class _Things(Generic[Thing]):
    """What each giver has, as places in `names`: giver j's are `places[start[j]:start[j + 1]]`."""

    def __init__(self, of_each: Sequence[frozenset[Thing]]) -> None:
        self.names: list[Thing] = sorted({each for one in of_each for each in one})
        place = {each: at for at, each in enumerate(self.names)}
        self.start = np.cumsum([0, *map(len, of_each)])
        self.places = np.array([place[each] for one in of_each for each in one], dtype=np.int64)

    def most(self, givers: Ints) -> tuple[Thing, int]:
        """What stands there most often among these, among equals the first; and how often."""
        theirs = np.zeros(len(self.start) - 1, dtype=np.bool_)
        theirs[givers] = True
        counts = np.bincount(self.places[np.repeat(theirs, np.diff(self.start))], minlength=len(self.names))
        return self.names[int(counts.argmax())], int(counts.max())


def _with_a_way_on(moves: Factors, pairs: Ints, spare: Bools) -> Bools:
    """Givers (m,) who could take one more if people moved on: who has room, or has somebody who may go to
    one of these. From nobody else does a chain of moves end in a free place (Berge, 1957).

    `moves` keeps apart whoever has each other already.
    """
    free, new, back = spare.copy(), np.flatnonzero(spare), moves.turned()
    moving = np.zeros(moves.shape[0], dtype=np.bool_)
    while len(new):
        for first in range(0, len(new), AT_ONCE):
            if not moving[pairs[:, 0]].all():
                moving |= back.allowed(new[first : first + AT_ONCE]).any(axis=0)
        reached = np.zeros(len(free), dtype=np.bool_)
        reached[pairs[moving[pairs[:, 0]], 1]] = True
        new = np.flatnonzero(reached & ~free)
        free[new] = True
    return free
