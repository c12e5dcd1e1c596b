"""Prices that prove an assignment best, and what they prove.

A giver's price is how much more somebody else could gain from a place with them. With prices p the most
that anybody could reach is bound(p) = sum of capacity x price, plus for each seeker the sum of their best
`demand` surpluses (score - price, where positive). No assignment exceeds it, whatever the prices; where one
equals it, it is best. Source: linear programming duality; the bound for several givers a seeker is the
assignment polytope's dual with its row variables eliminated.
"""

import numpy as np

from bothways.matching._problem import NEVER, Bools, Ints

FAR = 2**61


class NotBest(Exception):
    """These pairs can be improved, so no prices prove them best."""


def settle(values: Ints, chosen: Bools, capacities: Ints, demands: Ints) -> Ints:
    """The least prices (m,) that prove the `chosen` pairs (n, m) best; raises `NotBest`.

    A price rises until nobody would rather have a place there than their worst of those they have; a
    chain of such rises is as long as the longest chain of swaps, so more than m rounds mean a circle.
    """
    n, m = values.shape
    prices: Ints = np.zeros(m, dtype=np.int64)
    if n == 0 or m == 0:
        return prices
    spare = chosen.sum(axis=0) < capacities
    full = chosen.sum(axis=1) >= demands
    others = np.where(chosen | (demands == 0)[:, None], NEVER, values)
    rows = np.arange(n)
    for _ in range(m + 2):
        contented = _worst_kept(values[rows], chosen[rows], full[rows], prices)
        if contented.size and int(contented.min()) < 0:
            raise NotBest
        wanted = (others[rows] - contented[:, None]).max(axis=0, initial=0)
        risen = wanted > prices
        if not risen.any():
            return prices
        if spare[risen].any():
            raise NotBest
        prices = np.maximum(prices, wanted)
        rows = np.flatnonzero(chosen[:, risen].any(axis=1))
    raise NotBest


def _worst_kept(values: Ints, chosen: Bools, full: Bools, prices: Ints) -> Ints:
    """What each seeker would lose by giving up their worst; nought for whoever has a place to fill."""
    kept: Ints = np.where(chosen, values - prices, FAR).min(axis=1)
    kept[(kept == FAR) | ((kept > 0) & ~full)] = 0
    return kept


def bound(values: Ints, capacities: Ints, demands: Ints, prices: Ints) -> int:
    """What nobody can exceed, by these prices."""
    n, m = values.shape
    total = sum(int(c) * int(p) for c, p in zip(capacities, prices, strict=True))
    if n == 0 or m == 0:
        return total
    surplus = np.maximum(np.where(values == NEVER, 0, values - prices), 0)
    most = int(demands.max())
    if most == 1:
        return total + int(surplus.max(axis=1)[demands > 0].sum())
    best = np.sort(surplus, axis=1)[:, ::-1]
    return total + int(np.where(np.arange(m) < demands[:, None], best, 0).sum())
