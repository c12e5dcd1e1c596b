"""The checker refuses whatever was changed, and knows nothing of the solver."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from bothways.matching import Certificate, NotACertificate, assign, verify
from bothways.matching._certificate import Bound
from bothways.matching._problem import OBJECTIVES, Objective

DICE = np.random.default_rng(7)
SCORES = DICE.integers(0, 50, (12, 8))
EXCLUDED = DICE.random((12, 8)) < 0.2
CAPACITIES = np.array([2, 1, 1, 0, 2, 1, 3, 1])
DEMANDS = np.array([1, 2, 1, 1, 1, 0, 1, 2, 1, 1, 1, 1])
FAIREST: Objective = "served_then_fairest_then_total"


def certificate(objective: Any = "served_then_total") -> Certificate:
    return assign(SCORES, CAPACITIES, DEMANDS, excluded=EXCLUDED, objective=objective).certificate


def checked(given: Certificate, scores: Any = SCORES, **changes: Any) -> Any:
    settings = {"capacities": CAPACITIES, "demands": DEMANDS, "excluded": EXCLUDED} | changes
    return verify(scores, settings["capacities"], given, settings["demands"], excluded=settings["excluded"])


def proof(given: Certificate, place: int, **changes: Any) -> Certificate:
    bounds = list(given.bounds)
    bounds[place] = replace(bounds[place], **changes)
    return replace(given, bounds=tuple(bounds))


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_what_was_not_changed_is_proven(objective: str) -> None:
    made = certificate(objective)
    assert checked(made).ok
    assert checked(Certificate.from_json(made.to_json())).ok


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_each_price_of_a_giver_with_room_counts(objective: str) -> None:
    """Where a floor is shown to be too high, a looser proof is a proof as well; the file's seal notices."""
    made = certificate(objective)
    for place, bound in enumerate(made.bounds[:2]):
        for giver in np.flatnonzero(CAPACITIES):
            for step in (-1, 1):
                prices = bound.prices.copy()
                prices[giver] += step * (10**6 if bound.of != "one" else 1)
                assert not checked(proof(made, place, prices=prices)).ok, (place, giver, step)


def without_a_pair(made: Certificate) -> Certificate:
    return replace(made, pairs=made.pairs[1:])


def told_lower(made: Certificate) -> Certificate:
    """A worse assignment that adds up rightly."""
    lost = int(SCORES[tuple(made.pairs[0])])
    return replace(made, pairs=made.pairs[1:], total=made.total - lost, served=made.served - 1)


def paired_anew(pair: tuple[int, int]) -> Callable[[Certificate], Certificate]:
    def change(made: Certificate) -> Certificate:
        pairs = made.pairs.copy()
        pairs[0] = pair
        return replace(made, pairs=pairs)

    return change


NOT_ALLOWED = (int(np.argwhere(EXCLUDED)[0, 0]), int(np.argwhere(EXCLUDED)[0, 1]))

CHANGES: dict[str, Callable[[Certificate], Certificate]] = {
    "What it says was reached": without_a_pair,
    "leave": told_lower,
    "names somebody who is not there": paired_anew((0, 8)),
    "names somebody who is not there ": paired_anew((-1, 0)),
    "made that may not be": paired_anew(NOT_ALLOWED),
    "stands there twice": lambda made: replace(made, pairs=np.vstack([made.pairs, made.pairs[:1]])),
    "reached": lambda made: replace(made, total=made.total + 1),
    "reached ": lambda made: replace(made, served=made.served + 1),
    "another problem": lambda made: replace(made, digest="0" * 64),
    "lacks a proof": lambda made: replace(made, bounds=()),
    "one too many": lambda made: replace(made, bounds=made.bounds * 2),
    "lacks a proof ": lambda made: replace(made, objective="total"),
    "lacks a proof  ": lambda made: replace(made, objective=cast(Any, "best")),
    "floor has no place": lambda made: proof(made, 0, floor=3),
    "price is missing": lambda made: proof(made, 0, prices=made.bounds[0].prices[1:]),
    "negative": lambda made: proof(made, 0, prices=made.bounds[0].prices - 10**12),
    "beyond all range": lambda made: proof(made, 0, prices=made.bounds[0].prices + 2**60),
}


@pytest.mark.parametrize("why", CHANGES)
def test_a_changed_certificate_is_refused_and_it_says_why(why: str) -> None:
    found = checked(CHANGES[why](certificate()))
    assert not found.ok
    assert why.strip() in found.why


def one_higher(values: Any, place: Any) -> Any:
    changed = np.array(values)
    changed[place] += 1
    return changed


def test_a_changed_problem_is_another_problem() -> None:
    made = certificate()
    allowed = EXCLUDED.copy()
    allowed[NOT_ALLOWED] = False
    others = [
        checked(made, one_higher(SCORES, (0, 0))),
        checked(made, capacities=one_higher(CAPACITIES, 3)),
        checked(made, demands=one_higher(DEMANDS, 5)),
        checked(made, excluded=allowed),
        checked(made, SCORES[:, :7], capacities=CAPACITIES[:7], excluded=EXCLUDED[:, :7]),
    ]
    assert [each.why for each in others] == ["The certificate is about another problem."] * 5


def test_scores_that_may_not_be_paired_name_nothing() -> None:
    assert checked(certificate(), one_higher(SCORES, NOT_ALLOWED)).ok


def test_pairs_beyond_what_somebody_wants_or_has_room_for() -> None:
    made = assign(np.ones((3, 3), dtype=np.int64), [1, 1, 1]).certificate
    for pairs, why in (([[0, 0], [0, 1]], "more givers"), ([[0, 0], [1, 0]], "more seekers")):
        changed = replace(made, pairs=np.array(pairs), total=2, served=2)
        found = verify(np.ones((3, 3), dtype=np.int64), 1, changed)
        assert why in found.why


FAIR: dict[str, Callable[[Certificate], Certificate]] = {
    "nobody more can be served": lambda made: proof(made, 1, prices=np.full(8, 9)),
    "nobody more can be served ": lambda made: proof(made, 1, floor=int(SCORES.min())),
    "worst-off cannot be served better": lambda made: replace(made, bounds=made.bounds[:2]),
    "worst-off cannot be served better ": lambda made: proof(made, 2, floor=10**6),
    "worst-off cannot be served better  ": lambda made: proof(made, 2, prices=np.full(8, 9)),
    "floor is not the worst score": lambda made: proof(made, 0, floor=None),
}


@pytest.mark.parametrize("why", FAIR)
def test_a_changed_proof_of_fairness_is_refused(why: str) -> None:
    found = checked(FAIR[why](certificate(FAIREST)))
    assert not found.ok
    assert why.strip() in found.why


def test_a_better_total_with_a_worse_worst_is_not_fairest() -> None:
    """The same served and a higher total prove nothing where somebody is worse off than need be."""
    scores = np.array([[9, 4], [8, 1]])
    greedy = assign(scores, 1, objective="served_then_total").certificate
    fair = assign(scores, 1, objective=FAIREST)
    assert fair.pairs.tolist() == [[0, 1], [1, 0]]
    posing = replace(fair.certificate, pairs=greedy.pairs, total=greedy.total)
    assert verify(scores, 1, posing).ok == (greedy.total == fair.total)


def test_nobody_served_is_proven_too() -> None:
    nobody = np.ones((2, 2), dtype=np.bool_)
    made = assign(np.ones((2, 2), dtype=np.int64), 1, excluded=nobody, objective=FAIREST).certificate
    assert verify(np.ones((2, 2), dtype=np.int64), 1, made, excluded=nobody).ok


def test_any_number_changed_in_the_file_is_noticed() -> None:
    text = certificate(FAIREST).to_json()
    numbers = [found.span() for found in re.finditer(r"(?<=[\[:,])\d+", text)]
    assert len(numbers) > 40
    for start, end in numbers:
        with pytest.raises(NotACertificate):
            Certificate.from_json(f"{text[:start]}{int(text[start:end]) + 1}{text[end:]}")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "another"}', "null", "x" * 10])
def test_a_damaged_file_is_no_certificate(text: str) -> None:
    with pytest.raises(NotACertificate):
        Certificate.from_json(text)


def test_a_file_with_one_part_amiss_is_no_certificate() -> None:
    told = json.loads(certificate().to_json())
    wrong = {"pairs": [1, 2, 3], "bounds": [{}], "problem": None}
    for part in ("format", "objective", "problem", "pairs", "total", "served", "bounds"):
        with pytest.raises(NotACertificate):
            Certificate.from_json(json.dumps({name: told[name] for name in told if name != part}))
    for part in ("pairs", "bounds"):
        with pytest.raises(NotACertificate):
            Certificate.from_json(json.dumps(told | {part: wrong[part]}))


def test_a_bound_of_a_kind_that_is_none_is_refused() -> None:
    made = certificate()
    assert not checked(replace(made, bounds=(Bound("luck", None, made.bounds[0].prices),))).ok
