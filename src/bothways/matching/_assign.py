"""The proven best assignment: who is introduced to whom."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from bothways.matching import (
    _auction,
    _changed,
    _compiled,
    _dense,
    _fairness,
    _large,
    _listed_prices,
    _paths,
    _prices,
    _problem,
    _settle,
    _sparse,
)
from bothways.matching._bad import TooLarge, UnknownObjective
from bothways.matching._certificate import Bound, Certificate, digest
from bothways.matching._factored import Factored
from bothways.matching._listed import AnyProblem, Listed, Written, checked, of_table
from bothways.matching._problem import OBJECTIVES, Bools, Ints, Objective, Problem
from bothways.matching._progress import Between, silent

SPARSE = 0.2  # of the pairs of a table, below which a list is the shorter way
MOST_WRITTEN = 5_000_000  # pairs of factors up to which a table is the shorter way


@dataclass(frozen=True)
class Assignment:
    """The best pairs there are, and the proof.

    `pairs` is (k, 2): seeker and giver, in order. `total`: the sum of their scores. `served`: how many places
    were filled. `unserved`: seekers who have fewer givers than they wanted, in order. `prices` (m,): how much
    more somebody else could gain from a place with each giver, in points (with "served" first, in points
    with the bonus for one more served on top). `gap`: bound minus what was reached; nought is proven best.
    `work`: what `assign(earlier=...)` goes on from, about 3 KB a seeker; None where scores were written out.
    """

    pairs: Ints
    total: int
    served: int
    unserved: Ints
    prices: Ints
    gap: int
    certificate: Certificate
    work: _large.Work | None = field(default=None, repr=False, compare=False)


def assign(
    scores: Any,
    capacities: Any,
    demands: Any = 1,
    *,
    excluded: Any = None,
    objective: Objective = "served_then_total",
    earlier: Assignment | None = None,
    between: Between = silent,
) -> Assignment:
    """The best assignment of n seekers to m givers, with its proof.

    `scores`: whole numbers (n, m), or a SciPy sparse array in which what is absent may not be paired and a
    stored nought may. `excluded`: boolean (n, m), true where a pair may not be made. `capacities`: how many
    seekers each giver has room for; `demands`: how many different givers each seeker wants; each one number
    or an array. `between(done)` is called between steps with 0 to 1, and of large factors with less again
    where another turn begins; what it raises ends the work.

    Objectives: "total", the highest sum of scores, for which somebody may stay out; "served_then_total",
    as many places filled as can be, then the highest sum; "served_then_fairest_then_total", between the two
    the worst score of any pair as high as it can be.

    The same input gives the same pairs, whatever the machine; with the extra `scale` (numba), which is
    faster, perhaps others that are worth as much, with the same prices. Raises a `BadProblem` that names
    what is wrong with the input. For up to 25 million pairs; time grows with places x givers. With `scale` a
    sparse array may have any shape, and up to 50 million pairs that may be made; leave out what is excluded.
    With `scale` there may be as many factors as memory holds, for the first two objectives. For these
    `earlier` may be an assignment of as many people of whom a few have changed since, or have other room:
    then only they are scored anew. Whoever left has room for 0 or wants 0; whoever came has somebody's row.
    Hand in new arrays for what changed. Where `earlier` is no help, since too much has changed, arrays were
    changed in place or few factors were written out, it is passed over.
    What is found is worth as much and as well proven as ever; pairs and prices may be others.
    """
    if not isinstance(objective, str) or objective not in OBJECTIVES:
        raise UnknownObjective(f"{objective!r} is none of {', '.join(OBJECTIVES)}.")
    stated = checked(scores, capacities, demands, excluded, large=_compiled.AVAILABLE)
    given = as_solved(stated, objective)
    bonus = 0 if objective == "total" else stated.bonus
    if isinstance(given, Factored):
        return _of_factors(given, objective, bonus, earlier, between)
    if objective != "served_then_fairest_then_total":
        return _solved(stated, given, objective, floor=None, bonus=bonus, also=(), between=between)
    most = _fairness.served(given)
    also = [Bound("one", None, most.prices)]
    highest = _fairness.highest_floor(given, most.count, between)
    if highest and highest.prices_above is not None:
        also.append(Bound("one", highest.above, highest.prices_above))
    floor = highest.score if highest else None
    return _solved(stated, given, objective, floor=floor, bonus=bonus, also=tuple(also), between=between)


def as_solved(given: AnyProblem, objective: Objective) -> AnyProblem:
    """The shape that is solved fastest: a list for a table with few pairs, a table for few factors."""
    if isinstance(given, Problem):
        few = np.count_nonzero(given.allowed) < given.allowed.size * SPARSE
        return of_table(given) if few and _compiled.AVAILABLE else given
    if isinstance(given, Listed):
        return given
    pairs, fairest = given.shape[0] * given.shape[1], objective == "served_then_fairest_then_total"
    if pairs <= MOST_WRITTEN or (pairs <= _problem.MOST_PAIRS and (fairest or not _compiled.AVAILABLE)):
        return given.table()
    if fairest:
        raise TooLarge(
            f"{objective} is there for up to {_problem.MOST_PAIRS:,} pairs; here are {pairs:,}. "
            f"Use served_then_total."
        )
    return given


@dataclass(frozen=True)
class Solved:
    """Pairs (k, 2) in order, what they score, the prices that prove them, and what those say is the most."""

    pairs: Ints
    total: int
    prices: Ints
    bound: int


def _solved(
    stated: AnyProblem,
    given: Written,
    objective: Objective,
    *,
    floor: int | None,
    bonus: int,
    also: tuple[Bound, ...],
    between: Between,
) -> Assignment:
    with ThreadPoolExecutor(1) as beside:
        named = beside.submit(digest, stated)
        best = found(given, floor, bonus, between)
    proof = (Bound("served" if bonus else "score", floor, best.prices), *also)
    made = Certificate(objective, named.result(), best.pairs, best.total, len(best.pairs), proof)
    return _told(best, given.demands, bonus, made)


def _of_factors(
    given: Factored, objective: Objective, bonus: int, earlier: Assignment | None, between: Between
) -> Assignment:
    """Begins anew where `earlier` is of arrays that were changed since: what it found out is of others."""
    before = earlier.work if earlier else None
    with ThreadPoolExecutor(1) as beside:
        named = beside.submit(digest, given)
        work = _changed.again(before, given, between) if before else None
        then = beside.submit(digest, before.given) if before and work else None
        parts = _large.FROM_OTHERS if work else _large.FROM_NOTHING
        work = work or _large.begun(given, bonus, between)
        best = of_large(_large.best(work, bonus, between, parts=parts))
    if earlier and then and then.result() != earlier.certificate.digest:
        del work, best
        return _of_factors(given, objective, bonus, None, between)
    proof = (Bound("served" if bonus else "score", None, best.prices),)
    made = Certificate(objective, named.result(), best.pairs, best.total, len(best.pairs), proof)
    return replace(_told(best, given.demands, bonus, made), work=work)


def _told(best: Solved, demands: Ints, bonus: int, certificate: Certificate) -> Assignment:
    return Assignment(
        pairs=best.pairs,
        total=best.total,
        served=len(best.pairs),
        unserved=np.flatnonzero(np.bincount(best.pairs[:, 0], minlength=len(demands)) < demands),
        prices=best.prices,
        gap=best.bound - best.total - bonus * len(best.pairs),
        certificate=certificate,
    )


def found(given: Written, floor: int | None, bonus: int, between: Between) -> Solved:
    if isinstance(given, Listed):
        return _of_list(given, floor, bonus, between)
    return _of_table(given, floor, bonus, between)


def of_large(found: _large.Best) -> Solved:
    return Solved(found.pairs, int(found.scores.sum()), found.prices, found.bound)


def _of_table(given: Problem, floor: int | None, bonus: int, between: Between) -> Solved:
    values = given.values(bonus=bonus, floor=floor)
    chosen = _best(values, given.capacities, given.demands, between)
    proving = _settle if _compiled.AVAILABLE else _prices
    prices = proving.settle(values, chosen, given.capacities, given.demands)
    bound = proving.bound(values, given.capacities, given.demands, prices)
    return Solved(np.argwhere(chosen), int(given.scores[chosen].sum()), prices, bound)


def _of_list(given: Listed, floor: int | None, bonus: int, between: Between) -> Solved:
    kept = given.above(floor)
    chosen, prices = _by_bids(kept, bonus, between) or _by_paths(kept, bonus, between)
    pairs = np.column_stack(kept.listed())[chosen]
    return Solved(pairs, int(kept.scores[chosen].sum()), prices, _listed_prices.bound(kept, bonus, prices))


def _by_bids(given: Listed, bonus: int, between: Between) -> tuple[Bools, Ints] | None:
    """What an auction finds, if prices prove it."""
    chosen = _auction.best(given, bonus, between) if _auction.suits(given) else None
    if chosen is None:
        return None
    try:
        return chosen, _listed_prices.settle(given, bonus, chosen)
    except _prices.NotBest:
        return None


def _by_paths(given: Listed, bonus: int, between: Between) -> tuple[Bools, Ints]:
    chosen = _sparse.best(given, bonus, between)
    return chosen, _listed_prices.settle(given, bonus, chosen)


def _best(values: Ints, capacities: Ints, demands: Ints, between: Between) -> Bools:
    """With numba all of it. One giver each is what SciPy's solver is made for; several take our own paths."""
    if _compiled.AVAILABLE:
        return _dense.best(values, capacities, demands, between)
    if demands.size and int(demands.max()) > 1:
        return _paths.best(values, capacities, demands, between)
    return _one_each(values, capacities, demands)


def _one_each(values: Ints, capacities: Ints, demands: Ints) -> Bools:
    """A giver with room for c stands there c times. A pair that is worth nothing is nobody's."""
    from scipy.optimize import linear_sum_assignment

    chosen = np.zeros(values.shape, dtype=np.bool_)
    wanting, places = np.flatnonzero(demands), np.repeat(np.arange(values.shape[1]), capacities)
    if not wanting.size or not places.size:
        return chosen
    worth = np.maximum(values[np.ix_(wanting, places)], 0).astype(np.float64)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    seekers, givers = wanting[rows], places[columns]
    made = values[seekers, givers] > 0
    chosen[seekers[made], givers[made]] = True
    return chosen
