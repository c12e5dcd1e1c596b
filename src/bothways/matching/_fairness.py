"""How many can be served at all, and how well the worst-off of them can be served.

Both are maximum flows through the pairs that may be made. A cut that stops any larger flow is a proof by
prices of nought and one (König): see `_prices.bound` with each pair worth one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bothways.matching._listed import Written
from bothways.matching._problem import Ints
from bothways.matching._progress import Between


@dataclass(frozen=True)
class Served:
    """The largest number of pairs among the allowed ones, and prices (m,) that prove it."""

    count: int
    prices: Ints


def served(problem: Written, floor: int | None = None) -> Served:
    """How many pairs can be made at most, of those with a score of at least `floor`."""
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    n, m = problem.shape
    if n == 0 or m == 0:
        return Served(0, np.zeros(m, dtype=np.int64))
    network = _network(problem.listed(floor), problem.capacities, problem.demands)
    flow = maximum_flow(network, 0, n + m + 1)
    left = network - flow.flow
    left.eliminate_zeros()
    reached = np.zeros(n + m + 2, dtype=np.bool_)
    reached[breadth_first_order(left, 0, return_predecessors=False)] = True
    return Served(int(flow.flow_value), reached[n + 1 : n + m + 1].astype(np.int64))


def _network(pairs: tuple[Ints, Ints], capacities: Ints, demands: Ints) -> Any:
    """Source, seekers, givers, sink; a pair carries one."""
    from scipy.sparse import csr_array

    n, m = len(demands), len(capacities)
    seekers, givers = pairs
    heads = np.concatenate([np.zeros(n, dtype=np.int64), seekers + 1, np.arange(m) + n + 1])
    tails = np.concatenate([np.arange(n) + 1, givers + n + 1, np.full(m, n + m + 1)])
    carries = np.concatenate([demands, np.ones(len(seekers), dtype=np.int64), capacities]).astype(np.int32)
    arcs: Any = (carries, (heads, tails))
    return csr_array(arcs, shape=(n + m + 2, n + m + 2))


@dataclass(frozen=True)
class Floor:
    """The highest score that everybody served can have, and the proof that the next one is too high."""

    score: int
    above: int | None
    prices_above: Ints | None


def highest_floor(problem: Written, most: int, between: Between) -> Floor | None:
    """Found by halving over the scores there are; None where nobody can be served."""
    if most == 0:
        return None
    scores = np.unique(problem.stored)
    low, high = 0, len(scores)  # the lowest serves as many as can be; one past the highest serves nobody
    proof: dict[int, Ints] = {}
    while high - low > 1:
        between(0.3 * (1 - (high - low) / len(scores)))
        middle = (low + high) // 2
        found = served(problem, floor=int(scores[middle]))
        if found.count == most:
            low = middle
        else:
            high = middle
            proof[high] = found.prices
    if high == len(scores):
        return Floor(int(scores[low]), None, None)
    return Floor(int(scores[low]), int(scores[high]), proof[high])
