"""Of rounds that are as good, one in which nobody is asked twice while who would do as well is not asked.

Whoever has more is moved to whoever has less, where that is worth exactly as much. So neither the number of
pairs nor any of their scores changes, and what prices have proven stays proven.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bothways.matching._assign import Assignment
from bothways.matching._market import Market
from bothways.matching._problem import Ints

Pair = tuple[int, int]


def spread(market: Market, made: Assignment, back: Callable[[int, int], Pair]) -> Assignment:
    """The same scores, more evenly among givers. `back`: the same two the other way, who never meet twice."""
    chosen = {(i, j) for i, j in made.pairs.tolist()}
    load = np.bincount(made.pairs[:, 1], minlength=len(market.givers))
    moved = True
    while moved:
        moved = False
        for i, j in sorted(chosen):
            to = _better(market, load, i, j)
            for giver in to.tolist():
                if (i, giver) in chosen or back(i, giver) in chosen:
                    continue
                chosen.remove((i, j))
                chosen.add((i, giver))
                load[j] -= 1
                load[giver] += 1
                moved = True
                break
    pairs = np.array(sorted(chosen), dtype=np.int64).reshape(-1, 2)
    return replace(made, pairs=pairs, certificate=replace(made.certificate, pairs=pairs))


def _better(market: Market, load: Ints, i: int, j: int) -> Ints:
    """Givers who would do as well and are asked by two fewer at least, the least asked first."""
    if load[j] < 2:
        return np.zeros(0, dtype=np.int64)
    alike = market.allowed[i] & (market.scores[i] == market.scores[i, j])
    free = np.flatnonzero(alike & (load < market.capacities) & (load + 1 < load[j]))
    return free[np.argsort(load[free], kind="stable")]
