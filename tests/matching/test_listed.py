"""Markets of which only the pairs that may be made are listed: solved without a table, and proven."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array

from bothways.matching import Assignment, _auction, _bad, _compiled, _listed, _problem, assign, verify
from bothways.matching._problem import OBJECTIVES, Objective
from tests.matching.markets import Given, families, random_market

CASES = 1000
PARTS = 10


@pytest.fixture(autouse=True)
def _no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no sparse array fitted into a table."""
    monkeypatch.setattr(_problem, "MOST_PAIRS", 0)


def listed(given: Given) -> Any:
    seekers, givers = np.nonzero(~given.excluded)
    return csr_array(coo_array((given.scores[seekers, givers], (seekers, givers)), shape=given.scores.shape))


def by_table(given: Given, objective: Objective, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    with monkeypatch.context() as larger:
        larger.setattr(_problem, "MOST_PAIRS", 10**6)
        return assign(
            given.scores, given.capacities, given.demands, excluded=given.excluded, objective=objective
        )


def is_as_by_table(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    for objective in ("total", "served_then_total", "served_then_fairest_then_total"):
        assert objective in OBJECTIVES
        table = by_table(given, objective, monkeypatch)
        found = assign(listed(given), given.capacities, given.demands, objective=objective)
        checked = verify(listed(given), given.capacities, found.certificate, given.demands)
        assert checked.ok, (given.name, objective, checked.why)
        assert (found.gap, found.total) == (0, table.total), (given.name, objective)
        assert found.prices.tolist() == table.prices.tolist(), (given.name, objective)
        assert objective == "total" or found.served == table.served, (given.name, objective)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_markets(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(part, CASES, PARTS):
        is_as_by_table(random_market(number), monkeypatch)


@pytest.mark.parametrize("given", [*families()], ids=lambda given: given.name)
def test_degenerate_families(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    is_as_by_table(given, monkeypatch)


def market(n: int, m: int, each: int) -> Any:
    """Nearly as many places as are wanted; each seeker may be paired with a few."""
    dice = np.random.default_rng(1)
    givers = np.array([dice.choice(m, each, replace=False) for _ in range(n)])
    scores = dice.integers(0, 1000, n * each)
    return csr_array(coo_array((scores, (np.repeat(np.arange(n), each), givers.ravel())), shape=(n, m)))


def test_more_than_a_table_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    scores = market(6_000, 5_000, 8)
    found = assign(scores, 2)
    assert (found.gap, found.served) == (0, 6_000)
    assert verify(scores, 2, found.certificate).ok


def test_verifying_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = market(30, 20, 4)
    found = assign(scores, 2)
    monkeypatch.setattr(_compiled, "AVAILABLE", False)
    assert verify(scores, 2, found.certificate).ok


def test_a_pair_that_is_not_listed_is_refused() -> None:
    scores = market(30, 20, 4)
    made = assign(scores, 2).certificate
    absent = next(giver for giver in range(20) if scores[0, [giver]].nnz == 0)
    pairs = made.pairs.copy()
    pairs[0] = (0, absent)
    assert verify(scores, 2, replace(made, pairs=pairs)).why == "A pair is made that may not be."
    changed = scores.copy()
    changed.data[0] += 1
    assert verify(changed, 2, made).why == "The certificate is about another problem."


def test_what_is_too_large_or_twice_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = market(30, 20, 4)
    with pytest.raises(_bad.WrongShape, match="leave excluded pairs out"):
        assign(scores, 2, excluded=np.zeros((30, 20), dtype=np.bool_))
    with pytest.raises(_bad.WrongShape, match="the same pair twice"):
        assign(coo_array(([1, 2], ([0, 0], [1, 1])), shape=(2, 3)), 1)
    monkeypatch.setattr(_listed, "MOST_LISTED", 100)
    with pytest.raises(_bad.TooLarge, match="120 pairs are more than the 100"):
        assign(scores, 2)
    monkeypatch.setattr(_compiled, "AVAILABLE", False)
    with pytest.raises(_bad.TooLarge, match=r"bothways\[scale\]"):
        assign(scores, 2)


def test_it_says_how_far_it_is_and_can_be_stopped() -> None:
    seen: list[float] = []
    assign(market(30, 20, 4), 2, between=seen.append)
    assert seen == sorted(seen)
    assert len(seen) > 10

    def stop(done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assign(market(30, 20, 4), 2, between=stop)


def test_nobody_may_be_paired() -> None:
    found = assign(csr_array(coo_array((4, 3), dtype=np.int64)), 1)
    assert (found.pairs.tolist(), found.unserved.tolist(), found.gap) == ([], [0, 1, 2, 3], 0)
    assert verify(csr_array(coo_array((4, 3), dtype=np.int64)), 1, found.certificate).ok


@pytest.mark.parametrize("patience", [0, _auction.PATIENCE])
def test_where_every_place_is_fought_for(patience: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bids find it, or come to no end and leave it to paths: the same total and prices."""
    scores = market(400, 200, 30)
    monkeypatch.setattr(_auction, "PATIENCE", patience)
    tight = _listed.checked(scores, 2, 1, None, large=True)
    assert isinstance(tight, _listed.Listed)
    assert _auction.suits(tight)
    assert (_auction.best(tight, tight.bonus, lambda done: None) is None) == (patience == 0)
    found = assign(scores, 2)
    assert (found.gap, found.served, found.total)[:2] == (0, 400)
    assert verify(scores, 2, found.certificate).ok
    monkeypatch.setattr(_auction, "suits", lambda given: False)
    by_paths = assign(scores, 2)
    assert (by_paths.total, by_paths.prices.tolist()) == (found.total, found.prices.tolist())
