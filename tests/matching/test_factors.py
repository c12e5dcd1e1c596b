"""Markets whose scores are never written out: the same best round as by the table, proven."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from bothways.matching import (
    Assignment,
    Factors,
    _assign,
    _bad,
    _bidding,
    _candidates,
    _compiled,
    _factors,
    _on_lists,
    _passes,
    _problem,
    _products,
    assign,
    verify,
)
from bothways.matching._bad import BadProblem
from bothways.matching._problem import Objective
from tests.matching.markets import Given, given, random_factors
from tests.matching.oracles import SERVED, by_ortools, by_scipy

CASES = 200
PARTS = 4
FAIREST: Objective = "served_then_fairest_then_total"


def solved(market: Given, factors: Factors, objective: Objective) -> Assignment:
    found = assign(factors, market.capacities, market.demands, objective=objective)
    assert found.gap == 0, (market.name, objective)
    checked = verify(factors, market.capacities, found.certificate, market.demands)
    assert checked.ok, (market.name, objective, checked.why)
    return found


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize("part", range(PARTS))
def test_random_markets(part: int) -> None:
    for number in range(part, CASES, PARTS):
        factors = random_factors(number)
        market = given(number, factors)
        assert solved(market, factors, "total").total == by_scipy(market, bonus=0), number
        full = solved(market, factors, "served_then_total")
        assert full.total + SERVED * full.served == by_ortools(market, bonus=SERVED), number


def test_what_is_small_is_written_out_for_every_objective() -> None:
    for number in range(20):
        factors = random_factors(number)
        market = given(number, factors)
        for objective in ("total", "served_then_total", FAIREST):
            assert objective in _problem.OBJECTIVES
            table = assign(
                market.scores,
                market.capacities,
                market.demands,
                excluded=market.excluded,
                objective=objective,
            )
            found = solved(market, factors, objective)
            assert (found.total, found.pairs.tolist()) == (table.total, table.pairs.tolist()), number


def test_where_places_are_too_few_one_auction_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices of a sample, which do not know what serving is worth, would lead to bids without end."""
    monkeypatch.setattr(_assign, "MOST_WRITTEN", -1)
    monkeypatch.setattr(_candidates, "SHORTEST", 8)
    monkeypatch.setattr(_candidates, "ROOM", 16)
    auctions: list[int] = []
    begun = _bidding.begun
    dice = np.random.default_rng(7)
    mine, theirs = (dice.integers(0, 900, (many, 8)).astype(np.float32) for many in (300, 100))

    def seen(*given: Any, **how: Any) -> Any:
        auctions.append(how["scale"])
        return begun(*given, **how)

    monkeypatch.setattr(_bidding, "begun", seen)
    found = assign(Factors(mine, theirs), 2)
    assert (found.served, found.gap) == (200, 0)
    assert len(auctions) == _candidates.ROUNDS + 1


@pytest.mark.usefixtures("_tiny")
def test_the_last_steps_of_an_auction_begin_on_lists_that_were_looked_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first auction that is proven goes on with one that was looked at half-way."""
    begun: list[bool] = []
    solved = _on_lists.solved

    def seen(*given: Any, begin: Any, **how: Any) -> Any:
        begun.append(begin.now is not None)
        return solved(*given, begin=begin, **how)

    monkeypatch.setattr(_on_lists, "solved", seen)
    factors = random_factors(1, 60, 20)
    for room in (2, 3):
        begun.clear()
        assert assign(factors, room).gap == 0
        assert begun[0], "it did not begin with nothing"


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize("patience", [0, _bidding.PATIENCE])
def test_bids_that_come_to_no_end_are_left_to_paths(patience: int, monkeypatch: pytest.MonkeyPatch) -> None:
    factors = random_factors(1, 60, 20)
    market = replace(given(1, factors), demands=np.ones(60, dtype=np.int64))
    monkeypatch.setattr(_bidding, "PATIENCE", patience)
    assert solved(market, factors, "total").total == by_scipy(market, bonus=0)


@pytest.mark.parametrize("cores", [1, 2, 3])
def test_passes_score_as_the_plain_words_do(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many cores share them, and whichever givers are asked for."""
    monkeypatch.setattr(_passes, "CORES", cores)
    dice = np.random.default_rng(7)
    for number in range(12):
        factors = random_factors(number, 9, 8)
        scores, allowed = factors.block(slice(0, 9))
        rows, givers = dice.permutation(9)[:5], dice.permutation(8)[:6]
        room = np.empty(100, dtype=np.float32)
        block = _passes.score_block(factors, rows, _passes.columns(factors, givers), 4, room)
        wanted = np.where(allowed, scores, -np.inf)[rows][:, givers[:4]]
        assert (block == wanted).all()
        pairs = np.argwhere(np.ones((9, 8), dtype=np.bool_))
        of_pairs, may = factors.of_pairs(pairs)
        assert (of_pairs == scores.ravel()).all()
        assert (may == allowed.ravel()).all()
        turned, also = factors.turned().block(slice(0, 8))
        assert (turned == scores.T).all()
        assert (also == allowed.T).all()


@pytest.mark.parametrize("tile", [1, 3, 100])
@pytest.mark.parametrize("number", [0, 1, 4, 7, 9])
def test_where_most_features_are_nought_the_others_are_multiplied(number: int, tile: int) -> None:
    """`number` features of each, of twelve; whichever seekers are asked for, and some of the givers."""
    dice = np.random.default_rng(number)
    seekers, givers = dice.integers(-9, 10, (7, 12)), dice.integers(-9, 10, (8, 12)).astype(np.float32)
    for row in seekers:
        row[dice.permutation(12)[number:]] = 0
    rows, block = np.array([6, 0, 3]), np.full((3, 5), np.nan, dtype=np.float32)
    _products.of_sparse(block, seekers.astype(np.float32), rows, np.ascontiguousarray(givers.T), tile)
    assert (block == (seekers @ givers.T)[rows, :5]).all()


def test_features_are_taken_for_few_where_that_is_quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    one = np.eye(8, dtype=np.float32)
    assert Factors(one, one).sparse
    assert not Factors(one[:7, :7], one[:7, :7]).sparse
    monkeypatch.setattr(_factors, "MOST_TURNED", 63)
    assert not Factors(one, one).sparse


def test_a_few_rows_or_pairs_at_a_time_score_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    factors = random_factors(1, 9, 8)
    scores, allowed = factors.block(slice(0, 9))
    pairs = np.random.default_rng(1).permutation(np.argwhere(allowed | True))
    for at_once in (1, 16, 20, 1000):
        monkeypatch.setattr(_factors, "PAIRS_AT_ONCE", at_once)
        blocks = [factors.block(rows) for rows in factors.blocks()]
        assert len(blocks) == -(-9 // max(at_once // 8, 1))
        assert (np.concatenate([each for each, _ in blocks]) == scores).all()
        assert (np.concatenate([each for _, each in blocks]) == allowed).all()
        assert (factors.of_pairs(pairs)[0] == scores[pairs[:, 0], pairs[:, 1]]).all()


@pytest.mark.usefixtures("_tiny")
def test_the_same_factors_give_the_same_bytes_however_many_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    factors, texts = random_factors(2, 80, 30), set()
    for cores in (1, 2, 5):
        monkeypatch.setattr(_passes, "CORES", cores)
        texts.add(assign(factors, 3).certificate.to_json())
    assert len(texts) == 1


@pytest.mark.usefixtures("_tiny")
def test_it_says_how_far_it_is_and_can_be_stopped() -> None:
    seen: list[float] = []
    assign(random_factors(2, 80, 30), 3, between=seen.append)
    assert len(seen) > 10
    assert all(0 <= done <= 1 for done in seen)

    def stop(done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assign(random_factors(2, 80, 30), 3, between=stop)


def test_a_changed_factor_rule_or_pair_is_refused() -> None:
    factors = random_factors(1, 12, 8)
    made = assign(factors, 2).certificate
    others = [
        replace(factors, seekers=factors.seekers + np.float32(1)),
        replace(factors, apart=np.array([[0, 1]])),
        replace(factors, groups=()),
        replace(factors, tables=()),
        replace(factors, alike=()),
        replace(factors, counted=tuple((a, b, most, each + 1) for a, b, most, each in factors.counted)),
        replace(factors, counted=tuple((a, b, most + 1, each) for a, b, most, each in factors.counted)),
        replace(factors, alike=tuple((a, b, same, other + 1) for a, b, same, other in factors.alike)),
    ]
    for other in others:
        assert verify(other, 2, made).why == "The certificate is about another problem."
    first = made.pairs[0]
    kept_apart = replace(factors, apart=first[None])
    about = assign(kept_apart, 2).certificate
    assert first.tolist() not in about.pairs.tolist()
    swapped = about.pairs.copy()
    swapped[0] = first
    assert verify(kept_apart, 2, replace(about, pairs=swapped)).why == "A pair is made that may not be."


def test_every_kind_of_factor_is_named_where_changes_and_digests_look_for_it() -> None:
    """Or somebody could change in it, and be taken for who they were."""
    assert {each.name for each in fields(Factors)} == {"seekers", "givers", "apart", *_factors.KINDS}


ONE: Any = np.ones((3, 2), dtype=np.float32)
HALF: Any = 1.5
NO_ARRAY: Any = [[0, 0]]
KIND: Any = np.zeros(3, dtype=np.int64)
BITS: Any = np.ones((3, 1), dtype=np.uint64)
TOO_FEW: Any = ((KIND, KIND),)
BAD: dict[str, Callable[[], object]] = {
    "must be float32": lambda: Factors(ONE.astype(np.float64), ONE),
    "float32 with two": lambda: Factors(ONE[0], ONE),
    "do not meet": lambda: Factors(ONE, ONE[:, :1]),
    "must be whole numbers": lambda: Factors(ONE / 2, ONE),
    "must be whole numbers; ": lambda: Factors(ONE * np.nan, ONE),
    "exact range of": lambda: Factors(ONE * 3000, ONE * 4000),
    "must be uint64": lambda: Factors(ONE, ONE, shared=((KIND, KIND),)),
    "must be for 3": lambda: Factors(ONE, ONE, groups=((KIND, KIND[:2]),)),
    "of the same width": lambda: Factors(ONE, ONE, shared=((BITS, np.ones((3, 2), dtype=np.uint64)),)),
    "int64 points": lambda: Factors(ONE, ONE, tables=((KIND, KIND, BITS),)),
    "beyond the 1": lambda: Factors(ONE, ONE, tables=((KIND, KIND + 1, KIND[:1, None]),)),
    "whole numbers beside its arrays, not 1.5": lambda: Factors(ONE, ONE, alike=((KIND, KIND, HALF, 1),)),
    "counted must have whole numbers": lambda: Factors(ONE, ONE, counted=((BITS, BITS, 1, HALF),)),
    "counted must not count less": lambda: Factors(ONE, ONE, counted=((BITS, BITS, -1, 1),)),
    "counted must be uint64": lambda: Factors(ONE, ONE, counted=((KIND, KIND, 1, 1),)),
    "alike must be for 3": lambda: Factors(ONE, ONE, alike=((KIND[:2], KIND, 1, 1),)),
    "range of 2.24: .-20971520, 2": lambda: Factors(
        ONE, ONE, counted=((BITS * (2**20 - 1), BITS * (2**20 - 1), 20, -(2**20)),)
    ),
    "between -2.53 and 2.53": lambda: Factors(ONE, ONE, counted=((BITS, BITS, 0, 10**60),)),
    "seekers must be a NumPy array, not a list": lambda: Factors(NO_ARRAY, ONE),
    "givers must be a NumPy array, not a MaskedArray": lambda: Factors(ONE, np.ma.masked_equal(ONE, 1)),
    "groups must be a NumPy array": lambda: Factors(ONE, ONE, groups=((KIND, NO_ARRAY),)),
    "tables must be a NumPy array": lambda: Factors(ONE, ONE, tables=((KIND, KIND, NO_ARRAY),)),
    "apart must be a NumPy array": lambda: Factors(ONE, ONE, apart=NO_ARRAY),
    "alike must be a tuple of 4": lambda: Factors(ONE, ONE, alike=TOO_FEW),
    "int64 pairs": lambda: Factors(ONE, ONE, apart=KIND),
    "who is not there": lambda: Factors(ONE, ONE, apart=np.array([[3, 0]])),
    "names somebody": lambda: Factors(ONE, ONE).without(np.array([[0, 3]])),
    "instead of naming all pairs": lambda: assign(
        Factors(ONE, ONE), 1, excluded=np.zeros((3, 3), dtype=np.bool_)
    ),
    "must not be negative": lambda: assign(Factors(ONE, ONE), -1),
}


@pytest.mark.parametrize("why", BAD)
def test_what_is_no_market_is_refused_by_name(why: str) -> None:
    with pytest.raises(BadProblem, match=why):
        BAD[why]()


def test_what_is_too_large_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_problem, "MOST_PAIRS", 8)
    monkeypatch.setattr(_assign, "MOST_WRITTEN", 8)
    with pytest.raises(_bad.TooLarge, match=f"{FAIREST} is there for up to 8 pairs"):
        assign(Factors(ONE, ONE), 1, objective=FAIREST)
    monkeypatch.setattr(_compiled, "AVAILABLE", False)
    with pytest.raises(_bad.TooLarge, match=r"bothways\[scale\]"):
        assign(Factors(ONE, ONE), 1)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_empty_sides(shape: tuple[int, int]) -> None:
    factors = Factors(ONE[: shape[0]], ONE[: shape[1]])
    found = assign(factors, 1)
    assert (found.pairs.tolist(), found.gap) == ([], 0)
    assert verify(factors, 1, found.certificate).ok
