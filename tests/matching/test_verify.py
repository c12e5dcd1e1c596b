"""The checker refuses whatever was changed, and knows nothing of the solver."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array

from bothways.matching import Certificate, Factors, NotACertificate, Verification, _problem, assign, verify
from bothways.matching._certificate import Bound, _seal
from bothways.matching._problem import OBJECTIVES, Objective, problem
from tests.matching.markets import Given, empty_sides

DICE = np.random.default_rng(7)
SCORES = DICE.integers(0, 50, (12, 8))
EXCLUDED = DICE.random((12, 8)) < 0.2
CAPACITIES = np.array([2, 1, 1, 0, 2, 1, 3, 1])
DEMANDS = np.array([1, 2, 1, 1, 1, 0, 1, 2, 1, 1, 1, 1])
FAIREST: Objective = "served_then_fairest_then_total"
PROVEN = Verification(ok=True, gap=0, why="")


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
    assert checked(made) == PROVEN
    assert checked(Certificate.from_json(made.to_json())) == PROVEN


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


def paired_anew(pair: tuple[int, int]) -> Callable[[Certificate], Certificate]:
    def change(made: Certificate) -> Certificate:
        pairs = made.pairs.copy()
        pairs[0] = pair
        return replace(made, pairs=pairs)

    return change


NOT_ALLOWED = (int(np.argwhere(EXCLUDED)[0, 0]), int(np.argwhere(EXCLUDED)[0, 1]))

ADDED_UP = "What it says was reached is not what its pairs add up to."
NOBODY_THERE = "A pair names somebody who is not there."
LACKS = "The certificate lacks a proof that its objective needs, or has one too many."
PRICE = "A price is missing, negative or beyond all range."
Change = Callable[[Certificate], Certificate]

CHANGES: dict[str, tuple[str, Change]] = {
    "a pair less": (ADDED_UP, without_a_pair),
    "a giver beyond the last": (NOBODY_THERE, paired_anew((0, 8))),
    "a seeker beyond the last": (NOBODY_THERE, paired_anew((12, 0))),
    "nobody": (NOBODY_THERE, paired_anew((-1, 0))),
    "pairs of three": (NOBODY_THERE, lambda made: replace(made, pairs=np.zeros((4, 3), dtype=np.int64))),
    "no pairs at all": (NOBODY_THERE, lambda made: replace(made, pairs=np.zeros(4, dtype=np.int64))),
    "kept apart": ("A pair is made that may not be.", paired_anew(NOT_ALLOWED)),
    "twice": (
        "A pair stands there twice.",
        lambda made: replace(made, pairs=np.vstack([made.pairs, made.pairs[:1]])),
    ),
    "a higher total": (ADDED_UP, lambda made: replace(made, total=made.total + 1)),
    "more served": (ADDED_UP, lambda made: replace(made, served=made.served + 1)),
    "another digest": (
        "The certificate is about another problem.",
        lambda made: replace(made, digest="0" * 64),
    ),
    "no proof": (LACKS, lambda made: replace(made, bounds=())),
    "a proof twice": (LACKS, lambda made: replace(made, bounds=made.bounds * 2)),
    "another objective": (LACKS, lambda made: replace(made, objective="total")),
    "an objective that is none": (LACKS, lambda made: replace(made, objective=cast(Any, "best"))),
    "a floor": ("A floor has no place in this objective.", lambda made: proof(made, 0, floor=3)),
    "a price less": (PRICE, lambda made: proof(made, 0, prices=made.bounds[0].prices[1:])),
    "prices below nought": (PRICE, lambda made: proof(made, 0, prices=made.bounds[0].prices - 10**12)),
    "one price below nought": (
        PRICE,
        lambda made: proof(made, 0, prices=made.bounds[0].prices - np.eye(8, dtype=np.int64)[3]),
    ),
    "one price beyond": (
        PRICE,
        lambda made: proof(made, 0, prices=np.where(np.arange(8) == 3, 2**53 + 1, made.bounds[0].prices)),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_certificate_is_refused_and_it_says_why(change: str) -> None:
    why, changed = CHANGES[change]
    made = certificate()
    if change == "one price below nought":
        made = proof(made, 0, prices=np.where(np.arange(8) == 3, 0, made.bounds[0].prices))
    assert checked(changed(made)) == Verification(ok=False, gap=-1, why=why)


def test_a_giver_without_room_may_have_any_price_in_range() -> None:
    made = certificate()
    highest = np.where(np.arange(8) == 3, 2**53, made.bounds[0].prices)
    assert checked(proof(made, 0, prices=highest)) == PROVEN


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_worse_assignment_that_adds_up_leaves_a_gap(objective: Objective) -> None:
    """Of those who are served the best is left out, so that the worst-off are as well off as before."""
    made = certificate(objective)
    best = int(np.argmax([SCORES[tuple(pair)] for pair in made.pairs]))
    lost = int(SCORES[tuple(made.pairs[best])])
    worse = replace(
        made, pairs=np.delete(made.pairs, best, axis=0), total=made.total - lost, served=made.served - 1
    )
    if objective == FAIREST:
        assert checked(worse) == Verification(
            ok=False, gap=-1, why="It is not proven that nobody more can be served."
        )
        return
    bonus = problem(SCORES, CAPACITIES, DEMANDS, EXCLUDED).bonus if objective != "total" else 0
    gap = lost + bonus
    why = f"The prices leave {gap:,} open: perhaps there is something better."
    assert checked(worse) == Verification(ok=False, gap=gap, why=why)


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
    for pairs, why in (
        ([[0, 0], [0, 1]], "A seeker has more givers than they want."),
        ([[0, 0], [1, 0]], "A giver has more seekers than they have room for."),
    ):
        changed = replace(made, pairs=np.array(pairs), total=2, served=2)
        found = verify(np.ones((3, 3), dtype=np.int64), 1, changed)
        assert found == Verification(ok=False, gap=-1, why=why)


MORE = "It is not proven that nobody more can be served."
WORST_OFF = "It is not proven that the worst-off cannot be served better."
FAIR: dict[str, tuple[str, Change]] = {
    "prices that prove too little": (MORE, lambda made: proof(made, 1, prices=np.full(8, 9))),
    "only some pairs count": (MORE, lambda made: proof(made, 1, floor=int(SCORES.min()))),
    "nothing of a higher floor": (WORST_OFF, lambda made: replace(made, bounds=made.bounds[:2])),
    "far too high a floor": (WORST_OFF, lambda made: proof(made, 2, floor=10**6)),
    "too little of a higher floor": (WORST_OFF, lambda made: proof(made, 2, prices=np.full(8, 9))),
    "no floor": ("The floor is not the worst score.", lambda made: proof(made, 0, floor=None)),
}


@pytest.mark.parametrize("change", FAIR)
def test_a_changed_proof_of_fairness_is_refused(change: str) -> None:
    why, changed = FAIR[change]
    assert checked(changed(certificate(FAIREST))) == Verification(ok=False, gap=-1, why=why)


def test_as_many_with_a_higher_floor_are_no_proof_that_there_is_none() -> None:
    """Both serve two with a total of ten; the worst-off of one has five, that of the other one."""
    scores, free = np.array([[5, 1], [9, 5]]), np.zeros(2, dtype=np.int64)
    fair = assign(scores, 1, objective=FAIREST).certificate
    assert (fair.pairs.tolist(), fair.total) == ([[0, 0], [1, 1]], 10)
    best = Bound("served", 1, np.array([5, 1]) + problem(scores, 1, 1, None).bonus)
    posing = replace(
        fair,
        pairs=np.array([[0, 1], [1, 0]]),
        bounds=(best, fair.bounds[1], Bound("one", 5, free)),
    )
    assert verify(scores, 1, posing) == Verification(ok=False, gap=-1, why=WORST_OFF)
    less = replace(fair, bounds=(fair.bounds[0], fair.bounds[1], replace(fair.bounds[2], prices=free + 1)))
    assert verify(scores, 1, less) == Verification(ok=False, gap=-1, why=WORST_OFF)


def test_nobody_served_is_proven_too() -> None:
    nobody = np.ones((2, 2), dtype=np.bool_)
    made = assign(np.ones((2, 2), dtype=np.int64), 1, excluded=nobody, objective=FAIREST).certificate
    assert verify(np.ones((2, 2), dtype=np.int64), 1, made, excluded=nobody) == PROVEN


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


def test_a_damaged_file_says_in_words_what_it_lacks() -> None:
    with pytest.raises(NotACertificate, match="or it is damaged: it has no 'format'"):
        Certificate.from_json("{}")


def test_a_file_with_one_part_amiss_is_no_certificate() -> None:
    told = json.loads(certificate().to_json())
    wrong = {"pairs": [1, 2, 3], "bounds": [{}], "problem": None}
    half, text = [[0.5, 1]], [["0", "1"]]
    for part in ("format", "objective", "problem", "pairs", "total", "served", "bounds"):
        with pytest.raises(NotACertificate):
            Certificate.from_json(json.dumps({name: told[name] for name in told if name != part}))
    for part in ("pairs", "bounds"):
        with pytest.raises(NotACertificate):
            Certificate.from_json(json.dumps(told | {part: wrong[part]}))
    for pairs in (half, text):
        resealed = {name: told[name] for name in told if name != "seal"} | {"pairs": pairs}
        with pytest.raises(NotACertificate, match="where there should be whole numbers"):
            Certificate.from_json(json.dumps(resealed | {"seal": _seal(resealed)}))


def test_a_file_that_goes_too_deep_is_no_certificate() -> None:
    with pytest.raises(NotACertificate):
        Certificate.from_json("[" * 100_000)


def test_one_by_hand_holds_whole_numbers() -> None:
    made = certificate()
    half: Any = made.pairs + 0.5
    with pytest.raises(NotACertificate, match="must be int64 arrays, not float64"):
        replace(made, pairs=half)
    rows: Any = made.pairs.tolist()
    with pytest.raises(NotACertificate, match="must be int64 arrays, not list"):
        replace(made, pairs=rows)
    for bound in made.bounds:
        nothing: Any = bound.prices * np.nan
        with pytest.raises(NotACertificate, match="must be int64 arrays, not float64"):
            replace(made, bounds=(replace(bound, prices=nothing),))


def test_a_certificate_of_another_version_says_who_can_check_it() -> None:
    told = json.loads(certificate().to_json()) | {"format": "bothways-certificate-1"}
    with pytest.raises(NotACertificate, match=r"'bothways-certificate-1'.*with the version that made it"):
        Certificate.from_json(json.dumps(told))


def test_a_bound_of_a_kind_that_is_none_is_refused() -> None:
    made = certificate()
    assert not checked(replace(made, bounds=(Bound("luck", None, made.bounds[0].prices),))).ok


def as_factors(scores: Any, excluded: Any) -> Factors:
    """Each seeker's features are their scores."""
    return Factors(
        scores.astype(np.float32), np.eye(scores.shape[1], dtype=np.float32), apart=np.argwhere(excluded)
    )


def as_pairs(scores: Any, excluded: Any) -> Any:
    return csr_array(coo_array((scores[~excluded], np.nonzero(~excluded)), shape=scores.shape))


@pytest.mark.parametrize("told", [as_factors, as_pairs])
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("alike", [False, True])
def test_whatever_a_problem_is_told_as(
    told: Any, objective: Objective, alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proven; and with any one price, pair or rule changed not."""
    scores = np.full_like(SCORES, 7) if alike else SCORES
    table = assign(scores, CAPACITIES, DEMANDS, excluded=EXCLUDED, objective=objective)
    if told is as_pairs:
        monkeypatch.setattr(_problem, "MOST_PAIRS", 0)
    given = told(scores, EXCLUDED)
    made = assign(given, CAPACITIES, DEMANDS, objective=objective)
    proven = made.certificate
    assert (made.total, made.served) == (table.total, table.served)
    assert verify(given, CAPACITIES, proven, DEMANDS) == PROVEN
    for place, bound in enumerate(proven.bounds[:2]):
        for giver in np.flatnonzero(CAPACITIES):
            prices = bound.prices.copy()
            prices[giver] += 10**6 if bound.of != "one" else 1
            assert not verify(given, CAPACITIES, proof(proven, place, prices=prices), DEMANDS).ok
    free = NOT_ALLOWED[0], int(np.flatnonzero(~EXCLUDED[NOT_ALLOWED[0]])[0])
    others = proven.pairs[proven.pairs[:, 0] != NOT_ALLOWED[0]]
    for pair, worth in ((NOT_ALLOWED, None), (free, int(scores[free]))):
        pairs = np.vstack([others[others[:, 1] != pair[1]], pair])
        total = sum(int(scores[i, j]) for i, j in pairs.tolist())
        found = verify(
            given, CAPACITIES, replace(proven, pairs=pairs, total=total, served=len(pairs)), DEMANDS
        )
        assert (found.why == "A pair is made that may not be.") == (worth is None), found
    allowed = EXCLUDED.copy()
    allowed[NOT_ALLOWED] = False
    assert verify(told(scores, allowed), CAPACITIES, proven, DEMANDS).why.endswith("another problem.")


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("given", [*empty_sides()], ids=lambda given: given.name)
def test_where_nobody_is_nothing_is_proven(given: Given, objective: Objective) -> None:
    made = assign(given.scores, given.capacities, given.demands, objective=objective).certificate
    assert verify(given.scores, given.capacities, made, given.demands) == PROVEN


@pytest.mark.parametrize("objective", [[], {}, None])
def test_an_objective_that_is_no_text_is_refused(objective: Any) -> None:
    assert not checked(replace(certificate(), objective=objective)).ok
