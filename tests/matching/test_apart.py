"""Who is kept apart: told one pair after another, plainly over arrays, and struck out of blocks of scores."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from bothways.matching import Factors, _apart, _passes, _struck
from bothways.matching._problem import Bools, Ints
from tests.matching.markets import random_factors


def may_meet(factors: Factors, seeker: int, giver: int) -> bool:
    """One pair, in the words of `Factors`."""
    shared = (
        any(int(one) & int(other) for one, other in zip(mine[seeker], theirs[giver], strict=True))
        for mine, theirs in factors.shared
    )
    groups = (-1 != mine[seeker] == theirs[giver] for mine, theirs in factors.groups)
    return all(shared) and not any(groups) and [seeker, giver] not in factors.apart.tolist()


@pytest.mark.parametrize("number", range(24))
def test_all_ways_to_say_it_say_the_same(number: int) -> None:
    """Plainly for some rows and for pairs, and by kernels for some rows with some givers."""
    factors = random_factors(number, 9, 8)
    told = np.array([[may_meet(factors, seeker, giver) for giver in range(8)] for seeker in range(9)])
    for rows in (slice(0, 9), slice(3, 7), slice(6, 9), slice(4, 4)):
        assert (factors.block(rows)[1] == told[rows]).all()
    pairs = np.random.default_rng(number).permutation(np.argwhere(told | True))
    assert (factors.of_pairs(pairs)[1] == told[pairs[:, 0], pairs[:, 1]]).all()
    some, givers, room = np.array([7, 2, 4]), np.array([6, 0, 3, 5, 1]), np.empty(12, dtype=np.float32)
    block = _passes.score_block(factors, some, _passes.columns(factors, givers), 4, room)
    assert (np.isfinite(block) == told[some][:, givers[:4]]).all()


def drawn(rows: str) -> Bools:
    return np.array([[each == "x" for each in row] for row in rows.split()])


BITS = np.array([[1, 0], [0, 1], [2, 0], [0, 0], [3, 1]], dtype=np.uint64)
FIRST = BITS[:, :1]
NUMBERS = np.array([-1, 0, 1, 0, -1])
NAMES = np.array([[3, 4], [1, 0], [3, 0], [1, 2], [4, 1]])
NO_NAMES = np.zeros((0, 2), dtype=np.int64)

NO_BIT = drawn(".xxx. x.xx. xx.x. xxxxx ...x.")
NO_BIT_OF_THE_FIRST = drawn(".xxx. xxxxx xx.x. xxxxx .x.x.")
SAME_NUMBER = drawn("..... .x.x. ..x.. .x.x. .....")
ONE_NUMBER_HIGHER = drawn(".x.x. ..x.. ..... ..x.. .x.x.")
NAMED = drawn("..... x.x.. ..... x...x .x...")

RULES: dict[str, tuple[Any, Any, Ints, Bools]] = {
    "none": ((), (), NO_NAMES, NAMED & False),
    "a bit of either word": (((BITS, BITS),), (), NO_NAMES, NO_BIT),
    "bits of no words": (((BITS[:, :0], BITS[:, :0]),), (), NO_NAMES, NAMED | True),
    "a bit of each of two": (((FIRST, FIRST), (BITS, BITS)), (), NO_NAMES, NO_BIT | NO_BIT_OF_THE_FIRST),
    "a number, of which -1 is none": ((), ((NUMBERS, NUMBERS),), NO_NAMES, SAME_NUMBER),
    "either of two numbers": (
        (),
        ((NUMBERS + 1, NUMBERS), (NUMBERS, NUMBERS)),
        NO_NAMES,
        SAME_NUMBER | ONE_NUMBER_HIGHER,
    ),
    "names": ((), (), NAMES, NAMED),
    "all": (((BITS, BITS),), ((NUMBERS, NUMBERS),), NAMES, NO_BIT | SAME_NUMBER | NAMED),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_keeps_apart_whom_it_names_and_nobody_else(rule: str) -> None:
    shared, groups, names, apart = RULES[rule]
    by_pairs = _apart.of_pairs(shared, groups, names, np.argwhere(apart | True), 5)
    assert by_pairs.dtype == np.bool_
    assert (by_pairs == ~apart.ravel()).all()
    for rows in ([0, 1, 2, 3, 4], [3, 1], [], [4]):
        some = np.array(rows, dtype=np.int64)
        block = _apart.of_block(shared, groups, _apart.by_seeker(names, 5), some, 5)
        assert block.dtype == np.bool_
        assert (block == ~apart[some]).all()


def test_names_are_kept_by_seeker() -> None:
    start, givers = _apart.by_seeker(NAMES, 5)
    assert [sorted(givers[first:last]) for first, last in pairwise(start)] == [[], [0, 2], [], [0, 4], [1]]


@pytest.mark.parametrize("number", range(4))
def test_without_some_pairs_these_are_kept_apart_too_and_nothing_else_is_changed(number: int) -> None:
    """Also of factors of which nobody has asked anything yet."""
    asked, anew = random_factors(number, 9, 8), random_factors(number, 9, 8)
    scores, allowed = asked.block(slice(0, 9))
    pairs = np.argwhere(allowed)[::3]
    expected = allowed.copy()
    expected[pairs[:, 0], pairs[:, 1]] = False
    for factors in (asked, anew):
        less = factors.without(pairs)
        assert (less.block(slice(0, 9))[0] == scores).all()
        assert (less.block(slice(0, 9))[1] == expected).all()
        assert (less.turned().block(slice(0, 8))[1] == expected.T).all()
        assert (factors.block(slice(0, 9))[1] == allowed).all()


def scores() -> Any:
    return np.arange(25, dtype=np.float32).reshape(5, 5)


def struck(block: Any) -> Any:
    """Who has been struck out; all others have the score they had."""
    out = np.isneginf(block)
    assert (block[~out] == scores()[~out]).all()
    return out


def test_kernels_strike_out_who_shares_nothing() -> None:
    block = scores()
    _struck.nothing_shared(block, BITS, BITS.T)
    assert (struck(block) == NO_BIT).all()


def test_kernels_strike_out_who_is_of_the_same_group() -> None:
    block = scores()
    _struck.same_group(block, NUMBERS, NUMBERS)
    assert (struck(block) == SAME_NUMBER).all()


def test_kernels_strike_out_who_is_named_if_they_have_a_column() -> None:
    """Giver 0 stands first, giver 2 last, giver 1 just beyond the block, and giver 4 nowhere."""
    block, rows, places = scores(), np.array([3, 1, 4, 0, 2]), np.array([0, 5, 4, 1, -1])
    _struck.keep_apart(block, rows, *_apart.by_seeker(NAMES, 5), places)
    assert (struck(block) == drawn("x.... x...x ..... ..... .....")).all()
