"""An auction in ever smaller steps over short lists: which pairs are best, and prices that prove it.

For one giver a seeker. To be free of special cases, everybody is somewhere and every place is taken. Staying
out is one more giver, `m`, with room for all; and as many dummies as there are places bid too, to whom all
givers are alike, so that each goes where it is cheapest. A place that a dummy holds is free. Then an auction
may begin at any prices, and only differences between prices count. Source: Bertsekas (1988, 1992), here with
several places a giver.
"""

from typing import NamedTuple

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._problem import NOBODY, Ints

LARGEST = 2**59  # what scaled worth may reach
CLOSED = LARGEST * 4  # the price of who has no place
NOTHING = -LARGEST * 8  # less than anything is worth
PATIENCE = 40  # bids for each bidder in one auction, after which it is given up


class Bidding(NamedTuple):
    """Bidders are seekers, then dummies; `rows` (seekers,): whose list each reads; one can stand for many.

    `start` (n + 1,), `givers` and `scores` (k,) are lists; a score counts `scale`. `outside` (n,): what
    staying out is worth, scaled. Giver j's places are `first[j]:first[j + 1]`, of which `taken[j]` are: a
    heap of `bids`, the lowest first, by `bidders`. `prices` (m + 1,) rise to the lowest bid where all are
    taken. `heap`: givers, the one with the lowest `known` price first; it may have risen since.
    """

    rows: Ints
    start: Ints
    givers: Ints
    scores: Ints
    outside: Ints
    prices: Ints
    first: Ints
    taken: Ints
    bids: Ints
    bidders: Ints
    heap: Ints
    known: Ints
    scale: int


@compiled
def put(now: Bidding, giver: int, bid: int, bidder: int) -> int:
    """Take a place at this bid; returns who loses theirs, the lowest bidder, or `NOBODY`."""
    first, many, lost = now.first[giver], now.first[giver + 1] - now.first[giver], NOBODY
    bids, bidders = now.bids[first : first + many], now.bidders[first : first + many]
    if now.taken[giver] < many:
        at = now.taken[giver]
        now.taken[giver] += 1
        while at > 0 and bids[(at - 1) >> 1] > bid:
            bids[at], bidders[at] = bids[(at - 1) >> 1], bidders[(at - 1) >> 1]
            at = (at - 1) >> 1
    else:
        lost, at = bidders[0], 0
        while 2 * at + 1 < many:
            below = 2 * at + 1
            if below + 1 < many and bids[below + 1] < bids[below]:
                below += 1
            if bids[below] >= bid:
                break
            bids[at], bidders[at] = bids[below], bidders[below]
            at = below
    bids[at], bidders[at] = bid, bidder
    if now.taken[giver] == many:
        now.prices[giver] = max(now.prices[giver], bids[0])
    return lost


@compiled
def lowest(now: Bidding, root: int) -> int:
    """The lowest price of the givers at and below `root` in the heap, brought to the top."""
    heap, known = now.heap, now.known
    if root >= len(heap):
        return CLOSED
    while known[heap[root]] < now.prices[heap[root]]:
        giver, at = heap[root], root
        known[giver] = now.prices[giver]
        while 2 * at + 1 < len(heap):
            below = 2 * at + 1
            if below + 1 < len(heap) and known[heap[below + 1]] < known[heap[below]]:
                below += 1
            if known[heap[below]] >= known[giver]:
                break
            heap[at] = heap[below]
            at = below
        heap[at] = giver
    return int(known[heap[root]])


@compiled
def bid(now: Bidding, bidder: int, step: int) -> int:
    """Bid for the best giver as much as makes the second best better by `step`; returns who is put out."""
    if bidder >= len(now.rows):
        lowest(now, 0)
        second = min(lowest(now, 1), lowest(now, 2))
        return put(now, now.heap[0], second + step, bidder)
    row, out = now.rows[bidder], len(now.prices) - 1
    best, most, second = out, now.outside[row] - now.prices[out], NOTHING
    for pair in range(now.start[row], now.start[row + 1]):
        surplus = now.scores[pair] * now.scale - now.prices[now.givers[pair]]
        if surplus > most:
            best, most, second = now.givers[pair], surplus, most
        elif surplus > second:
            second = surplus
    more = most - second if second > NOTHING else 0
    return put(now, best, now.prices[best] + more + step, bidder)


@compiled
def keep(now: Bidding, bidder: int, giver: int, step: int) -> bool:
    """Stay with the giver, at a bid that is right at the prices there are; says whether that is wanted."""
    mine = other = NOTHING
    if bidder >= len(now.rows):
        mine, other = -now.prices[giver], -lowest(now, 0)
        if now.heap[0] == giver:
            other = -min(lowest(now, 1), lowest(now, 2))
    else:
        row, out = now.rows[bidder], len(now.prices) - 1
        if giver == out:
            mine = now.outside[row] - now.prices[out]
        else:
            other = now.outside[row] - now.prices[out]
        for pair in range(now.start[row], now.start[row + 1]):
            surplus = now.scores[pair] * now.scale - now.prices[now.givers[pair]]
            if now.givers[pair] == giver:
                mine = surplus
            elif surplus > other:
                other = surplus
    if mine < other - step:
        return False
    put(now, giver, now.prices[giver] + (mine - other if other > NOTHING else 0) + step, bidder)
    return True


@compiled
def auction(now: Bidding, holders: Ints, step: int, most: int) -> int:
    """At the prices there are; returns how many bids were made, or `NOBODY` before there are `most`.

    `holders` (bidders,): the giver of each. Whoever would rather be elsewhere, or has none, bids anew.
    Changes `now`, and `holders` too, in which whoever bids has none: who has a place then, `held` says.
    """
    now.taken[:] = 0
    for bidder in range(len(holders)):
        if holders[bidder] != NOBODY and not keep(now, bidder, holders[bidder], step):
            holders[bidder] = NOBODY
    bids = 0
    for first in range(len(holders)):
        bidder = first if holders[first] == NOBODY else NOBODY
        while bidder != NOBODY:
            if bids >= most:
                return NOBODY
            bidder = bid(now, bidder, step)
            bids += 1
    return bids


def begun(
    lists: tuple[Ints, Ints, Ints],
    rows: Ints,
    *,
    outside: Ints,
    capacities: Ints,
    prices: Ints,
    scale: int,
) -> Bidding:
    """Nobody has a place yet. `lists`: start, givers, scores; `prices` (m + 1,) and `outside` are scaled."""
    rooms = np.append(capacities, len(rows))
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(rooms)])
    places = int(first[-1])
    made = prices.copy()
    made[rooms == 0] = CLOSED
    return Bidding(
        rows,
        lists[0],
        lists[1].astype(np.int32),
        lists[2].astype(np.int32),
        outside,
        made,
        first,
        taken=np.zeros(len(rooms), dtype=np.int64),
        bids=np.zeros(places, dtype=np.int64),
        bidders=np.full(places, NOBODY),
        heap=np.argsort(made, kind="stable"),
        known=made.copy(),
        scale=scale,
    )


def over(now: Bidding, lists: tuple[Ints, Ints, Ints]) -> Bidding:
    """The same auction over other lists, with the places as they are taken."""
    start, givers, scores = lists
    return now._replace(start=start, givers=givers.astype(np.int32), scores=scores.astype(np.int32))


def held(now: Bidding, bidders: int) -> Ints:
    """The giver of each bidder (bidders,), m for who stays out; `NOBODY` for who has no place."""
    giver = np.repeat(np.arange(len(now.prices)), np.diff(now.first))
    taken = np.arange(len(giver)) - now.first[giver] < now.taken[giver]
    made = np.full(bidders, NOBODY)
    made[now.bidders[taken]] = giver[taken]
    return made


def whole_prices(prices: Ints, scale: int) -> Ints:
    """Prices (m,) in points, with nought for staying out, of scaled ones (m + 1,) after a last step of one.

    Rounded down they prove as much if none is a multiple of the scale: then rounding moves no difference of
    two prices, less one, by a whole point, and differences of scores are whole. So all are moved by a rest
    that none of them lacks.
    """
    rests = np.unique(-prices % scale)
    free = np.flatnonzero(rests != np.arange(len(rests)))
    moved = int(free[0]) if len(free) else len(rests)
    rounded = (prices + moved) // scale
    made: Ints = rounded[:-1] - rounded[-1]
    return made
