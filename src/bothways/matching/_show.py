"""Whom to show to whom, unasked: lists in which nobody is swamped and nobody unseen, and who is needed most.

Rank by rank a list is the best round of all that is left (as in `lists`), in which each giver stands as often
as their places let them, and no more often than it takes. So exposure follows the time that people give, not
how well they are known.
"""

import numpy as np

from bothways.matching._assign import assign
from bothways.matching._draft import Draft, ToldLists
from bothways.matching._lists import lists
from bothways.matching._market import Market
from bothways.matching._people import Rule, RuleKind
from bothways.matching._problem import NOBODY, Ints, Problem
from bothways.matching._progress import Between, silent
from bothways.matching._shares import shares

FEWEST_WANT, MOST_NEEDED = 5, 3
LEVELLED, LISTED = 0.3, 0.85  # how much of the work is done by then


def show(draft: Draft, *, between: Between = silent) -> ToldLists:
    """Lists of `draft.length` for those who want something, of givers who offer some of it and have places.

    A giver stands on `places` lists at each rank, in proportion: as many as everybody needs who could be
    shown somebody. Where some could be shown these givers alone, and are too many for them, their share rises
    and nobody else's. Whoever stands on no list yet comes first among equals, at the last rank before all.
    Locked pairs mean nothing here, nor how many a seeker wants. Raises a `BadProblem`. The same draft gives
    the same lists (see `assign` for where numba is); who is named first in it has the advantage among equals.
    Time: that of `length` and a few more assignments.
    """
    market = _market(draft)
    table = market.table()
    often = shares(table.allowed, market.capacities, between=lambda done: between(LEVELLED * done))
    rows = _rows(table, often, draft.length, between)
    between(LISTED)
    needed = _needed(table, market.weights.shared_topic)
    told = {
        seeker.key: [market.givers[j].key for j in row if j != NOBODY]
        for seeker, row in zip(market.seekers, rows.tolist(), strict=True)
    }
    return ToldLists(
        lists={key: shown for key, shown in told.items() if shown},
        needed={giver.key: int(step) for giver, step in zip(market.givers, needed.tolist(), strict=True)},
    )


def _market(draft: Draft) -> Market:
    """Of those who want and offer anything: elsewhere silence excludes nobody; here it shows nobody."""
    rules = dict.fromkeys((*draft.rules, Rule(RuleKind.NO_SHARED_TOPIC)))
    market = Market(
        tuple(one for one in draft.seekers if one.wants),
        tuple(one for one in draft.givers if one.offers and one.places),
        draft.weights,
        tuple(rules),
    )
    seekers = {one.key: i for i, one in enumerate(market.seekers)}
    givers = {one.key: j for j, one in enumerate(market.givers)}
    by_hand = [
        (seekers[seeker], givers[giver])
        for seeker, giver in sorted(draft.forbidden)
        if seeker in seekers and giver in givers
    ]
    apart = {RuleKind.BY_HAND: np.array(by_hand, dtype=np.int64).reshape(-1, 2)}
    return market.settled(market.demands, market.capacities, apart)


def _rows(table: Problem, often: Ints, length: int, between: Between) -> Ints:
    """(n, length): the giver at each rank. Who is unseen as yet comes first among equals, at last of all."""
    n, m = table.shape
    rows, left = np.full((n, length), NOBODY), table.allowed.copy()
    unseen = np.ones(m, dtype=np.int64)
    scores = 2 * table.scores
    first_of_all = 1 + int(np.ptp(scores)) if scores.size else 1
    for rank in range(length):
        between(LEVELLED + (LISTED - LEVELLED) * rank / length)
        before = unseen * (first_of_all if rank == length - 1 else 1)
        found = lists(scores + before, often, 1, excluded=~left).givers[:, 0]
        seekers = np.flatnonzero(found != NOBODY)
        rows[seekers, rank] = found[seekers]
        left[seekers, found[seekers]] = False
        unseen[found[seekers]] = 0
    return rows


def _needed(table: Problem, topic: int) -> Ints:
    """(m,): how much somebody else would gain from a place with each giver, in topics, rounded up; 3 at most.

    So coarse, and 0 where fewer than five could be shown them: a price is made of what others want.
    """
    wanting = table.allowed.sum(axis=0)
    rooms = np.minimum(table.capacities, wanting)
    prices = assign(table.scores, rooms, excluded=~table.allowed, objective="total").prices
    steps = np.minimum(-(-prices // max(1, topic)), MOST_NEEDED)
    return np.where(wanting >= FEWEST_WANT, steps, 0)
