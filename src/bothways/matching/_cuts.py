"""Which pairs that stand on no list could still be wanted, at new prices: few, and these are scored.

A pair off the lists is worth at most what the list was cut at, plus what has become cheaper since. So seekers
whose least surplus is far above their cut need not look at anybody again, others at those givers alone whose
price fell most: with both in order, what is to be scored lies below a staircase.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bothways.matching import _passes
from bothways.matching._candidates import ROUNDED, STRIDES, begins, best_of, heights, read
from bothways.matching._compiled import compiled
from bothways.matching._factored import Factored
from bothways.matching._factors import EXACT_PRODUCTS
from bothways.matching._problem import Bools, Floats, Ints
from bothways.matching._progress import Between
from bothways.matching._shortlists import Cut, Scored, Shortlists

Places = NDArray[np.int32]  # (k, 2), row and column of a block
EXPECTED = 4  # pairs of a row that are expected to be found
NEVER = -(2**62)  # less than anything is worth
MANY = 128  # and as many are, at least, where there are more


class Stair(NamedTuple):
    """Givers, those first whose price fell most; how many of them (n,) each seeker has to look at."""

    order: Ints
    steps: Ints


class Looked(NamedTuple):
    """The lists made longer; whether somebody new is better than what a seeker had; how many were scored."""

    lists: Shortlists
    better: bool
    scored: int


class Above(NamedTuple):
    """Scored worth more than wanted; what no other of these seekers (n,) exceeds; how many were scored."""

    pairs: Scored
    most: Ints
    scored: int


class Rows(NamedTuple):
    """Of each row of a block what is wanted, and where it looks first among equals."""

    wanted: Ints
    begin: Ints


def look_again(
    given: Factored, lists: Shortlists, prices: Ints, kept: Ints, *, margin: int, between: Between
) -> Looked:
    """Score whatever could be worth more than `kept` (n,), less a margin, at `prices` (m,).

    What is worth that is put on the lists, also what only comes near, so that this need be done less often:
    nobody off them is worth more then, which with a margin is a second cut, at prices near to the next.
    """
    wanted = kept - margin
    stairs = _stairs(given, lists, prices, wanted)
    parts = [above(given, each, prices, wanted, between=between) for each in stairs]
    found = tuple(np.concatenate(each) for each in zip(*(part.pairs for part in parts), strict=True))
    most = np.maximum.reduce([part.most for part in parts])
    new = lists.lacking((found[0], found[1], found[2]))
    better = new[2] - prices[new[1]] > kept[new[0]]
    made = lists.longer(new)
    return Looked(
        replace(made, seen=Cut(most, prices)) if margin else made,
        bool(better.any()),
        sum(part.scored for part in parts),
    )


def _stairs(given: Factored, lists: Shortlists, prices: Ints, wanted: Ints) -> list[Stair]:
    """What is to be scored, a staircase for each cut: each seeker is on that which is lower for them."""
    stairs = [_stair(given, cut, prices, wanted) for cut in (lists.cut, lists.seen) if cut is not None]
    lower = np.argmin([stair.steps for stair in stairs], axis=0)
    return [
        stair._replace(steps=np.where(lower == number, stair.steps, 0)) for number, stair in enumerate(stairs)
    ]


def _stair(given: Factored, cut: Cut, prices: Ints, wanted: Ints) -> Stair:
    fallen = cut.prices - prices
    order = np.argsort(-fallen, kind="stable")
    order = order[given.capacities[order] > 0]
    fallen = fallen[order]
    steps = len(fallen) - np.searchsorted(fallen[::-1], wanted - cut.most, side="right")
    steps[given.demands == 0] = 0
    return Stair(order, steps)


def above(given: Factored, stair: Stair, prices: Ints, wanted: Ints, *, between: Between) -> Above:
    """The pairs below the staircase that are worth more than is wanted (n,), at `prices` (m,).

    Of a row that has very many, the best alone.
    """
    order, steps = stair
    seekers = np.argsort(-steps, kind="stable")[: np.count_nonzero(steps)]
    parts: list[Scored] = [(seekers[:0], order[:0], prices[:0])]
    many = max(MANY, 2 * int(given.demands.max(initial=0)))
    most, widest = wanted.copy(), int(steps.max(initial=0))
    among = _passes.columns(given.factors, order[:widest])
    room = np.empty(max(_passes.CELLS, widest), dtype=np.float32)
    at_prices = prices[among.givers]
    least = int(at_prices.min()) if widest else 0  # prices are read less this: near nought floats are exact
    first, scored = 0, 0
    while first < len(seekers):
        between(first / len(seekers))
        width = int(steps[seekers[first]])
        rows = seekers[first : first + _passes.height(width)]
        block = _passes.score_block(given.factors, rows, among, width, room)
        begin = begins(rows, len(wanted), width)
        asked = Rows(wanted[rows] + least, begin)
        at, column, exceeded = _worth_more(block, at_prices[:width] - least, asked, many)
        most[rows] = exceeded - least
        parts.append((rows[at], among.givers[column], block[at, column].astype(np.int64)))
        first, scored = first + len(rows), scored + block.size
    found = tuple(np.concatenate(each) for each in zip(*parts, strict=True))
    return Above((found[0], found[1], found[2]), most, scored)


def _worth_more(block: Floats, prices: Ints, asked: Rows, many: int) -> tuple[Ints, Ints, Ints]:
    """Rows and columns of what is worth more than wanted, `many` of a row; and what nothing else exceeds."""
    near, most = np.minimum(prices, EXACT_PRODUCTS).astype(np.float32), asked.wanted.copy()
    strides = min(STRIDES, block.shape[1])
    parts: dict[int, list[Places]] = {}

    def look(first: int, last: int) -> None:
        room, wanted = EXPECTED * (last - first), asked.wanted[first:last]
        wide = np.zeros(last - first, dtype=np.bool_)
        while True:
            found = np.empty((room, 2), dtype=np.int32)
            total = worth_more(block[first:last], (near, prices), wanted, (many, strides), (wide, found))
            if total <= room:
                break
            room = total
        found[:total, 0] += first
        parts[first] = [found[:total]]
        for at in (first + np.flatnonzero(wide)).tolist():
            worth = _exactly(block[at], prices)
            best = best_of(worth, asked.begin[at], many)
            most[at] = worth[best[-1]]
            parts[first].append(np.column_stack([np.full(many, at), best]).astype(np.int32))

    _passes.share(look, len(block))
    places = np.concatenate([part for first in sorted(parts) for part in parts[first]])
    return places[:, 0], places[:, 1], most


def _exactly(row: Floats, prices: Ints) -> Ints:
    """Scores less prices; `NEVER` for who is kept apart."""
    worth, may = np.full(len(row), NEVER), row > -np.inf
    worth[may] = row[may].astype(np.int64) - prices[may]
    return worth


@compiled
def worth_more(
    block: Floats,
    prices: tuple[Floats, Ints],
    wanted: Ints,
    sizes: tuple[int, int],
    into: tuple[Bools, Places],
) -> int:
    """Rows and columns of what is worth more than wanted, as far as there is room; returns how many.

    Prices are read as floats, to see quickly where that may be, and then exactly. `sizes`: how many of a row
    at most, and in how many strides it is read. `into`: which rows have more, of which none is named, and the
    places.
    """
    (near, exact), (many, strides), (wide, found) = prices, sizes, into
    highest = np.zeros(strides, dtype=np.float32)
    columns = np.zeros(block.shape[1], dtype=np.int64)
    total = 0
    for at in range(len(block)):
        row, size = block[at], 0
        heights(row, near, highest)
        for place in range(read(row, near, highest, wanted[at] - ROUNDED, columns)):
            if np.int64(row[columns[place]]) - exact[columns[place]] > wanted[at]:
                columns[size] = columns[place]
                size += 1
        wide[at] = size > many
        if size > many:
            continue
        if total + size <= len(found):
            found[total : total + size, 0] = at
            found[total : total + size, 1] = columns[:size]
        total += size
    return total
