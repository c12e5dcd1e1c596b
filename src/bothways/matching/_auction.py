"""Auctions in ever smaller steps over a list of pairs: for markets in which every place is fought for.

There shortest paths grow as long as the market, and bids stay cheap. What this finds is the best if all are
served and every place is taken, and often otherwise; it is believed only if prices prove it, and who calls
falls back on `_sparse` where they do not. Source: Bertsekas (1988), here with several places a giver.
"""

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._listed import Listed
from bothways.matching._problem import NOBODY, Bools, Ints
from bothways.matching._progress import Between
from bothways.matching._sparse import Growing, begun, give_up, lowest_bid, take, two_best

LARGEST = 2**58  # what scaled worth may reach
SMALLER = 6  # each step is so many times smaller than the one before
PATIENCE = 200  # bids for each place in one auction, after which it is given up


@compiled
def bid(now: Growing, place: int, step: int) -> int:
    """Take the best giver for a place, at the price at which the second best is better by `step`.

    Returns the place that somebody else loses by it.
    """
    pair, most, second = two_best(now, now.seeker[place])
    if pair == NOBODY:
        return NOBODY
    giver, lost = now.givers[pair], NOBODY
    now.bids[place] = now.prices[giver] + most - second + step
    if now.spare[giver] > 0:
        now.spare[giver] -= 1
    else:
        lost = lowest_bid(now, giver)
        give_up(now, lost)
    take(now, place, pair)
    if now.spare[giver] == 0:
        now.prices[giver] = now.bids[lowest_bid(now, giver)]
    return lost


@compiled
def auction(now: Growing, step: int, most: int) -> bool:
    """Everybody anew, at the prices there are; says whether it ended before there were `most` bids."""
    for place in range(len(now.pair)):
        if now.pair[place] != NOBODY:
            now.spare[give_up(now, place)] += 1
    for first in range(len(now.pair)):
        place = first
        while place != NOBODY:
            place = bid(now, place, step)
            most -= 1
            if most < 0:
                return False
    return True


def suits(given: Listed) -> bool:
    """Where each seeker wants one giver at most, and no more places are there than are wanted."""
    return int(given.demands.max(initial=0)) == 1 and int(given.capacities.sum()) <= int(given.demands.sum())


def best(given: Listed, bonus: int, between: Between) -> Bools | None:
    """Which pairs of the list (k,) are chosen, perhaps the best, each worth its score and the `bonus`.

    Worth is scaled so that the last step is too small to matter, as far as numbers reach. None where the
    bidding came to no end. Deterministic. Time is at most `PATIENCE` rows a place and step.
    """
    now = begun(given, bonus)
    highest = max(int(now.values.max(initial=0)), 1)
    scale = max(min(len(given.demands) + 1, LARGEST // highest), 1)
    now = now._replace(values=np.maximum(now.values, 0) * scale)
    now.prices[given.capacities == 0] = LARGEST * 2
    first = step = max(highest * scale // SMALLER, 1)
    while step:
        between(0.5 * (1 - step / first))
        if not auction(now, step, PATIENCE * len(now.pair)):
            return None
        step = max(step // SMALLER, 1) if step > 1 else 0
    return chosen(given, now.pair)


def chosen(given: Listed, pairs: Ints) -> Bools:
    taken = np.zeros(len(given.givers), dtype=np.bool_)
    taken[pairs[pairs != NOBODY]] = True
    return taken
