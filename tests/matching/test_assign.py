"""The assignment is the best there is: against two oracles, by its own proof, for each objective."""

import doctest
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from bothways import matching
from bothways.matching import Assignment, _assign, _compiled, _dense, assign, verify
from bothways.matching._problem import Objective
from tests.matching.markets import Given, empty_sides, families, random_market
from tests.matching.oracles import SERVED, by_ortools, by_scipy

CASES = 1000
PARTS = 10
LARGER = [*families(), *empty_sides()]


def solved(given: Given, objective: Objective) -> Assignment:
    """Solved, with a proof that holds for the independent checker too."""
    found = assign(
        given.scores, given.capacities, given.demands, excluded=given.excluded, objective=objective
    )
    assert found.gap == 0, given.name
    checked = verify(
        given.scores, given.capacities, found.certificate, given.demands, excluded=given.excluded
    )
    assert checked.ok, (given.name, objective, checked.why)
    return found


def is_best(given: Given) -> None:
    assert solved(given, "total").total == by_scipy(given, bonus=0) == by_ortools(given, bonus=0)
    full = solved(given, "served_then_total")
    assert full.total + SERVED * full.served == by_ortools(given, bonus=SERVED)
    fairest = solved(given, "served_then_fairest_then_total")
    assert fairest.served == full.served
    assert fairest.total <= full.total
    if full.served:
        assert worst(given, fairest) >= worst(given, full)
        assert best_with_floor(given, worst(given, fairest)) == (fairest.served, fairest.total)
        assert best_with_floor(given, worst(given, fairest) + 1)[0] < full.served


def worst(given: Given, found: Assignment) -> int:
    return int(given.scores[found.pairs[:, 0], found.pairs[:, 1]].min())


def best_with_floor(given: Given, floor: int) -> tuple[int, int]:
    """By the oracle: how many can be served by pairs of at least this score, and their highest total."""
    above = Given(
        given.name, given.scores, given.capacities, given.demands, given.excluded | (given.scores < floor)
    )
    both = by_ortools(above, bonus=SERVED)
    served = round(both / SERVED)
    return served, both - served * SERVED


@pytest.fixture(params=[False, True], ids=["plain", "compiled"])
def compiled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each solver: SciPy's with paths of our own, and the one that the extra `scale` makes fast."""
    monkeypatch.setattr(_compiled, "AVAILABLE", request.param)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("part", range(PARTS))
def test_random_markets(part: int) -> None:
    for number in range(part, CASES, PARTS):
        is_best(random_market(number))


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("given", LARGER, ids=lambda given: given.name)
def test_degenerate_families(given: Given) -> None:
    is_best(given)


def test_what_is_told_of_an_assignment() -> None:
    scores = np.array([[5, 9, 1], [6, 7, 2], [0, 8, 3]])
    found = assign(scores, [1, 1, 0])
    assert found.pairs.tolist() == [[0, 1], [1, 0]]
    assert (found.total, found.served, found.unserved.tolist(), found.gap) == (15, 2, [2], 0)
    both = assign(scores, 2, [2, 1, 0])
    assert both.pairs.tolist() == [[0, 0], [0, 1], [1, 1]]
    assert both.unserved.tolist() == []


def test_a_sparse_score_of_nought_is_a_pair_and_what_is_absent_is_none() -> None:
    stored = csr_array((np.array([0, 4]), (np.array([0, 1]), np.array([1, 0]))), shape=(2, 2))
    assert assign(stored, 1).pairs.tolist() == [[0, 1], [1, 0]]
    assert assign(stored, 1, excluded=np.array([[False, True], [False, False]])).pairs.tolist() == [[1, 0]]


def test_the_same_input_gives_the_same_bytes() -> None:
    given = LARGER[5]
    certificates = {solved(given, "served_then_total").certificate.to_json() for _ in range(3)}
    assert len(certificates) == 1


@pytest.mark.usefixtures("compiled")
def test_it_says_how_far_it_is_and_can_be_stopped() -> None:
    seen: list[float] = []
    assign(np.arange(40).reshape(8, 5), 3, 2, between=seen.append)
    assert seen
    assert all(0 <= done <= 1 for done in seen)

    class Stop(Exception):
        pass

    def stop(done: float) -> None:
        raise Stop

    with pytest.raises(Stop):
        assign(np.arange(40).reshape(8, 5), 3, 2, between=stop)


@pytest.mark.parametrize("given", LARGER, ids=lambda given: given.name)
def test_both_solvers_find_the_same_prices(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least that prove it, which are the same for all best assignments."""
    prices = []
    for available in (False, True):
        monkeypatch.setattr(_compiled, "AVAILABLE", available)
        prices.append(solved(given, "served_then_total").prices.tolist())
    assert prices[0] == prices[1]


def test_the_public_names() -> None:
    assert set(matching._ENGINE) <= set(matching.__all__)
    for name in matching.__all__:
        assert getattr(matching, name)
    absent = "nobody"
    with pytest.raises(AttributeError):
        getattr(matching, absent)


def test_the_example_of_its_use_holds() -> None:
    done = doctest.testmod(matching)
    assert (done.failed, done.attempted > 5) == (0, True)


def test_pages_do_not_load_numpy() -> None:
    code = "import sys, bothways.matching; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_table_with_few_pairs_is_solved_as_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faster, and nobody sees it: the same total and prices, and a certificate about the same problem."""
    given = next(given for given in LARGER if given.name == "few allowed")
    few = replace(given, excluded=given.excluded | (np.arange(given.scores.size) % 2 == 0).reshape(40, 25))
    found = solved(few, "served_then_total")
    with monkeypatch.context() as no_table:
        no_table.setattr(_dense, "best", None)
        assert solved(few, "served_then_total").certificate.to_json() == found.certificate.to_json()
    monkeypatch.setattr(_assign, "SPARSE", 0)
    by_table = solved(few, "served_then_total")
    assert (by_table.total, by_table.prices.tolist()) == (found.total, found.prices.tolist())
    assert by_table.certificate.digest == found.certificate.digest
