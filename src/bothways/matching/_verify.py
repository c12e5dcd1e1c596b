"""Checks a certificate against a problem, by itself: it knows nothing of how the assignment was found.

It recomputes who is paired with whom and what that is worth, and from the prices what nobody could exceed.
Any prices give a true bound, so a wrong certificate cannot pass: at most it proves too little.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import mul
from typing import Any

import numpy as np

from bothways.matching._bad import BadProblem
from bothways.matching._certificate import Bound, Certificate, digest
from bothways.matching._factored import Factored
from bothways.matching._listed import AnyProblem, Listed, checked
from bothways.matching._problem import Bools, Ints, Problem

NEEDED = {
    "total": (("score",),),
    "served_then_total": (("served",),),
    "served_then_fairest_then_total": (("served", "one"), ("served", "one", "one")),
}


@dataclass(frozen=True)
class Verification:
    """`ok`: proven. `gap`: bound less what was reached, -1 if unknown. `why`: what is wrong, in words."""

    ok: bool
    gap: int
    why: str


class _Refused(Exception):
    """What the certificate says does not hold; the text says what."""


def verify(
    scores: Any, capacities: Any, certificate: Certificate, demands: Any = 1, *, excluded: Any = None
) -> Verification:
    """Whether the certificate proves its assignment best for this problem; see `assign` for the arguments.

    Never raises for what a certificate says, only a `BadProblem` for a problem that is none. Memory: three
    tables of n x m; of a list, three of its length; of factors, a few blocks of rows. Refuses any changed
    pair, price, total, score, capacity, demand or exclusion.
    """
    given = checked(scores, capacities, demands, excluded, large=True)
    try:
        gap = _gap(given, certificate)
    except _Refused as refused:
        return Verification(False, -1, str(refused))
    if gap:
        return Verification(False, gap, f"The prices leave {gap:,} open: perhaps there is something better.")
    return Verification(True, 0, "")


def _gap(given: AnyProblem, certificate: Certificate) -> int:
    if certificate.digest != digest(given):
        raise _Refused("The certificate is about another problem.")
    worth = _worth(given, certificate)
    needed = NEEDED.get(str(certificate.objective), ())  # which can be anything, read from a file
    if tuple(each.of for each in certificate.bounds) not in needed:
        raise _Refused("The certificate lacks a proof that its objective needs, or has one too many.")
    if certificate.objective == "served_then_fairest_then_total":
        return _fairest(given, certificate, worth)
    (only,) = certificate.bounds
    if only.floor is not None:
        raise _Refused("A floor has no place in this objective.")
    return _bound(given, only) - _reached(given, only.of, worth, certificate.served)


def _worth(given: AnyProblem, certificate: Certificate) -> Ints:
    """The scores of its pairs, once all is found to be allowed and added up rightly."""
    pairs, (n, m) = certificate.pairs, given.shape
    if pairs.ndim != 2 or pairs.shape[1] != 2 or (pairs < 0).any() or (pairs >= (n, m)).any():
        raise _Refused("A pair names somebody who is not there.")
    if len(np.unique(pairs, axis=0)) != len(pairs):
        raise _Refused("A pair stands there twice.")
    worth = _scores(given, pairs)
    if worth is None:
        raise _Refused("A pair is made that may not be.")
    if (np.bincount(pairs[:, 0], minlength=n) > given.demands).any():
        raise _Refused("A seeker has more givers than they want.")
    if (np.bincount(pairs[:, 1], minlength=m) > given.capacities).any():
        raise _Refused("A giver has more seekers than they have room for.")
    if certificate.served != len(pairs) or certificate.total != int(worth.sum()):
        raise _Refused("What it says was reached is not what its pairs add up to.")
    return worth


def _scores(given: AnyProblem, pairs: Ints) -> Ints | None:
    """What each pair scores; None where one may not be made."""
    if isinstance(given, Listed):
        places = given.places(pairs)
        return None if (places < 0).any() else given.scores[places]
    if isinstance(given, Factored):
        scores, may = given.factors.of_pairs(pairs)
        return scores if may.all() else None
    allowed = given.allowed[pairs[:, 0], pairs[:, 1]].all()
    return given.scores[pairs[:, 0], pairs[:, 1]] if allowed else None


def _fairest(given: AnyProblem, certificate: Certificate, worth: Ints) -> int:
    """Three things: nobody more can be served; nobody's worst can be better; then no total is higher."""
    best, most, *above = certificate.bounds
    if most.floor is not None or _bound(given, most) != certificate.served:
        raise _Refused("It is not proven that nobody more can be served.")
    if not len(worth):
        return 0
    floor = int(worth.min())
    higher = _next_score(given, floor)
    if higher is not None and not above:
        raise _Refused("It is not proven that the worst-off cannot be served better.")
    if above and (above[0].floor != higher or _bound(given, above[0]) >= certificate.served):
        raise _Refused("It is not proven that the worst-off cannot be served better.")
    if best.floor != floor:
        raise _Refused("The floor is not the worst score.")
    return _bound(given, best) - _reached(given, best.of, worth, certificate.served)


def _reached(given: AnyProblem, of: str, worth: Ints, served: int) -> int:
    return int(worth.sum()) + (given.bonus * served if of == "served" else 0)


def _bound(given: AnyProblem, by: Bound) -> int:
    """What no assignment exceeds: capacity x price, and each seeker's best surpluses."""
    prices = by.prices
    if prices.shape != given.capacities.shape or (prices < 0).any() or (prices > 2**53).any():
        raise _Refused("A price is missing, negative or beyond all range.")
    paid = int(sum(map(mul, given.capacities.tolist(), prices.tolist())))
    if isinstance(given, Listed):
        return paid + _of_list(given, by)
    return paid + sum(
        _of_block(scores, allowed, by, given.bonus, demands) for scores, allowed, demands in _blocks(given)
    )


def _blocks(given: Problem | Factored) -> Iterator[tuple[Ints, Bools, Ints]]:
    """Scores, which pairs may be made, and demands: of all, or of a few rows at a time."""
    if isinstance(given, Problem):
        yield given.scores, given.allowed, given.demands
        return
    for rows in given.factors.blocks():
        yield *given.factors.block(rows), given.demands[rows]


def _next_score(given: AnyProblem, floor: int) -> int | None:
    """The lowest score of all pairs that may be made that lies above the floor."""
    if isinstance(given, Factored):
        stored = [scores[allowed & (scores > floor)] for scores, allowed, _ in _blocks(given)]
        lowest = [int(each.min()) for each in stored if each.size]
        return min(lowest, default=None)
    higher = given.stored[given.stored > floor]
    return int(higher.min()) if higher.size else None


def _of_block(scores: Ints, allowed: Bools, by: Bound, bonus: int, demands: Ints) -> int:
    """The best surpluses of each row, as many as it wants."""
    if not scores.size:
        return 0
    surplus = np.where(allowed, _surplus(scores, by, by.prices, bonus), 0)
    most = int(demands.max())
    if most <= 1:  # for speed alone
        return int(surplus.max(axis=1)[demands > 0].sum())
    ranked = -np.sort(-surplus)[:, :most]
    return int(np.where(np.arange(most) < demands[:, None], ranked, 0).sum())


def _of_list(given: Listed, by: Bound) -> int:
    """Each seeker's pairs, the best first, as far as they want."""
    surplus = _surplus(given.scores, by, by.prices[given.givers], given.bonus)
    seekers = np.repeat(np.arange(given.shape[0]), np.diff(given.start))
    ranked = surplus[np.lexsort((-surplus, seekers))]
    taken = np.arange(len(ranked)) - given.start[seekers] < given.demands[seekers]
    return int(ranked[taken].sum())


def _surplus(scores: Ints, by: Bound, prices: Ints, bonus: int) -> Ints:
    """What each pair is worth beyond its price; nought where that is nothing, or it does not count."""
    worth = 1 if by.of == "one" else scores + bonus * (by.of == "served")
    counts = True if by.floor is None else scores >= by.floor
    surplus: Ints = np.where(counts, np.maximum(worth - prices, 0), 0)
    return surplus


__all__ = ["BadProblem", "Verification", "verify"]
