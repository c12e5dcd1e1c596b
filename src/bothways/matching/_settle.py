"""What `_prices` computes, compiled: the least prices that prove pairs best, and the bound of any prices."""

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._prices import FAR, NotBest
from bothways.matching._problem import NEVER, Bools, Ints


@compiled
def worst_kept(values: Ints, chosen: Bools, prices: Ints, seeker: int, full: bool) -> int:
    """What a seeker would lose by giving up their worst; nought for whoever has a place to fill."""
    kept = FAR
    for giver in range(len(prices)):
        if chosen[seeker, giver]:
            kept = min(kept, values[seeker, giver] - prices[giver])
    return 0 if kept == FAR or (kept > 0 and not full) else kept


@compiled
def raise_prices(values: Ints, chosen: Bools, prices: Ints, risen: Bools, contented: int) -> None:
    """Until the seeker whose rows these are would rather keep their worst than have anybody else."""
    for giver in range(len(prices)):
        wanted = values[giver] - contented
        if wanted > prices[giver] and not chosen[giver]:
            prices[giver] = wanted
            risen[giver] = True


@compiled
def mark(chosen: Bools, risen: Bools, asked: Bools) -> bool:
    """Who has a place with a giver whose price rose is asked again; says whether there is anybody."""
    asked[:] = False
    for giver in np.flatnonzero(risen):
        for seeker in range(len(asked)):
            asked[seeker] |= chosen[seeker, giver]
    return bool(asked.any())


@compiled
def least(values: Ints, chosen: Bools, spare: Bools, demands: Ints, prices: Ints) -> bool:
    """Raise `prices`, noughts at first, to the least that prove the pairs best; says whether any do."""
    n, m = values.shape
    asked, risen = np.ones(n, dtype=np.bool_), np.zeros(m, dtype=np.bool_)
    for _ in range(m + 2):
        risen[:] = False
        for seeker in range(n):
            if asked[seeker] and demands[seeker] > 0:
                full = chosen[seeker].sum() >= demands[seeker]
                contented = worst_kept(values, chosen, prices, seeker, full)
                if contented < 0:
                    return False
                raise_prices(values[seeker], chosen[seeker], prices, risen, contented)
        if (risen & spare).any():
            return False
        if not mark(chosen, risen, asked):
            return True
    return False


def settle(values: Ints, chosen: Bools, capacities: Ints, demands: Ints) -> Ints:
    """As `_prices.settle`: the least prices (m,) that prove the `chosen` pairs (n, m) best, or `NotBest`."""
    prices: Ints = np.zeros(values.shape[1], dtype=np.int64)
    if not least(values, chosen, chosen.sum(axis=0) < capacities, demands, prices):
        raise NotBest
    return prices


@compiled
def best_surpluses(values: Ints, demands: Ints, prices: Ints) -> int:
    """The sum of each seeker's best `demand` surpluses, where positive."""
    total, (n, m) = 0, values.shape
    surplus = np.zeros(m, dtype=np.int64)
    for seeker in range(n):
        most = 0
        for giver in range(m):
            value = values[seeker, giver]
            surplus[giver] = max(value - prices[giver], 0) if value != NEVER else 0
            most = max(most, surplus[giver])
        if demands[seeker] == 1:
            total += most
        elif demands[seeker] > 1:
            total += np.sort(surplus)[m - demands[seeker] :].sum()
    return total


def bound(values: Ints, capacities: Ints, demands: Ints, prices: Ints) -> int:
    """As `_prices.bound`: what nobody can exceed, by these prices."""
    paid = sum(int(c) * int(p) for c, p in zip(capacities, prices, strict=True))
    return paid + int(best_surpluses(values, demands, prices))
