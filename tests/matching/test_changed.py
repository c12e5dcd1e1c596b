"""A few people change: the best round again, from what is known of the others, and proven as ever."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bothways.matching import Factors, _changed, _large, assign, verify
from bothways.matching._problem import Ints
from tests.matching.markets import Given, given, random_factors
from tests.matching.oracles import by_scipy

CASES = 30
Change = Callable[[Given, Factors, np.random.Generator], tuple[Given, Factors]]


def some(dice: np.random.Generator, many: int) -> Ints:
    return np.flatnonzero(dice.random(many) < 0.3)


def seekers(market: Given, factors: Factors, dice: np.random.Generator) -> tuple[Given, Factors]:
    mine = factors.seekers.copy()
    mine[some(dice, len(mine))] += np.float32(1)
    return market, replace(factors, seekers=mine)


def givers(market: Given, factors: Factors, dice: np.random.Generator) -> tuple[Given, Factors]:
    theirs = factors.givers.copy()
    theirs[some(dice, len(theirs))] -= np.float32(1)
    return market, replace(factors, givers=theirs)


def room(market: Given, factors: Factors, dice: np.random.Generator) -> tuple[Given, Factors]:
    """Some come who had none, some go, some have more or less."""
    capacities, demands = market.capacities.copy(), market.demands.copy()
    capacities[some(dice, len(capacities))] = dice.integers(0, 5)
    demands[some(dice, len(demands))] = dice.integers(0, 2)
    return replace(market, capacities=capacities, demands=demands), factors


def apart(market: Given, factors: Factors, dice: np.random.Generator) -> tuple[Given, Factors]:
    n, m = factors.shape
    return market, replace(factors, apart=np.argwhere(dice.random((n, m)) < 0.1))


def struck(market: Given, factors: Factors, dice: np.random.Generator) -> tuple[Given, Factors]:
    """Some more are kept apart, as in a round that goes on: also some who were the best."""
    best = assign(factors, market.capacities, market.demands).pairs
    return market, factors.without(
        np.concatenate([best[::2], np.argwhere(dice.random(factors.shape) < 0.05)])
    )


def rules(market: Given, factors: Factors, dice: np.random.Generator) -> tuple[Given, Factors]:
    """Another kind of a table, other bits, another group."""
    n, m = factors.shape
    mine, theirs = some(dice, n), some(dice, m)
    tables = tuple((a.copy(), b.copy(), points) for a, b, points in factors.tables)
    shared = tuple((a.copy(), b.copy()) for a, b in factors.shared)
    groups = tuple((a.copy(), b.copy()) for a, b in factors.groups)
    for a, b, _ in tables:
        a[mine], b[theirs] = 0, 2
    for bits, others in shared:
        bits[mine], others[theirs] = 1, 3
    for number, same in groups:
        number[mine], same[theirs] = 2, 1
    return market, replace(factors, tables=tables, shared=shared, groups=groups)


def said(market: Given, factors: Factors, dice: np.random.Generator) -> tuple[Given, Factors]:
    """Other bits that are counted, another number."""
    n, m = factors.shape
    mine, theirs = some(dice, n), some(dice, m)
    counted = tuple((a.copy(), b.copy(), most, each) for a, b, most, each in factors.counted)
    alike = tuple((a.copy(), b.copy(), same, other) for a, b, same, other in factors.alike)
    for bits, others, *_ in counted:
        bits[mine], others[theirs] = 7, 2**64 - 1
    for number, same, *_ in alike:
        number[mine], same[theirs] = 1, -1
    return market, replace(factors, counted=counted, alike=alike)


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize("change", [seekers, givers, room, apart, struck, rules, said])
def test_it_is_the_best_of_what_is_given_now(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_changed, "MOST_CHANGED", 2)
    for number in range(CASES):
        factors, dice = random_factors(number), np.random.default_rng(number)
        market = given(number, factors)
        found = assign(factors, market.capacities, market.demands)
        for _ in range(3):
            market, factors = change(market, factors, dice)
            scores, allowed = factors.block(slice(0, factors.shape[0]))
            market = replace(market, scores=scores, excluded=~allowed)
            found = assign(factors, market.capacities, market.demands, earlier=found)
            anew = assign(factors, market.capacities, market.demands)
            assert (found.total, found.served, found.gap) == (anew.total, anew.served, 0), number
            assert verify(factors, market.capacities, found.certificate, market.demands).ok, number
            assert found.certificate.digest == anew.certificate.digest, number


@pytest.mark.usefixtures("_tiny")
def test_the_highest_sum_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_changed, "MOST_CHANGED", 2)
    for number in range(CASES):
        factors, dice = random_factors(number), np.random.default_rng(number)
        market = given(number, factors)
        earlier = assign(factors, market.capacities, market.demands, objective="total")
        market, factors = givers(*seekers(market, factors, dice), dice)
        scores, allowed = factors.block(slice(0, factors.shape[0]))
        market = replace(market, scores=scores, excluded=~allowed)
        found = assign(factors, market.capacities, market.demands, objective="total", earlier=earlier)
        assert (found.total, found.gap) == (by_scipy(market, bonus=0), 0), number


@pytest.mark.usefixtures("_tiny")
def test_not_all_is_scored_again(monkeypatch: pytest.MonkeyPatch) -> None:
    factors = random_factors(1, 60, 20)
    earlier = assign(factors, 3)
    begun: list[object] = []
    monkeypatch.setattr(_large, "begun", lambda *given: begun.append(given))
    mine = factors.seekers.copy()
    mine[7] += np.float32(1)
    assert assign(replace(factors, seekers=mine), 3, earlier=earlier).gap == 0
    assert begun == []


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize("again", ["copied", "itself", "with more room", "without the earlier one"])
def test_what_was_changed_in_place_is_noticed(again: str) -> None:
    """What was found out is of numbers that are gone: by `earlier`, or by the factors of their own."""
    for number in range(CASES // 3):
        factors, room = random_factors(number, 60, 20), np.full(20, 2)
        room[::2] = 0 if again == "with more room" else 2
        earlier = assign(factors, room) if again != "without the earlier one" else None
        assert earlier or assign(factors, room).gap == 0
        factors.seekers[number % 60] = 0
        factors.givers[number % 20] = 0
        for _mine, _theirs, points in factors.tables:
            points[0] += 1
        given = replace(factors, seekers=factors.seekers.copy()) if again == "copied" else factors
        found, anew = assign(given, 2, earlier=earlier), assign(replace(factors), 2)
        assert (found.served, found.total, found.gap) == (anew.served, anew.total, 0), number
        assert verify(given, 2, found.certificate).ok, number


@pytest.mark.usefixtures("_tiny")
def test_another_market_is_begun_anew() -> None:
    factors = random_factors(1, 30, 20)
    bits, theirs = np.ones((30, 3), dtype=np.uint64), np.ones((20, 3), dtype=np.uint64)
    factors = replace(factors, shared=((bits, theirs),))
    earlier = assign(factors, 3)
    (kinds, others, points), *_ = factors.tables
    others_changed = [
        random_factors(1, 31, 20),
        replace(factors, tables=()),
        replace(factors, tables=((kinds, others, points + 1),)),
        replace(factors, seekers=factors.seekers + np.float32(1)),
        replace(factors, shared=((bits[:, :2], theirs[:, :2]),)),
        Factors(factors.seekers[:, :3].copy(), factors.givers[:, :3].copy()),
    ]
    for other in others_changed:
        found, anew = assign(other, 3, earlier=earlier), assign(other, 3)
        assert found.certificate.to_json() == anew.certificate.to_json()
