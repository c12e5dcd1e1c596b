"""What others find: SciPy's linear programming (HiGHS) and OR-Tools' minimum cost flow."""

from typing import Any, cast

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, vstack

from tests.matching.markets import Given

SERVED = 10**7  # more than all scores of these markets together


def by_scipy(given: Given, *, bonus: int) -> int:
    """The highest sum of score + bonus."""
    seekers, givers = np.nonzero(~given.excluded)
    if not seekers.size:
        return 0
    n, m = given.scores.shape
    worth, pairs = given.scores[seekers, givers] + bonus, np.arange(len(seekers))
    one = np.ones(len(pairs))
    rows = vstack(
        [
            csr_array(coo_array((one, (seekers, pairs)), shape=(n, len(pairs)))),
            csr_array(coo_array((one, (givers, pairs)), shape=(m, len(pairs)))),
        ]
    )
    limits = np.concatenate([given.demands, given.capacities])
    found: Any = linprog(
        -worth.astype(float), A_ub=cast(Any, rows), b_ub=limits, bounds=(0, 1), method="highs"
    )
    return int(np.rint(-found.fun))


def by_ortools(given: Given, *, bonus: int) -> int:
    """The same, as a flow in which whoever is better left out takes a way around."""
    n, m = given.scores.shape
    source, sink = n + m, n + m + 1
    flow: Any = min_cost_flow.SimpleMinCostFlow()
    for seeker in range(n):
        flow.add_arc_with_capacity_and_unit_cost(source, seeker, int(given.demands[seeker]), 0)
    for seeker, giver in np.argwhere(~given.excluded):
        cost = -(int(given.scores[seeker, giver]) + bonus)
        flow.add_arc_with_capacity_and_unit_cost(int(seeker), n + int(giver), 1, cost)
    for giver in range(m):
        flow.add_arc_with_capacity_and_unit_cost(n + giver, sink, int(given.capacities[giver]), 0)
    supply = int(given.demands.sum())
    flow.add_arc_with_capacity_and_unit_cost(source, sink, supply, 0)
    flow.set_node_supply(source, supply)
    flow.set_node_supply(sink, -supply)
    assert flow.solve() == flow.OPTIMAL
    return -int(flow.optimal_cost())
