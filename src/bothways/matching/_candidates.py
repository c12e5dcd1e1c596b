"""The few givers who come into question for each seeker, at prices that a sample of the seekers would pay."""

from typing import NamedTuple

import numpy as np

from bothways.matching import _bidding, _passes
from bothways.matching._compiled import compiled
from bothways.matching._factored import Factored
from bothways.matching._factors import EXACT_PRODUCTS
from bothways.matching._problem import NOBODY, Floats, Ints
from bothways.matching._progress import Between, silent
from bothways.matching._shortlists import ALL, Cut, Shortlists

SHORTEST = 64  # givers on a list, at least
ROOM = 96  # and at most, when they are listed first
STRIDES = 512  # a row is looked through in so many strides, of which the best are read
SAMPLED = 10  # one seeker in so many
ROUNDS = 2  # how often the sample is listed anew, at better prices
FINER = 32  # the sample bids in steps of so little of what a list spans
Numbers = Floats | Ints
ROUNDED = 8  # more than float32 rounds a score less a price, both in its range


class Found(NamedTuple):
    """Room for lists: (rows, ROOM), how many, and the cut."""

    givers: Ints
    scores: Floats
    many: Ints
    cuts: Floats


@compiled
def heights(row: Floats, prices: Floats, highest: Floats) -> None:
    """The highest score less price in each stride: that of every `len(highest)`-th giver."""
    width = len(highest)
    for at in range(width):
        highest[at] = row[at] - prices[at]
    for begin in range(width, len(row), width):
        part, less = row[begin : begin + width], prices[begin : begin + width]
        for at in range(len(part)):
            worth = part[at] - less[at]
            highest[at] = worth if worth > highest[at] else highest[at]


@compiled
def read(row: Floats, prices: Floats, highest: Floats, cut: float, found: Ints) -> int:
    """Those who are worth at least the cut, as far as there is room; returns how many there are."""
    width, many = len(highest), 0
    for stride in range(width):
        if highest[stride] >= cut and highest[stride] > -np.inf:
            for giver in range(stride, len(row), width):
                if row[giver] - prices[giver] >= cut and row[giver] > -np.inf:
                    if many < len(found):
                        found[many] = giver
                    many += 1
    return many


@compiled
def all_heights(block: Floats, prices: Floats, highest: Floats) -> None:
    """The `heights` of each row (rows, strides)."""
    for at in range(len(block)):
        heights(block[at], prices, highest[at])


@compiled
def all_read(block: Floats, prices: Floats, highest: Floats, into: Found) -> None:
    """Of each row those who are worth at least its cut, in order; if there is no room for all, how many."""
    for at in range(len(block)):
        row, found = block[at], into.givers[at]
        many = read(row, prices, highest[at], into.cuts[at], found)
        into.many[at] = many
        if many <= len(found):
            found[:many].sort()
            for pair in range(many):
                into.scores[at, pair] = row[found[pair]]


def shortlist(block: Floats, prices: Floats, begin: Ints, into: Found) -> None:
    """The best of each row by score less price, in order of giver: about `SHORTEST`, a few more, or all.

    `begin` (rows,): where each looks first, which matters among equals alone.
    """
    strides = min(STRIDES, block.shape[1])
    highest, cut = np.empty((len(block), strides), dtype=np.float32), strides - SHORTEST
    all_heights(block, prices, highest)
    into.cuts[:] = np.partition(highest, cut, axis=1)[:, cut] if cut > 0 else -np.inf
    all_read(block, prices, highest, into)
    for at in np.flatnonzero(into.many > ROOM):
        worth = block[at] - prices
        best = best_of(worth, begin[at], ROOM)
        into.many[at], into.cuts[at] = ROOM, worth[best[-1]]
        into.givers[at] = np.sort(best)
        into.scores[at] = block[at, into.givers[at]]


def best_of(worth: Numbers, begin: int, many: int) -> Ints:
    """Where the `many` highest are; of equals those come first who stand from `begin` on.

    Or where many are worth the same all lists would name the same few.
    """
    order = np.argsort(-np.roll(worth, -begin), kind="stable")[:many]
    places: Ints = (order + begin) % len(worth)
    return places


def begins(seekers: Ints, n: int, width: int) -> Ints:
    """Where each of n looks first among so many, as far from the others as can be."""
    at: Ints = seekers * width // max(n, 1)
    return at


def part_of(found: Found, begin: int, end: int) -> Found:
    return Found(
        found.givers[begin:end], found.scores[begin:end], found.many[begin:end], found.cuts[begin:end]
    )


def listed(given: Factored, seekers: Ints, prices: Ints, between: Between) -> Shortlists:
    """A scoring pass over these seekers, at prices (m,) which are kept to the range of float32."""
    m = given.shape[1]
    among, height = _passes.columns(given.factors), _passes.height(m)
    room = np.empty(min(height, len(seekers)) * m, dtype=np.float32)
    at = np.clip(prices, -EXACT_PRODUCTS, EXACT_PRODUCTS)
    at[given.capacities == 0] = 2 * EXACT_PRODUCTS
    least = at.astype(np.float32)
    found = Found(
        np.zeros((len(seekers), ROOM), dtype=np.int32),
        np.zeros((len(seekers), ROOM), dtype=np.float32),
        np.zeros(len(seekers), dtype=np.int64),
        np.zeros(len(seekers), dtype=np.float32),
    )
    for first in range(0, len(seekers), height):
        between(first / len(seekers))
        rows = np.ascontiguousarray(seekers[first : first + height])
        block = _passes.score_block(given.factors, rows, among, m, room)

        at_first = begins(rows, given.shape[0], m)

        def read_part(
            begin: int, end: int, first: int = first, block: Floats = block, at_first: Ints = at_first
        ) -> None:
            part = part_of(found, first + begin, first + end)
            shortlist(block[begin:end], least, at_first[begin:end], part)

        _passes.share(read_part, len(rows))
    filled = np.arange(ROOM) < found.many[:, None]
    return Shortlists(
        np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(found.many)]),
        found.givers[filled].astype(np.int64),
        found.scores[filled].astype(np.int64),
        Cut(np.where(np.isfinite(found.cuts), found.cuts + ROUNDED, ALL).astype(np.int64), at),
    )


def span(lists: Shortlists) -> int:
    """How much better than the cut the best of a list is, in the middle of all seekers; at least one."""
    filled = np.flatnonzero(np.diff(lists.start))
    cuts = lists.cut.most[filled]
    if not (cuts > ALL).any():
        return max(int(np.ptp(lists.scores)), 1) if len(lists.scores) else 1
    worth = lists.scores - lists.cut.prices[lists.givers]
    best = np.maximum.reduceat(worth, lists.start[filled])
    return max(int(np.median((best - cuts)[cuts > ALL])), 1)


def sample_prices(given: Factored, between: Between) -> Ints:
    """What places cost (m,) where a sample of the seekers bids, each for all whom they stand for.

    Whoever would rather have what is not on their list stays out, so prices only rise as far as lists show,
    and the next lists are made at those. Only how well lists fit hangs on it, nothing of what is proven.
    """
    m = given.shape[1]
    wanting = np.flatnonzero(given.demands)[::SAMPLED]
    prices = np.zeros(m + 1, dtype=np.int64)
    most = int(given.capacities[given.capacities > 0].min(initial=SAMPLED))
    times = -(-SAMPLED // most)
    capacities = -(-given.capacities * times // SAMPLED)
    rows = np.repeat(np.arange(len(wanting)), np.minimum(given.demands[wanting], ROOM) * times)
    for turn in range(ROUNDS):
        between(turn / ROUNDS)
        lists = listed(given, wanting, prices[:-1], silent)
        now = _bidding.begun(
            (lists.start, lists.givers, lists.scores),
            rows,
            outside=lists.cut.most,
            capacities=capacities,
            prices=prices,
            scale=1,
        )
        step = max(span(lists) // FINER, 1)
        _bidding.auction(now, np.full(len(rows), NOBODY), step, _bidding.PATIENCE * len(rows))
        prices = np.where(given.capacities > 0, now.prices[:-1], 0)
        prices = np.append(prices, 0)
    return prices[:-1]
