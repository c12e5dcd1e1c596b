"""Markets whose scores are never written out: short lists, solved, and proven not to lack anybody.

Prices of a sample make short lists for all in one scoring pass. On these the best is found, with prices. Then
only what could still be wanted at these prices is scored, put on the lists, and all is solved again, until
nobody off the lists would be better: then it is the best of all pairs, and the prices prove it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bothways.matching import _bidding, _candidates, _cuts, _listed_prices, _sparse
from bothways.matching._candidates import ALL, Shortlists
from bothways.matching._compiled import compiled
from bothways.matching._factors import EXACT_PRODUCTS, Factored
from bothways.matching._listed import Listed
from bothways.matching._listed_prices import Pairs
from bothways.matching._prices import NotBest
from bothways.matching._problem import Bools, Ints
from bothways.matching._progress import Between

SMALLER = 7  # each step of an auction is so many times smaller than the one before
COARSE = 8  # the first step is the span of a list by this
FINE = 512  # and where it only has to be mended
MARGIN = 32  # and what is put on lists beside what is needed
SPARE = 100  # one place too many for so many seekers is few
ENOUGH = 6  # a giver has a chance to be chosen who is on so many lists for each place


class Best(NamedTuple):
    """Pairs (k, 2) in order, and their scores; prices (m,) and their bound; how many pairs were scored."""

    pairs: Ints
    scores: Ints
    prices: Ints
    bound: int
    scored: int


class Solved(NamedTuple):
    """Which pairs of the lists are chosen; prices (m,) and their bound; what each seeker keeps (n,)."""

    chosen: Bools
    prices: Ints
    kept: Ints
    bound: int


def best(given: Factored, bonus: int, between: Between) -> Best:
    """The best pairs, each worth its score and the `bonus`. Deterministic.

    Time is one scoring pass and about a half; memory the lists, about 3 KB a seeker, beside the features.
    """
    return next(rounds(given, bonus, between))


def rounds(given: Factored, bonus: int, between: Between) -> Iterator[Best]:
    """The best pairs, then the best of all that are left, and so on; `between` is told of the first alone."""
    n, m = given.shape
    prices = _candidates.sample_prices(given, lambda done: between(0.2 * done))
    lists = _candidates.listed(given, np.arange(n), prices, lambda done: between(0.2 + 0.5 * done))
    scored = n * m + _candidates.ROUNDS * (n // _candidates.SAMPLED) * m
    span = _candidates.span(lists)
    lists, more = _with_starved(given, lists, between)
    scored, first, at = scored + more, max(span // COARSE, 1), lists.at
    while True:
        solved = _solved(given, lists, bonus, at=at, coarse=first, between=between)
        kept, at, first = solved.kept - bonus, solved.prices, max(span // FINE, 1)
        looked = _cuts.look_again(given, lists, at, kept, margin=span // MARGIN, between=between)
        scored += looked.scored
        if looked.better:
            lists = looked.lists
            continue
        pairs = np.column_stack([lists.seekers, lists.givers])[solved.chosen]
        yield Best(pairs, lists.scores[solved.chosen], solved.prices, solved.bound, scored)
        lists = _cuts.without(looked.lists, pairs)
        given, first, scored = replace(given, factors=given.factors.without(pairs)), max(span // COARSE, 1), 0


def _with_starved(given: Factored, lists: Shortlists, between: Between) -> tuple[Shortlists, int]:
    """Shortlists on which each giver stands often enough to be chosen; and how many pairs were scored for it.

    A giver whom few have on their lists is put on those of the seekers who are nearest to having them there:
    a list for each of these givers, at prices which are what the seekers' lists were cut at.
    """
    n, m = given.shape
    enough = np.minimum(ENOUGH * given.capacities, n)
    starved = np.flatnonzero(np.bincount(lists.givers, minlength=m) < enough)
    if not len(starved):
        return lists, 0
    turned = Factored(given.factors.turned(), given.demands, given.capacities)
    cuts = np.where(lists.cuts > ALL, lists.cuts, -ALL)
    theirs = _candidates.listed(turned, starved, cuts, between)
    new = _cuts.off_lists(lists, (theirs.givers, starved[theirs.seekers], theirs.scores))
    return _cuts.longer(lists, new), n * len(starved)


def _solved(
    given: Factored, lists: Shortlists, bonus: int, *, at: Ints, coarse: int, between: Between
) -> Solved:
    """The best on these lists, with prices that prove it: by bids where places are rare, else by paths.

    Where places are left, dummies bid for them against each other, and paths are short.
    """
    table = Listed(lists.start, lists.givers, lists.scores, given.capacities, given.demands)
    rare = int(given.capacities.sum()) <= int(given.demands.sum()) + given.shape[0] // SPARE
    if int(given.demands.max(initial=0)) <= 1 and rare:
        for first in (coarse, bonus // COARSE):
            found = _by_bids(table, at, bonus, max(first, 1), between)
            if found is not None:
                return found
    chosen = _sparse.best(table, bonus, between)
    found = _proven(table, bonus, chosen, _listed_prices.settle(table, bonus, chosen))
    if found is None:
        raise NotBest
    return found


def _by_bids(table: Listed, at: Ints, bonus: int, first: int, between: Between) -> Solved | None:
    """By an auction that begins at the prices `at`; None if it has no end, or prices prove too little."""
    m, rows = table.shape[1], np.flatnonzero(table.demands)
    bidders = len(rows) + int(table.capacities.sum())
    highest = max(*(abs(extreme) for extreme in table.extremes), int(np.abs(at).max(initial=0))) + bonus
    scale = max(min(bidders + 1, _bidding.LARGEST // max(highest, 1)), 1)
    wanted = table.only(table.capacities[table.givers] > 0)  # whoever has no room takes no bid
    now = _bidding.begun(
        (wanted.start, wanted.givers, wanted.scores),
        rows,
        outside=np.full(table.shape[0], -bonus * scale),
        capacities=table.capacities,
        prices=np.append(at, at[table.capacities > 0].min(initial=0)) * scale,
        scale=scale,
    )
    step = first * scale
    while True:
        between(1 - step / (first * scale))
        if not _bidding.auction(now, bidders, step, _bidding.PATIENCE * bidders):
            return None
        if step == 1:
            break
        step = max(step // SMALLER, 1)
    prices = _bidding.whole_prices(now.prices, scale)
    held = _bidding.held(now)
    pairs = np.column_stack([rows, held])[held < m]
    chosen = np.zeros(len(table.givers), dtype=np.bool_)
    chosen[table.places(pairs)] = True
    return _proven(table, bonus, chosen, prices)


def _proven(table: Listed, bonus: int, chosen: Bools, prices: Ints) -> Solved | None:
    """With what each seeker would keep, if the prices prove that the pairs are the best on the lists."""
    prices[table.capacities == 0] = 2 * EXACT_PRODUCTS + bonus  # beyond any score, on a list or off
    kept = np.zeros(table.shape[0], dtype=np.int64)
    pairs = (table.start, table.givers, table.scores + bonus, table.demands)
    bound = int((table.capacities * prices).sum()) + int(keep(pairs, prices, kept))
    reached = int(table.scores[chosen].sum()) + bonus * int(chosen.sum())
    return Solved(chosen, prices, kept, bound) if bound == reached and (prices >= 0).all() else None


@compiled
def keep(given: Pairs, prices: Ints, kept: Ints) -> int:
    """The sum of each seeker's best `demand` surpluses, where positive; `kept`: the least of them."""
    start, givers, values, demands = given
    total = 0
    for seeker in range(len(demands)):
        row = slice(start[seeker], start[seeker + 1])
        surplus = np.sort(values[row] - prices[givers[row]])
        last = len(surplus) - demands[seeker]
        for at in range(max(last, 0), len(surplus)):
            total += max(surplus[at], 0)
        kept[seeker] = max(surplus[last], 0) if 0 <= last < len(surplus) else 0
    return total
