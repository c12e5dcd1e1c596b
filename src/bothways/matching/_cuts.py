"""Which pairs that stand on no list could still be wanted, at new prices: few, and these are scored.

A pair off the lists is worth at most what the list was cut at, plus what has become cheaper since. So seekers
whose least surplus is far above their cut need not look at anybody again, others at those givers alone whose
price fell most: with both in order, what is to be scored lies below a staircase.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bothways.matching import _passes
from bothways.matching._candidates import Shortlists
from bothways.matching._factors import Factored
from bothways.matching._problem import Ints
from bothways.matching._progress import Between

Pairs = tuple[Ints, Ints, Ints]  # seekers, givers, scores


class Looked(NamedTuple):
    """The lists made longer; whether somebody new is better than what a seeker had; how many were scored."""

    lists: Shortlists
    better: bool
    scored: int


def look_again(
    given: Factored, lists: Shortlists, prices: Ints, kept: Ints, *, margin: int, between: Between
) -> Looked:
    """Score whatever could be worth more than `kept` (n,), less a margin, at `prices` (m,).

    What is worth that is put on the lists, also what only comes near, so that this need be done less often.
    """
    fallen = lists.at - prices
    order = np.argsort(-fallen, kind="stable")
    order = order[given.capacities[order] > 0]
    steps = _steps(lists.cuts, fallen[order], kept - margin)
    steps[given.demands == 0] = 0
    found, scored = _above(given, order, steps, prices, kept - margin, between=between)
    new = off_lists(lists, found)
    better = new[2] - prices[new[1]] > kept[new[0]]
    return Looked(longer(lists, new), bool(better.any()), scored)


def _steps(cuts: Ints, fallen: Ints, wanted: Ints) -> Ints:
    """How many givers (n,), of those whose price fell most, each seeker has to look at."""
    return len(fallen) - np.searchsorted(fallen[::-1], wanted - cuts, side="right")


def _above(
    given: Factored, order: Ints, steps: Ints, prices: Ints, wanted: Ints, *, between: Between
) -> tuple[Pairs, int]:
    """Seekers, givers and scores of pairs below the staircase that are worth more than is wanted."""
    seekers = np.argsort(-steps, kind="stable")[: np.count_nonzero(steps)]
    parts: list[Pairs] = [(seekers[:0], order[:0], prices[:0])]
    most = int(steps.max(initial=0))
    among = _passes.columns(given.factors, order[:most])
    room = np.empty(max(_passes.CELLS, most), dtype=np.float32)
    first, scored = 0, 0
    while first < len(seekers):
        between(first / len(seekers))
        many = int(steps[seekers[first]])
        rows = seekers[first : first + _passes.height(many)]
        block = _passes.score_block(given.factors, rows, among, many, room)
        at, column = np.nonzero(block > (wanted[rows, None] + prices[among.givers[:many]]))
        parts.append((rows[at], among.givers[column], block[at, column].astype(np.int64)))
        first, scored = first + len(rows), scored + block.size
    found = tuple(np.concatenate(each) for each in zip(*parts, strict=True))
    return (found[0], found[1], found[2]), scored


def off_lists(lists: Shortlists, found: Pairs) -> Pairs:
    """Those of the pairs, seekers, givers and scores, that stand on no list; in order, each once."""
    m = len(lists.at)
    keys = lists.keys
    wanted, first = np.unique(found[0] * m + found[1], return_index=True)
    new = np.append(keys, -1)[np.searchsorted(keys, wanted)] != wanted
    return wanted[new] // m, wanted[new] % m, found[2][first[new]]


def longer(lists: Shortlists, new: Pairs) -> Shortlists:
    """Shortlists with these pairs, which stood on none."""
    n, m = len(lists.cuts), len(lists.at)
    more = new[0] * m + new[1]
    places = np.searchsorted(lists.keys, more)
    keys = np.insert(lists.keys, places, more)
    start = np.searchsorted(keys, np.arange(n + 1) * m)
    return replace(lists, start=start, givers=keys % m, scores=np.insert(lists.scores, places, new[2]))


def without(lists: Shortlists, pairs: Ints) -> Shortlists:
    """Lists without these pairs (k, 2), which stand on them."""
    which = np.ones(len(lists.givers), dtype=np.bool_)
    which[np.searchsorted(lists.keys, pairs @ [len(lists.at), 1])] = False
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(which)])[lists.start]
    return replace(lists, start=start, givers=lists.givers[which], scores=lists.scores[which])
