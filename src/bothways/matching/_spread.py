"""Of rounds that are as good, one in which nobody is asked twice while who would do as well is not asked.

Whoever has more is moved to whoever has less, where that is worth exactly as much. So neither the number of
pairs nor any of their scores changes, and what prices have proven stays proven.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bothways.matching import _passes
from bothways.matching._assign import Assignment
from bothways.matching._market import Market
from bothways.matching._problem import Floats, Ints

Pair = tuple[int, int]


def spread(market: Market, made: Assignment, back: Callable[[int, int], Pair]) -> Assignment:
    """The same scores, more evenly among givers. `back`: the same two the other way, who never meet twice.

    Time: that of scoring all pairs of those whose giver has several, a few times.
    """
    even = _Spread(market, made.pairs, back)
    while even.moved():
        pass
    pairs = np.array(sorted(even.chosen), dtype=np.int64).reshape(-1, 2)
    return replace(made, pairs=pairs, certificate=replace(made.certificate, pairs=pairs))


class _Spread:
    """Pairs on the move; `load` (m,): how many each giver has."""

    def __init__(self, market: Market, pairs: Ints, back: Callable[[int, int], Pair]) -> None:
        self.factors, self.capacities, self.back = market.factors, market.capacities, back
        self.chosen = {(i, j) for i, j in pairs.tolist()}
        self.load = np.bincount(pairs[:, 1], minlength=len(market.givers))

    def moved(self) -> bool:
        """Whether anybody was moved, of those whose giver has two more than somebody with room."""
        room = self.load < self.capacities
        least = self.load[room].min(initial=self.load.max(initial=0))
        crowded: dict[int, list[int]] = {}
        for i, j in sorted(self.chosen):
            if self.load[j] > least + 1:
                crowded.setdefault(i, []).append(j)
        found = False
        for seekers, block in _passes.scored(self.factors, np.array(list(crowded), dtype=np.int64)):
            for i, scores in zip(seekers.tolist(), block, strict=True):
                for j in crowded[i]:
                    found = self._moved(i, j, scores) or found
        return found

    def _moved(self, i: int, j: int, scores: Floats) -> bool:
        """To whoever would do as well and is asked by two fewer at least: of these, by the fewest."""
        alike = (scores == scores[j]) & (self.load < self.capacities) & (self.load + 1 < self.load[j])
        free = np.flatnonzero(alike)
        for giver in free[np.argsort(self.load[free], kind="stable")].tolist():
            if (i, giver) not in self.chosen and self.back(i, giver) not in self.chosen:
                self.chosen.remove((i, j))
                self.chosen.add((i, giver))
                self.load[j] -= 1
                self.load[giver] += 1
                return True
        return False
