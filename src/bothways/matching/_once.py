"""Rounds in which two who both seek and give meet once at most.

Where two chose each other both ways, one way is taken out, and it is solved again until no two are left: then
the round is the proven best of all without these ways. Which of the two goes can cost a place elsewhere. So
where fewer are served than if two might meet twice, it is tried with the other way, pair by pair.
To find the most that can be served is NP-hard (Garey and Johnson 1979, GT13: cycles of three at least).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bothways.matching._assign import Assignment
from bothways.matching._barrier import no_pairs
from bothways.matching._factors import Factors
from bothways.matching._market import Market
from bothways.matching._problem import NOBODY, Ints

FLIPS = 12  # how often it is tried with the other way of two
MOST_TRIES, MOST_AT_ONCE = 6, 2_000  # tries before all pairs of so many people go one way alone
ROWS = 64  # of whom it is asked at once whether they may go the other way

Pair = tuple[int, int]
Solve = Callable[[Ints], tuple[Market, Assignment]]  # the best without these pairs (k, 2)


class Both(NamedTuple):
    """Who does both: each seeker's number as a giver (n,), each giver's as a seeker (m,), or `NOBODY`."""

    gives: Ints
    seeks: Ints

    def back(self, i: int, j: int) -> Pair:
        """The same two, the other one seeking; (-1, -1) where that cannot be."""
        there = int(self.seeks[j]), int(self.gives[i])
        return there if NOBODY not in there else (NOBODY, NOBODY)

    def backs(self, pairs: Ints) -> Ints:
        """(k, 2): the same of each of these."""
        there = np.column_stack([self.seeks[pairs[:, 1]], self.gives[pairs[:, 0]]])
        return np.where((there == NOBODY).any(axis=1)[:, None], NOBODY, there)

    def both_ways(self, pairs: Ints) -> Ints:
        """These pairs, and the same the other way."""
        back = self.backs(pairs)
        return np.concatenate([pairs, back[back[:, 0] != NOBODY]])

    def names(self, pairs: Ints) -> Ints:
        """A number for each pair; below nought for none."""
        numbers: Ints = pairs @ np.array([len(self.seeks), 1])
        return numbers


class Found(NamedTuple):
    """A round, the market it is the best of, and the ways that were taken out (k, 2)."""

    market: Market
    made: Assignment
    taken: Ints

    @property
    def worth(self) -> tuple[int, int]:
        return self.made.served, self.made.total


def once_each(both: Both, solve: Solve) -> tuple[Market, Assignment]:
    """Of the rounds tried the one that serves most, then with most points; and what it is the best of."""
    best, at_most = _without_twice(both, solve, no_pairs())
    turned = _turned(both, best)
    for _ in range(FLIPS):
        if best.made.served == at_most or not turned:
            break
        found, _ = _without_twice(both, solve, turned.pop())
        if found.worth > best.worth:
            best, turned = found, _turned(both, found)
    return best.market, best.made


def _turned(both: Both, found: Found) -> list[Ints]:
    """What was taken out and is needed, each time with the other way of one pair instead."""
    backs = both.backs(found.taken)
    needed = np.isin(both.names(backs), both.names(found.made.pairs))
    ways, others = found.taken[needed], backs[needed]
    return [np.concatenate([ways[:at], others[at : at + 1], ways[at + 1 :]]) for at in range(len(ways))][
        :FLIPS
    ]


def _without_twice(both: Both, solve: Solve, taken: Ints) -> tuple[Found, int]:
    """A round; and how many the first try served, in which two might meet twice."""
    served: list[int] = []
    while True:
        market, made = solve(taken)
        served.append(made.served)
        twice = _twice(both, market, made.pairs)
        if not len(twice):
            return Found(market, made, taken), served[0]
        taken = np.concatenate([taken, twice])
        if len(served) >= MOST_TRIES:
            taken = np.concatenate([taken, _one_way(both, twice, market.factors.without(twice))])


def _twice(both: Both, market: Market, pairs: Ints) -> Ints:
    """Of each two who are introduced both ways, the way that is worth less."""
    back = both.backs(pairs)
    met = np.isin(both.names(back), both.names(pairs))
    pairs, back = pairs[met], back[met]
    worth, worth_back = market.points(pairs), market.points(back)
    first = both.names(pairs) < both.names(back)
    less = (worth < worth_back) | ((worth == worth_back) & first)
    fewer: Ints = pairs[less]
    return fewer


def _one_way(both: Both, twice: Ints, moves: Factors) -> Ints:
    """Of each two of those who met twice, one way, as many of each person's as of the other's.

    So they do not go on for ever to meet others of them twice. Never the only way there is by `moves`.
    """
    people = np.unique(np.concatenate([twice[:, 0], both.seeks[twice[:, 1]]]))[:MOST_AT_ONCE]
    places = np.arange(len(people))
    even = (places[:, None] + places) % 2 == 0
    there = both.gives[people]
    rows = [moves.allowed(people[at : at + ROWS])[:, there] for at in range(0, len(people), ROWS)]
    one, other = np.nonzero((even == (places[:, None] < places)) & np.concatenate(rows).T)
    return np.column_stack([people[one], there[other]])
