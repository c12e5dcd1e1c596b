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
from bothways.matching._bidding import Bidding
from bothways.matching._candidates import ALL, Shortlists
from bothways.matching._compiled import compiled
from bothways.matching._factors import EXACT_PRODUCTS, Factored
from bothways.matching._listed import Listed
from bothways.matching._listed_prices import Pairs
from bothways.matching._prices import NotBest
from bothways.matching._problem import Bools, Ints
from bothways.matching._progress import Between

SMALLER = 7  # each step of an auction is so many times smaller than the one before
MUCH_SMALLER = 400  # or so many times, where few have bid
CALM = 4  # only one in so many
COARSE = 8  # the first step is the span of a list by this
FINE = 512  # and where it only has to be mended
MARGIN = 8
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
    """Pairs (k, 2) in order, their scores; prices (m,) and their bound; what each seeker keeps (n,)."""

    pairs: Ints
    scores: Ints
    prices: Ints
    kept: Ints
    bound: int


class Begin(NamedTuple):
    """Where auctions begin: at which prices (m,), with which step; `last`: one that may go on instead."""

    at: Ints
    coarse: int
    last: Bidding | None = None


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
    scored, begin = scored + more, Begin(lists.cut.at, span // COARSE)
    while True:
        solved, auction = _solved(given, lists, bonus, begin=begin, between=between)
        kept, margin = solved.kept - bonus, 0 if begin.last else max(span // MARGIN, 1)
        lists, better, more = _cuts.look_again(
            given, lists, solved.prices, kept, margin=margin, between=between
        )
        scored, begin = scored + more, Begin(solved.prices, span // FINE, auction)
        if better:
            continue
        yield Best(solved.pairs, solved.scores, solved.prices, solved.bound, scored)
        lists = _cuts.without(lists, solved.pairs)
        given, scored = replace(given, factors=given.factors.without(solved.pairs)), 0
        begin, auction = Begin(solved.prices, span // COARSE), None


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
    cuts = np.where(lists.cut.most > ALL, lists.cut.most, -ALL)
    theirs = _candidates.listed(turned, starved, cuts, between)
    new = _cuts.off_lists(lists, (theirs.givers, starved[theirs.seekers], theirs.scores))
    return _cuts.longer(lists, new), n * len(starved)


def _solved(
    given: Factored, lists: Shortlists, bonus: int, *, begin: Begin, between: Between
) -> tuple[Solved, Bidding | None]:
    """The best on these lists, with prices that prove it: by bids where places are rare, else by paths.

    Where places are left, dummies bid for them against each other, and paths are short. With the auction
    that found it, where one did.
    """
    table = Listed(lists.start, lists.givers, lists.scores, given.capacities, given.demands)
    rare = int(given.capacities.sum()) <= int(given.demands.sum()) + given.shape[0] // SPARE
    if int(given.demands.max(initial=0)) <= 1 and rare:
        for now, first in _auctions(table, bonus, begin):
            found = _by_bids(table, bonus, now, first, between)
            if found is not None:
                return found, now
    chosen = _sparse.best(table, bonus, between)
    found = _proven(table, bonus, chosen, _listed_prices.settle(table, bonus, chosen))
    if found is None:
        raise NotBest
    return found, None


def _auctions(table: Listed, bonus: int, begin: Begin) -> Iterator[tuple[Bidding, int]]:
    """Auctions to try in turn, and the first step of each: the last one, which goes on; then new ones."""
    rows, at = np.flatnonzero(table.demands), begin.at
    bidders = len(rows) + int(table.capacities.sum())
    highest = max(*(abs(extreme) for extreme in table.extremes), int(np.abs(at).max(initial=0))) + bonus
    scale = max(min(bidders + 1, _bidding.LARGEST // max(highest, 1)), 1)
    wanted = table if (table.capacities > 0).all() else table.only(table.capacities[table.givers] > 0)
    lists = (wanted.start, wanted.givers, wanted.scores)
    if begin.last is not None and begin.last.scale == scale:
        yield _bidding.over(begin.last, lists), max(begin.coarse, 1) * scale
    for first in (begin.coarse, bonus // COARSE):
        now = _bidding.begun(
            lists,
            rows,
            outside=np.full(table.shape[0], -bonus * scale),
            capacities=table.capacities,
            prices=np.append(at, at[table.capacities > 0].min(initial=0)) * scale,
            scale=scale,
        )
        yield now, max(first, 1) * scale


def _by_bids(table: Listed, bonus: int, now: Bidding, first: int, between: Between) -> Solved | None:
    """By an auction in ever smaller steps; None if it has no end, or prices prove too little."""
    bidders, step = len(now.rows) + int(table.capacities.sum()), first
    while True:
        between(1 - step / first)
        bids = _bidding.auction(now, _bidding.held(now, bidders), step, _bidding.PATIENCE * bidders)
        if bids == _bidding.NOBODY:
            return None
        if step == 1:
            break
        step = max(step // (SMALLER if bids * CALM > bidders else MUCH_SMALLER), 1)
    chosen = np.zeros(len(table.givers), dtype=np.bool_)
    held = _bidding.held(now, bidders)[: len(now.rows)]
    choose(table.start, table.givers, now.rows, held, chosen)
    return _proven(table, bonus, chosen, _bidding.whole_prices(now.prices, now.scale))


@compiled
def choose(start: Ints, givers: Ints, rows: Ints, held: Ints, chosen: Bools) -> None:
    """Mark the pair of each row with the giver that it holds."""
    for at in range(len(rows)):
        for pair in range(start[rows[at]], start[rows[at] + 1]):
            chosen[pair] = givers[pair] == held[at]


def _proven(table: Listed, bonus: int, chosen: Bools, prices: Ints) -> Solved | None:
    """With what each seeker would keep, if the prices prove that the pairs are the best on the lists."""
    prices[table.capacities == 0] = 2 * EXACT_PRODUCTS + bonus  # beyond any score, on a list or off
    kept = np.zeros(table.shape[0], dtype=np.int64)
    worth = (table.start, table.givers, table.scores, table.demands)
    bound = int((table.capacities * prices).sum()) + int(keep(worth, bonus, prices, kept))
    at = np.flatnonzero(chosen)
    seekers, scores = np.searchsorted(table.start, at, side="right") - 1, table.scores[at]
    if bound != int(scores.sum()) + bonus * len(at) or (prices < 0).any():
        return None
    return Solved(np.column_stack([seekers, table.givers[at]]), scores, prices, kept, bound)


@compiled
def keep(given: Pairs, bonus: int, prices: Ints, kept: Ints) -> int:
    """The sum of each seeker's best `demand` surpluses, where positive; `kept`: the least of them."""
    start, givers, scores, demands = given
    total = 0
    for seeker in range(len(demands)):
        row = slice(start[seeker], start[seeker + 1])
        if demands[seeker] == 1:
            most = 0
            for pair in range(start[seeker], start[seeker + 1]):
                most = max(most, scores[pair] + bonus - prices[givers[pair]])
            kept[seeker] = most
            total += most
            continue
        surplus = np.sort(scores[row] + bonus - prices[givers[row]])
        last = len(surplus) - demands[seeker]
        for at in range(max(last, 0), len(surplus)):
            total += max(surplus[at], 0)
        kept[seeker] = max(surplus[last], 0) if 0 <= last < len(surplus) else 0
    return total
