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
from bothways.matching._candidates import ROUNDED, STRIDES, heights, read
from bothways.matching._compiled import compiled
from bothways.matching._factors import EXACT_PRODUCTS, Factored, Floats
from bothways.matching._problem import Ints
from bothways.matching._progress import Between
from bothways.matching._shortlists import Cut, Pairs, Shortlists

Places = NDArray[np.int32]  # (k, 2), row and column of a block
FEW = 4  # pairs of a row that are expected to be found


class Stair(NamedTuple):
    """Givers, those first whose price fell most; how many of them (n,) each seeker has to look at."""

    order: Ints
    steps: Ints


class Looked(NamedTuple):
    """The lists made longer; whether somebody new is better than what a seeker had; how many were scored."""

    lists: Shortlists
    better: bool
    scored: int


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
    found = tuple(np.concatenate(each) for each in zip(*(pairs for pairs, _ in parts), strict=True))
    new = lists.lacking((found[0], found[1], found[2]))
    better = new[2] - prices[new[1]] > kept[new[0]]
    made = lists.longer(new)
    return Looked(
        replace(made, seen=Cut(wanted, prices)) if margin else made,
        bool(better.any()),
        sum(scored for _, scored in parts),
    )


def _stairs(given: Factored, lists: Shortlists, prices: Ints, wanted: Ints) -> list[Stair]:
    """What is to be scored, a staircase for each cut: each seeker is on that which is lower for them."""
    stairs = [_stair(given, cut, prices, wanted) for cut in (lists.cut, lists.seen) if cut is not None]
    lower = np.argmin([stair.steps for stair in stairs], axis=0)
    return [
        stair._replace(steps=np.where(lower == number, stair.steps, 0)) for number, stair in enumerate(stairs)
    ]


def _stair(given: Factored, cut: Cut, prices: Ints, wanted: Ints) -> Stair:
    fallen = cut.at - prices
    order = np.argsort(-fallen, kind="stable")
    order = order[given.capacities[order] > 0]
    fallen = fallen[order]
    steps = len(fallen) - np.searchsorted(fallen[::-1], wanted - cut.most, side="right")
    steps[given.demands == 0] = 0
    return Stair(order, steps)


def above(
    given: Factored, stair: Stair, prices: Ints, wanted: Ints, *, between: Between
) -> tuple[Pairs, int]:
    """Seekers, givers and scores of pairs below the staircase that are worth more than is wanted.

    And how many were scored.
    """
    order, steps = stair
    seekers = np.argsort(-steps, kind="stable")[: np.count_nonzero(steps)]
    parts: list[Pairs] = [(seekers[:0], order[:0], prices[:0])]
    most = int(steps.max(initial=0))
    among = _passes.columns(given.factors, order[:most])
    room = np.empty(max(_passes.CELLS, most), dtype=np.float32)
    least = np.minimum(prices, EXACT_PRODUCTS).astype(np.float32)
    first, scored = 0, 0
    while first < len(seekers):
        between(first / len(seekers))
        many = int(steps[seekers[first]])
        rows = seekers[first : first + _passes.height(many)]
        block = _passes.score_block(given.factors, rows, among, many, room)
        at, column = _nearly(block, least[among.givers[:many]], wanted[rows])
        parts.append((rows[at], among.givers[column], block[at, column].astype(np.int64)))
        first, scored = first + len(rows), scored + block.size
    found = tuple(np.concatenate(each) for each in zip(*parts, strict=True))
    more = found[2] > wanted[found[0]] + prices[found[1]]
    return (found[0][more], found[1][more], found[2][more]), scored


def _nearly(block: Floats, prices: Floats, wanted: Ints) -> tuple[Ints, Ints]:
    """Where a block has what is worth as much as wanted, or nearly: all that is, as far as float32 tells."""
    cuts = (wanted - ROUNDED).astype(np.float32)
    strides = min(STRIDES, block.shape[1])
    parts: dict[int, Places] = {}

    def look(first: int, last: int) -> None:
        room = FEW * (last - first)
        while True:
            found = np.empty((room, 2), dtype=np.int32)
            many = worth_more(block[first:last], prices, cuts[first:last], strides, found)
            if many <= room:
                break
            room = many
        found[:many, 0] += first
        parts[first] = found[:many]

    _passes.share(look, len(block))
    places = np.concatenate([parts[first] for first in sorted(parts)])
    return places[:, 0], places[:, 1]


@compiled
def worth_more(block: Floats, prices: Floats, cuts: Floats, strides: int, found: Places) -> int:
    """Rows and columns of what is worth at least the row's cut, as far as there is room; returns how many."""
    highest, columns = np.zeros(strides, dtype=np.float32), np.zeros(block.shape[1], dtype=np.int64)
    total = 0
    for at in range(len(block)):
        heights(block[at], prices, highest)
        many = read(block[at], prices, highest, cuts[at], columns)
        if total + many <= len(found):
            found[total : total + many, 0] = at
            found[total : total + many, 1] = columns[:many]
        total += many
    return total
