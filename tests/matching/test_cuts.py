"""What is looked at again: of a row that has very many of them the best, and nothing else exceeds those."""

from typing import Any

import numpy as np
import pytest

from bothways.matching import Factors, _cuts, assign, verify
from bothways.matching._candidates import begins
from bothways.matching._factored import factored
from bothways.matching._problem import Ints
from bothways.matching._progress import silent
from tests.matching.markets import random_factors

N, M = 40, 30


def looked(factors: Factors, prices: Ints, wanted: Ints) -> _cuts.Above:
    stair = _cuts.Stair(np.arange(M)[::-1].copy(), np.full(N, M))
    return _cuts.above(factored(factors, 1, 1), stair, prices, wanted, between=silent)


@pytest.mark.parametrize("many", [1, 2, 5, 100])
@pytest.mark.parametrize("number", range(6))
def test_the_best_of_each_row_and_what_nothing_else_exceeds(
    number: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_cuts, "MANY", many)
    factors, dice = random_factors(number, N, M), np.random.default_rng(number)
    prices, wanted = dice.integers(0, 20, M), dice.integers(-30, 30, N)
    scores, allowed = factors.block(slice(0, N))
    worth = np.where(allowed, scores - prices, -(2**40))
    seekers, givers, found = looked(factors, prices, wanted).pairs
    assert (found == scores[seekers, givers]).all()
    assert (worth[seekers, givers] > wanted[seekers]).all()
    most = looked(factors, prices, wanted).most
    for i in range(N):
        there = seekers == i
        assert there.sum() == min((worth[i] > wanted[i]).sum(), max(many, 2))
        left = np.delete(worth[i], givers[there])
        assert most[i] >= max(left.max(initial=-(2**40)), wanted[i])
        assert most[i] == wanted[i] or most[i] == worth[i, givers[there]].min()


def test_where_all_are_worth_the_same_each_looks_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or all would stand on the lists of all, or the same few on each."""
    monkeypatch.setattr(_cuts, "MANY", 3)
    nothing: Any = np.zeros((N, 1), dtype=np.float32)
    found = looked(Factors(nothing, nothing[:M]), np.zeros(M, dtype=np.int64), np.full(N, -1)).pairs
    assert (np.bincount(found[0]) == 3).all()
    assert (np.bincount(found[1], minlength=M) >= 2).all()


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize(("n", "m", "room"), [(60, 60, 1), (60, 20, 3), (60, 25, 2), (30, 60, 1)])
def test_markets_in_which_all_score_the_same_are_solved_too(n: int, m: int, room: int) -> None:
    nothing: Any = np.zeros((n, 1), dtype=np.float32)
    factors = Factors(
        nothing, np.zeros((m, 1), dtype=np.float32), apart=np.array([[i, i] for i in range(min(n, m))])
    )
    found = assign(factors, room)
    assert (found.served, found.gap) == (min(n, m * room), 0)
    assert verify(factors, room, found.certificate).ok


def test_where_each_looks_first_is_spread_evenly() -> None:
    assert begins(np.arange(6), 6, 12).tolist() == [0, 2, 4, 6, 8, 10]
    assert begins(np.arange(6), 6, 3).tolist() == [0, 0, 1, 1, 2, 2]
