"""Lists: rank by rank the best round of what is left, everybody seen as often as there is room."""

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from bothways.matching import Factors, Lists, _assign, _bad, _candidates, _passes, _problem, assign, lists
from tests.matching.markets import random_factors

LENGTH = 3


def one_by_one(factors: Factors, room: Any) -> list[tuple[int, int]]:
    """How many are shown somebody at each rank, and their total, by rounds of the table."""
    scores, allowed = factors.block(slice(0, factors.shape[0]))
    ranks = []
    for _ in range(LENGTH):
        found = assign(scores, room, excluded=~allowed)
        allowed[found.pairs[:, 0], found.pairs[:, 1]] = False
        ranks.append((found.served, found.total))
    return ranks


def is_in_order(made: Lists, factors: Factors, room: Any) -> None:
    n, m = factors.shape
    _scores, allowed = factors.block(slice(0, n))
    assert made.gap == 0
    for rank in range(LENGTH):
        shown = made.givers[:, rank]
        assert (np.bincount(shown[shown >= 0], minlength=m) <= room).all()
        assert allowed[np.flatnonzero(shown >= 0), shown[shown >= 0]].all()
    for row in made.givers:
        assert len(set(row[row >= 0])) == (row >= 0).sum()
    assert made.shown.sum() == (made.givers >= 0).sum()


def test_each_rank_is_the_best_of_what_is_left() -> None:
    for number in range(20):
        factors = random_factors(number)
        room = np.random.default_rng(number).integers(0, 3, factors.shape[1])
        made = lists(factors, room, LENGTH)
        is_in_order(made, factors, room)
        first = one_by_one(factors, room)[0]
        assert (int((made.givers[:, 0] >= 0).sum()), int(made.totals[0])) == first


def test_large_ones_are_made_of_one_shortlist(monkeypatch: pytest.MonkeyPatch) -> None:
    """Continuous scores, so that there is one best round at each rank."""
    monkeypatch.setattr(_assign, "MOST_WRITTEN", -1)
    monkeypatch.setattr(_passes, "CELLS", 64)
    for name, value in (("SHORTEST", 4), ("ROOM", 6), ("STRIDES", 8), ("SAMPLED", 3)):
        monkeypatch.setattr(_candidates, name, value)
    dice = np.random.default_rng(3)
    for rooms in (1, 2):
        n = 40
        seekers, givers = (dice.integers(-900, 900, (k, 5)).astype(np.float32) for k in (n, n // rooms))
        factors = Factors(seekers, givers)
        made = lists(factors, rooms, LENGTH)
        is_in_order(made, factors, np.full(n // rooms, rooms))
        assert (made.givers >= 0).all()
        assert (made.shown == rooms * LENGTH).all()
        assert made.totals.tolist() == [total for _, total in one_by_one(factors, rooms)]


def test_of_a_list_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = csr_array(np.arange(1, 13).reshape(4, 3))
    table = lists(scores, 2, LENGTH)
    monkeypatch.setattr(_problem, "MOST_PAIRS", 0)
    made = lists(scores, 2, LENGTH)
    assert (made.totals.tolist(), made.gap) == (table.totals.tolist(), 0)


def test_where_nobody_is_left_there_is_a_hole() -> None:
    made = lists(np.array([[3, 2], [4, 1]]), 1, 3)
    assert made.givers.tolist() == [[1, 0, -1], [0, 1, -1]]
    assert (made.totals.tolist(), made.shown.tolist()) == ([6, 4, 0], [2, 2])
    assert lists(np.array([[3, 2]]), 1, 0).givers.shape == (1, 0)


def test_a_length_below_nought_is_refused_and_it_can_be_stopped() -> None:
    with pytest.raises(_bad.Negative, match="length"):
        lists(np.array([[3, 2]]), 1, -1)
    seen: list[float] = []
    lists(np.array([[3, 2]]), 1, 2, between=seen.append)
    assert seen
    assert all(0 <= done <= 1 for done in seen)
    assert max(seen) >= 0.5
    half: Any = 1.5
    with pytest.raises(_bad.NotWhole, match="length must be a whole number, not"):
        lists(np.ones((2, 2), dtype=np.int64), 1, half)

    def stop(done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lists(np.array([[3, 2]]), 1, 2, between=stop)
