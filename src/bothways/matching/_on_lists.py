"""The best on short lists, with prices that prove it: by bids where places are rare, else by paths."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from bothways.matching import _bidding, _listed_prices, _sparse
from bothways.matching._bidding import Bidding
from bothways.matching._compiled import compiled
from bothways.matching._factored import Factored
from bothways.matching._factors import EXACT_PRODUCTS
from bothways.matching._listed import Listed
from bothways.matching._listed_prices import AsArrays
from bothways.matching._prices import NotBest
from bothways.matching._problem import NOBODY, Bools, Ints
from bothways.matching._progress import Between
from bothways.matching._shortlists import Shortlists

SMALLER = 7  # each step of an auction is so many times smaller than the one before
MUCH_SMALLER = 400  # or so many times, where few have bid
CALM = 4  # only one in so many
FROM_NO_PRICES = 8  # the first step of an auction that begins anew is what serving is worth by this
SPARE = 100  # one place too many for so many seekers is few


class Proven(NamedTuple):
    """Pairs (k, 2) in order, their scores; prices (m,) and their bound; what each seeker keeps (n,)."""

    pairs: Ints
    scores: Ints
    prices: Ints
    kept: Ints
    bound: int


class Begin(NamedTuple):
    """Where auctions begin: at which prices (m,), with which step; `now`: one that may go on instead.

    `held`: the giver with whom each seeker (n,) has a place already, `NOBODY` for who has none. `endless`:
    bids from there were seen to have no end.
    """

    prices: Ints
    step: int
    now: Bidding | None = None
    held: Ints | None = None
    endless: bool = False


class Rough(NamedTuple):
    """Prices (m,) near to those that prove the best, what each seeker keeps at them (n,), and the auction."""

    prices: Ints
    kept: Ints
    now: Bidding


class Auction(NamedTuple):
    """An auction, its first step, and with whom each bidder has a place when it begins."""

    now: Bidding
    first: int
    holders: Ints


def solved(
    given: Factored, lists: Shortlists, bonus: int, *, begin: Begin, between: Between
) -> tuple[Proven, Bidding | None]:
    """The best on these lists, with prices that prove it: by bids where places are rare, else by paths.

    Where places are left, dummies bid for them against each other, and paths are short. With the auction
    that found it, where one did.
    """
    table = _table(given, lists)
    if goes_by_bids(given) and not begin.endless:
        for auction in _auctions(table, bonus, begin):
            found = _by_bids(table, bonus, auction, between)
            if found is not None:
                return found, auction.now
    chosen = _sparse.best(table, bonus, between)
    found = _proven(table, bonus, chosen, _listed_prices.settle(table, bonus, chosen))
    if found is None:
        raise NotBest
    return found, None


def roughly(
    given: Factored, lists: Shortlists, bonus: int, *, begin: Begin, last: int, between: Between
) -> Rough | None:
    """Where the auction of `solved` stands when its steps are down to `last`; None where it has no end."""
    table = _table(given, lists)
    for auction in _auctions(table, bonus, begin):
        if _bid_down(auction, last * auction.now.scale, between) is not None:
            return _as_it_stands(table, bonus, auction.now)
    return None


def _as_it_stands(table: Listed, bonus: int, now: Bidding) -> Rough:
    prices = np.maximum(_bidding.whole_prices(now.prices, now.scale), 0)
    kept, _ = _kept(table, bonus, prices)
    return Rough(prices, kept, now)


def _table(given: Factored, lists: Shortlists) -> Listed:
    return Listed(lists.start, lists.givers, lists.scores, given.capacities, given.demands)


def goes_by_bids(given: Factored) -> bool:
    """Whether places are rare, and nobody wants several."""
    rare = int(given.capacities.sum()) <= int(given.demands.sum()) + given.shape[0] // SPARE
    return rare and int(given.demands.max(initial=0)) <= 1


def _auctions(table: Listed, bonus: int, begin: Begin) -> Iterator[Auction]:
    """To try in turn: the last one, which goes on; then new ones."""
    rows, prices, room = np.flatnonzero(table.demands), begin.prices, table.capacities > 0
    bidders = len(rows) + int(table.capacities.sum())
    highest = (
        max(*(abs(extreme) for extreme in table.extremes), int(np.abs(prices[room]).max(initial=0))) + bonus
    )
    scale = max(min(bidders + 1, _bidding.LARGEST // max(highest, 1)), 1)
    wanted = table if room.all() else table.only(room[table.givers])
    lists = (wanted.start, wanted.givers, wanted.scores)
    if begin.now is not None and begin.now.scale == scale:
        now = _bidding.over(begin.now, lists)
        yield Auction(now, max(begin.step, 1) * scale, _bidding.held(now, bidders))
    nobody = np.full(bidders, NOBODY)
    for first in (begin.step, bonus // FROM_NO_PRICES):
        now = _bidding.begun(
            lists,
            rows,
            outside=np.full(table.shape[0], -bonus * scale),
            capacities=table.capacities,
            prices=np.append(prices, prices[room].min(initial=0)) * scale,
            scale=scale,
        )
        holders = nobody.copy()
        if begin.held is not None and first == begin.step:
            holders[: len(rows)] = begin.held[rows]
        yield Auction(now, max(first, 1) * scale, holders)


def _by_bids(table: Listed, bonus: int, auction: Auction, between: Between) -> Proven | None:
    """By an auction in ever smaller steps; None if it has no end, or prices prove too little."""
    holders = _bid_down(auction, 1, between)
    if holders is None:
        return None
    rows = auction.now.rows
    chosen = np.zeros(len(table.givers), dtype=np.bool_)
    choose(table.start, table.givers, rows, holders[: len(rows)], chosen)
    return _proven(table, bonus, chosen, _bidding.whole_prices(auction.now.prices, auction.now.scale))


def _bid_down(auction: Auction, last: int, between: Between) -> Ints | None:
    """In ever smaller steps, down to the `last`: with whom each bidder has a place; None if it has no end."""
    now, step, holders = auction
    bidders = len(holders)
    while True:
        between(1 - step / auction.first)
        bids = _bidding.auction(now, holders, step, _bidding.PATIENCE * bidders)
        if bids == NOBODY:
            return None
        holders = _bidding.held(now, bidders)
        if step <= last:
            return holders
        step = max(step // (SMALLER if bids * CALM > bidders else MUCH_SMALLER), last)


@compiled
def choose(start: Ints, givers: Ints, rows: Ints, held: Ints, chosen: Bools) -> None:
    """Mark the pair of each row with the giver that it holds."""
    for at in range(len(rows)):
        for pair in range(start[rows[at]], start[rows[at] + 1]):
            chosen[pair] = givers[pair] == held[at]


def _proven(table: Listed, bonus: int, chosen: Bools, prices: Ints) -> Proven | None:
    """With what each seeker would keep, if the prices prove that the pairs are the best on the lists.

    Changes `prices`, as `_kept` does.
    """
    kept, surplus = _kept(table, bonus, prices)
    bound = int((table.capacities * prices).sum()) + surplus
    at = np.flatnonzero(chosen)
    seekers, scores = np.searchsorted(table.start, at, side="right") - 1, table.scores[at]
    if bound != int(scores.sum()) + bonus * len(at) or (prices < 0).any():
        return None
    return Proven(np.column_stack([seekers, table.givers[at]]), scores, prices, kept, bound)


def _kept(table: Listed, bonus: int, prices: Ints) -> tuple[Ints, int]:
    """What each seeker would keep at these prices (n,), and all of them together.

    Changes `prices`: whoever has no room costs more than anybody scores, on a list or off.
    """
    prices[table.capacities == 0] = 2 * EXACT_PRODUCTS + bonus
    kept = np.zeros(table.shape[0], dtype=np.int64)
    worth = (table.start, table.givers, table.scores, table.demands)
    return kept, int(keep(worth, bonus, prices, kept))


@compiled
def keep(given: AsArrays, bonus: int, prices: Ints, kept: Ints) -> int:
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
