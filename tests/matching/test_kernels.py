"""What kernels do where a whole round never leads them, and without numba."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bothways.matching import (
    Factors,
    _bidding,
    _candidates,
    _compiled,
    _dense,
    _listed_prices,
    _on_lists,
    _prices,
    _settle,
    _shortlists,
)
from bothways.matching._factored import factored
from bothways.matching._listed import Listed, of_table
from bothways.matching._problem import NOBODY, Bools, Ints, problem
from bothways.matching._progress import silent
from tests.matching.markets import random_factors

ONE = np.ones(2, dtype=np.int64)
SLOWLY = np.array([[100, 101], [101, 100]])  # better the other way round, by a little: prices rise by ones
HERE = np.array([[True, False], [False, True]])


def double(number: int) -> int:
    return 2 * number


def test_without_numba_a_kernel_is_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compiled, "AVAILABLE", False)
    assert _compiled.compiled(double) is double


def test_where_nothing_can_be_kept_a_kernel_is_compiled_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    asked = []

    def njit(**how: Any) -> Any:
        asked.append(how)
        if "cache" in how:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda kernel: kernel

    monkeypatch.setattr(numba, "njit", njit)
    assert _compiled.compiled(double)(21) == 42
    assert asked == [{"cache": True, "nogil": True}, {"nogil": True}]


def test_what_was_compiled_before_the_newest_source_is_forgotten(tmp_path: Path) -> None:
    """Kernels use those of other files, which numba does not look at."""
    kept = tmp_path / "__pycache__"
    kept.mkdir()
    ages = {"_one.py": 50, "_two.py": 70, "__pycache__/_one.nbi": 60, "__pycache__/_one.1.nbc": 60}
    ages |= {"__pycache__/_two.nbi": 80, "__pycache__/_two.pyc": 10}
    for name, at in ages.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (at, at))
    _compiled.forget_older(tmp_path)
    assert {path.name for path in kept.iterdir()} == {"_two.nbi", "_two.pyc"}
    _compiled.forget_older(tmp_path / "nothing there")


def as_listed(values: Ints) -> Listed:
    return of_table(problem(values, ONE, ONE, None))


def of_list(values: Ints, chosen: Bools) -> Ints:
    return _listed_prices.settle(as_listed(values), 0, chosen.ravel())


def of_table_compiled(values: Ints, chosen: Bools) -> Ints:
    return _settle.settle(values, chosen, ONE, ONE)


def of_table_plainly(values: Ints, chosen: Bools) -> Ints:
    return _prices.settle(values, chosen, ONE, ONE)


@pytest.mark.parametrize("settle", [of_list, of_table_compiled, of_table_plainly])
def test_prices_that_would_rise_for_ever_are_none(settle: Any) -> None:
    with pytest.raises(_prices.NotBest):
        settle(SLOWLY, HERE)
    assert settle(SLOWLY, ~HERE).tolist() == [0, 0]


@pytest.mark.parametrize("settle", [of_list, of_table_compiled, of_table_plainly])
def test_whom_somebody_would_rather_have_is_not_left_free(settle: Any) -> None:
    with pytest.raises(_prices.NotBest):
        settle(np.array([[5, 9], [6, 7]]), np.array([[True, False], [False, False]]))


@pytest.mark.parametrize("settle", [of_list, of_table_compiled, of_table_plainly])
def test_what_costs_more_than_it_brings_is_not_kept(settle: Any) -> None:
    with pytest.raises(_prices.NotBest):
        settle(np.array([[-5, -9], [-6, -7]]), np.array([[True, False], [False, False]]))


def test_where_all_givers_were_passed_none_is_nearest() -> None:
    far, none = np.full(3, _dense.FAR), np.zeros(3, dtype=np.int64)
    search = _dense.Search(far.copy(), far.copy(), none, none, none, none, none)
    assert _dense.nearest(search, none) == NOBODY
    search.to_givers[1] = 7
    assert _dense.nearest(search, none) == 1
    search.passed[1] = _dense.FAR
    assert _dense.nearest(search, none) == NOBODY


def test_of_those_who_are_as_near_it_is_one_with_room() -> None:
    near, none = np.array([7, 7, 9, 7]), np.zeros(4, dtype=np.int64)
    search = _dense.Search(near, near, none, none, none, none, none)
    assert _dense.nearest(search, none) == 0
    assert _dense.nearest(search, np.array([0, 0, 1, 1])) == 3


def test_a_place_in_the_middle_of_a_givers_is_given_up() -> None:
    """Places 2, 1, 0 are taken with giver 0, the last one first; the one in the middle goes."""
    worth, seekers = np.array([[5], [6], [7]]), np.arange(3)
    nobody = np.full(3, NOBODY)
    now = _dense.Growing(
        values=worth.copy(),
        spare=np.array([3]),
        prices=np.zeros(1, dtype=np.int64),
        gains=np.zeros(3, dtype=np.int64),
        head=np.array([NOBODY]),
        first=np.arange(4),
        seeker=seekers,
        giver=nobody.copy(),
        worth=np.zeros(3, dtype=np.int64),
        follows=nobody.copy(),
    )
    for place in range(3):
        _dense.take(now, place, 0)
    _dense.give_up(now, 1)
    assert (now.head[0], now.follows[2], now.follows[0]) == (2, 0, NOBODY)
    assert now.values[1, 0] == 6
    _dense.give_up(now, 2)
    assert now.head[0] == 0


def test_whoever_has_no_room_takes_no_bid(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bid for a place that is not there would be written over another's."""
    bids = []
    begun = _bidding.begun

    def seen(lists: Any, *rest: Any, **how: Any) -> Any:
        bids.append(lists[1].tolist())
        return begun(lists, *rest, **how)

    monkeypatch.setattr(_bidding, "begun", seen)
    scores = np.array([[9, 1, 5], [8, 2, 5]])
    table = of_table(problem(scores, np.array([0, 1, 1]), ONE, None))
    found = by_bids(table, np.array([2**25, 0, 0]), table.bonus, 1)
    assert bids == [[1, 2, 1, 2]]
    assert found is not None
    assert found.pairs[:, 1].tolist() in ([1, 2], [2, 1])
    closed = of_table(problem(scores, np.zeros(3, dtype=np.int64), ONE, None))
    nothing = by_bids(closed, np.full(3, 2**25), 0, 449)
    assert nothing is not None
    assert not len(nothing.pairs)


def by_bids(table: Listed, at: Ints, bonus: int, coarse: int) -> _on_lists.Proven | None:
    begun = next(_on_lists._auctions(table, bonus, _on_lists.Begin(at, coarse)))
    return _on_lists._by_bids(table, bonus, begun, silent)


@pytest.mark.parametrize("last", [1, 4, 32])
def test_an_auction_half_way_is_near_to_the_best(last: int) -> None:
    """Bidders are content to within a step, so the bound is within a step of each from the best."""
    for number in range(40):
        factors = random_factors(number, 30, 12)
        given = factored(factors, 2, 1)
        short = _candidates.listed(given, np.arange(30), np.zeros(12, dtype=np.int64), silent)
        begin = _on_lists.Begin(short.cut.prices, 64)  # too small: it begins anew
        solved, _ = _on_lists.solved(given, short, given.bonus, begin=begin, between=silent)
        rough = _on_lists.roughly(given, short, given.bonus, begin=begin, last=last, between=silent)
        assert rough is not None
        bound = int((given.capacities * rough.prices).sum() + rough.kept.sum())
        assert abs(bound - solved.bound) <= (30 + 24) * (last + 1), number


def test_half_way_there_is_nothing_where_bids_have_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    given = factored(random_factors(1, 30, 12), 2, 1)
    short = _candidates.listed(given, np.arange(30), np.zeros(12, dtype=np.int64), silent)
    begin = _on_lists.Begin(short.cut.prices, 64)
    monkeypatch.setattr(_bidding, "PATIENCE", 0)
    assert _on_lists.roughly(given, short, given.bonus, begin=begin, last=4, between=silent) is None
    many = replace(given, demands=given.demands + 1)
    assert _on_lists.roughly(many, short, many.bonus, begin=begin, last=4, between=silent) is None


def test_prices_that_prove_too_little_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    short = _shortlists.Shortlists(
        start=np.array([0, 2, 4]),
        givers=np.array([0, 1, 0, 1]),
        scores=np.array([9, 1, 8, 2]),
        cut=_shortlists.Cut(np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64)),
    )
    given = factored(Factors(np.zeros((2, 1), np.float32), np.zeros((2, 1), np.float32)), [2, 2], ONE)
    begin = _on_lists.Begin(short.cut.prices, 1)
    solved, auction = _on_lists.solved(given, short, 100, begin=begin, between=silent)
    assert solved.pairs.tolist() == [[0, 0], [1, 0]]
    assert auction is None
    monkeypatch.setattr(_listed_prices, "settle", lambda given, bonus, chosen: np.full(2, 1, dtype=np.int64))
    with pytest.raises(_prices.NotBest):
        _on_lists.solved(given, short, 100, begin=begin, between=silent)
