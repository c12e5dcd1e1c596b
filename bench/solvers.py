"""What is measured beside each other: ours, and what others offer; each in a process of its own."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.markets import market, one_pass, written
from bothways.matching import assign

TOP = 50  # pairs of each seeker that a shortened flow knows
OURS, SCIPY, DENSE, TOP_ONLY = "ours", "SciPy, columns repeated", "OR-Tools, dense", f"OR-Tools, top {TOP}"
MUNKRES = "munkres"


@dataclass(frozen=True)
class Row:
    """Seconds (the fastest run), peak memory in MB, what was reached, the gap of a proof (-1 without one)."""

    name: str
    took: float
    peak: float
    served: int
    total: int
    gap: int = -1
    one_pass: float = 0


def measured(name: str, n: int, m: int, room: int, runs: int) -> Row:
    """In a fresh process, so that its peak memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as alone:
        return alone.apply(_measure, (name, n, m, room, runs))


def _measure(name: str, n: int, m: int, room: int, runs: int) -> Row:
    factors = market(n, m)
    if name == OURS:
        assign(market(3000, 2000), 2)  # compiled before it is measured
        assign(market(300, 100), 3)
        pass_before = one_pass(factors)
        found, took = fastest(lambda: assign(factors, room), runs)
        passes = (pass_before + one_pass(factors)) / 2
        return Row(name, took, peak(), found.served, found.total, found.gap, passes)
    scores = written(factors)
    (total, served), took = fastest(lambda: SOLVERS[name](scores, room), runs)
    return Row(name, took, peak(), served, total)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fastest(work: Callable[[], Any], runs: int) -> tuple[Any, float]:
    took, result = [], None
    for _ in range(runs):
        begun = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - begun)
    return result, min(took)


def by_scipy(scores: Any, room: int) -> tuple[int, int]:
    from scipy.optimize import linear_sum_assignment

    places = np.repeat(scores, room, axis=1)
    rows, columns = linear_sum_assignment(places, maximize=True)
    return int(places[rows, columns].sum()), len(rows)


def by_munkres(scores: Any, room: int) -> tuple[int, int]:
    from munkres import Munkres

    places = np.repeat(scores, room, axis=1)
    pairs = Munkres().compute((places.max() - places).tolist())
    return int(sum(places[row, column] for row, column in pairs)), len(pairs)


def by_ortools(scores: Any, room: int) -> tuple[int, int]:
    n, m = scores.shape
    seekers, givers = np.divmod(np.arange(n * m), m)
    return _flow(scores.shape, seekers, givers, scores.ravel(), room)


def by_ortools_top(scores: Any, room: int) -> tuple[int, int]:
    """Only the best few of each seeker: fast, but neither the best nor able to say how far from it."""
    n, m = scores.shape
    top = np.argpartition(scores, m - TOP, axis=1)[:, m - TOP :]
    seekers, givers = np.repeat(np.arange(n), TOP), top.ravel()
    return _flow(scores.shape, seekers, givers, scores[seekers, givers], room)


def _flow(shape: tuple[int, int], seekers: Any, givers: Any, scores: Any, room: int) -> tuple[int, int]:
    """The cheapest largest flow; staying out costs more than any scores are worth."""
    from ortools.graph.python import min_cost_flow

    (n, m), out = shape, int(np.abs(scores).max()) * 4 * shape[0]
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = n + m, n + m + 1
    for tails, heads, capacity, cost in (
        (seekers, n + givers, np.ones(len(seekers), dtype=np.int64), -scores),
        (np.full(n, source), np.arange(n), np.ones(n, dtype=np.int64), np.zeros(n, dtype=np.int64)),
        (n + np.arange(m), np.full(m, sink), np.full(m, room), np.zeros(m, dtype=np.int64)),
        (np.array([source]), np.array([sink]), np.array([n]), np.array([out])),
    ):
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost)
    flow.set_node_supply(source, n)
    flow.set_node_supply(sink, -n)
    flow.solve()
    left = int(flow.flow(flow.num_arcs() - 1))
    return -(int(flow.optimal_cost()) - left * out), n - left


SOLVERS: dict[str, Callable[[Any, int], tuple[int, int]]] = {
    SCIPY: by_scipy,
    DENSE: by_ortools,
    TOP_ONLY: by_ortools_top,
    MUNKRES: by_munkres,
}
