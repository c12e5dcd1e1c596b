"""What `_prices` computes, for a list of pairs: the least prices that prove some best, and a bound."""

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._listed import Listed
from bothways.matching._prices import FAR, NotBest
from bothways.matching._problem import Bools, Ints

AsArrays = tuple[
    Ints, Ints, Ints, Ints
]  # a list for kernels: start, givers, what each pair is worth, demands


@compiled
def worst_kept(values: Ints, chosen: Bools, prices: Ints, demand: int) -> int:
    """What a seeker would lose by giving up their worst; nought for whoever has a place to fill.

    `values`, `chosen` and `prices` are those of the seeker's pairs.
    """
    kept, many = FAR, 0
    for at in range(len(values)):
        if chosen[at]:
            kept = min(kept, values[at] - prices[at])
            many += 1
    return 0 if many == 0 or (kept > 0 and many < demand) else kept


@compiled
def ask(given: AsArrays, seeker: int, chosen: Bools, prices: Ints, risen: Bools) -> bool:
    """Raise prices until this seeker would rather keep their worst; says whether keeping it is right."""
    start, givers, values, demands = given
    row = slice(start[seeker], start[seeker + 1])
    contented = worst_kept(values[row], chosen[row], prices[givers[row]], demands[seeker])
    for pair in range(start[seeker], start[seeker + 1]):
        wanted = values[pair] - contented
        if wanted > prices[givers[pair]] and not chosen[pair]:
            prices[givers[pair]] = wanted
            risen[givers[pair]] = True
    return contented >= 0


@compiled
def mark(given: AsArrays, chosen: Bools, risen: Bools, asked: Bools) -> bool:
    """Who has a place with a giver whose price rose is asked again; says whether there is anybody."""
    start, givers, _, _ = given
    asked[:] = False
    for seeker in range(len(asked)):
        for pair in range(start[seeker], start[seeker + 1]):
            asked[seeker] |= chosen[pair] and risen[givers[pair]]
    return bool(asked.any())


@compiled
def least(given: AsArrays, chosen: Bools, spare: Bools, prices: Ints) -> bool:
    """Raise `prices`, noughts at first, to the least that prove the pairs best; says whether any do."""
    demands = given[3]
    asked, risen = np.ones(len(demands), dtype=np.bool_), np.zeros(len(prices), dtype=np.bool_)
    for _ in range(len(prices) + 2):
        risen[:] = False
        for seeker in range(len(demands)):
            wants = asked[seeker] and demands[seeker] > 0
            if wants and not ask(given, seeker, chosen, prices, risen):
                return False
        if (risen & spare).any():
            return False
        if not mark(given, chosen, risen, asked):
            return True
    return False


def settle(given: Listed, bonus: int, chosen: Bools) -> Ints:
    """The least prices (m,) that prove the `chosen` pairs (k,) of the list best; raises `NotBest`."""
    m = given.shape[1]
    prices: Ints = np.zeros(m, dtype=np.int64)
    spare = np.bincount(given.givers[chosen], minlength=m) < given.capacities
    pairs = (given.start, given.givers, given.scores + bonus, given.demands)
    if not least(pairs, chosen, spare, prices):
        raise NotBest
    return prices


@compiled
def best_surpluses(given: AsArrays, prices: Ints) -> int:
    """The sum of each seeker's best `demand` surpluses, where positive; `given` is the list."""
    start, givers, values, demands = given
    total = 0
    for seeker in range(len(demands)):
        row = slice(start[seeker], start[seeker + 1])
        surplus = np.sort(values[row] - prices[givers[row]])
        for at in range(max(len(surplus) - demands[seeker], 0), len(surplus)):
            total += max(surplus[at], 0)
    return total


def bound(given: Listed, bonus: int, prices: Ints) -> int:
    """What nobody can exceed, by these prices."""
    paid = sum(int(c) * int(p) for c, p in zip(given.capacities, prices, strict=True))
    pairs = (given.start, given.givers, given.scores + bonus, given.demands)
    return paid + int(best_surpluses(pairs, prices))
