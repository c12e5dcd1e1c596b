"""Lists in which nobody is swamped and nobody unseen: rank by rank, the best round of all that is left.

Whom each seeker sees at one rank is an assignment, so every giver is seen there as often as they have room
for and no more. And whoever sees somebody is seen by them at the same rank. Source: nested assignments as in
Tomita and Yokoyama's iterated linear programme, here exact and of any size that `assign` solves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from bothways.matching import _assign, _compiled, _large
from bothways.matching._bad import Negative, NotWhole
from bothways.matching._factored import Factored
from bothways.matching._listed import AnyProblem, Listed, Written, checked
from bothways.matching._problem import NOBODY, Ints
from bothways.matching._progress import Between, silent


@dataclass(frozen=True)
class Lists:
    """Whom each seeker is shown.

    `givers` is (n, length): the giver at each rank, -1 where nobody is left for whom there is room. `totals`
    (length,): the sum of scores at each rank. `shown` (m,): on how many lists each giver stands. `gap`: what
    the proofs of all ranks leave open together; nought is proven best, rank by rank.
    """

    givers: Ints
    totals: Ints
    shown: Ints
    gap: int


def lists(
    scores: Any,
    capacities: Any,
    length: int,
    *,
    excluded: Any = None,
    between: Between = silent,
) -> Lists:
    """Lists of `length` for n seekers of m givers, each shown `capacities` times at each rank at most.

    For `scores`, `excluded`, `between` and what is raised see `assign`. At each rank as many are shown
    somebody as can be, then with the highest sum of scores, among pairs of no earlier rank.
    """
    if not isinstance(length, int | np.integer):
        raise NotWhole(f"length must be a whole number, not {length!r}.")
    if length < 0:
        raise Negative(f"length must not be negative; it is {length}.")
    given = checked(scores, capacities, 1, excluded, large=_compiled.AVAILABLE)
    n, m = given.shape
    givers, totals, gap = np.full((n, length), NOBODY), np.zeros(length, dtype=np.int64), 0
    rank = 0

    def beat(done: float) -> None:
        between((rank + done) / length)

    for found in islice(_rounds(given, beat), length):
        givers[found.pairs[:, 0], rank] = found.pairs[:, 1]
        totals[rank] = found.total
        gap += found.bound - found.total - given.bonus * len(found.pairs)
        rank += 1
    return Lists(givers, totals, np.bincount(givers[givers != NOBODY], minlength=m), gap)


def _rounds(given: AnyProblem, between: Between) -> Iterator[_assign.Solved]:
    """The best pairs, then the best of those left, without end."""
    left = _assign.as_solved(given, "served_then_total")
    if isinstance(left, Factored):
        return map(_assign.of_large, _large.rounds(left, given.bonus, between))
    return _written_out(left, given.bonus, between)


def _written_out(left: Written, bonus: int, between: Between) -> Iterator[_assign.Solved]:
    while True:
        solved = _assign.found(left, None, bonus, between)
        yield solved
        left = _without(left, solved.pairs)


def _without(given: Written, pairs: Ints) -> Written:
    if isinstance(given, Listed):
        kept = np.ones(len(given.givers), dtype=np.bool_)
        kept[given.places(pairs)] = False
        return given.only(kept)
    allowed = given.allowed.copy()
    allowed[pairs[:, 0], pairs[:, 1]] = False
    return replace(given, allowed=allowed)
