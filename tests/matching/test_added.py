"""What is added to a score: told one pair after another, plainly over arrays, and by kernels."""

from typing import Any

import numpy as np
import pytest

from bothways.matching import Factors, _summed, _words
from bothways.matching._added import Added
from bothways.matching._problem import Ints
from tests.matching.markets import random_factors


def added(factors: Factors, seeker: int, giver: int) -> int:
    """To one pair, in the words of `Factors`."""
    sums = sum(int(points[mine[seeker], theirs[giver]]) for mine, theirs, points in factors.tables)
    for mine, theirs, most, points in factors.counted:
        bits = [
            (int(one) & int(other)).bit_count()
            for one, other in zip(mine[seeker], theirs[giver], strict=True)
        ]
        sums += min(sum(bits), most) * points
    for number, same, of_same, of_another in factors.alike:
        if -1 not in (number[seeker], same[giver]):
            sums += of_same if number[seeker] == same[giver] else of_another
    return sums


@pytest.mark.parametrize("number", range(24))
def test_all_ways_to_say_it_say_the_same(number: int) -> None:
    factors = random_factors(number, 9, 8)
    told = np.array([[added(factors, seeker, giver) for giver in range(8)] for seeker in range(9)])
    for rows in ([0, 1, 2, 3, 4, 5, 6, 7, 8], [5, 2], []):
        some = np.array(rows, dtype=np.int64)
        assert (factors.added.of_block(some, 8) == told[some]).all()
    pairs = np.random.default_rng(number).permutation(np.argwhere(np.ones((9, 8), dtype=np.bool_)))
    assert (factors.added.of_pairs(pairs) == told[pairs[:, 0], pairs[:, 1]]).all()
    assert (factors.added.turned().of_block(np.arange(8), 9) == told.T).all()
    lowest, highest = factors.added.extremes()
    assert lowest <= told.min()
    assert told.max() <= highest


KINDS = np.array([0, 1, 1, 0])
POINTS = np.array([[5, -2], [3, 4]])
BITS = np.array([[7, 0], [0, 2**63], [2**63 + 6, 1], [2**64 - 1, 2**64 - 1]], dtype=np.uint64)
NUMBERS = np.array([-1, 0, 1, 0])
NOTHING = Added((), (), ())

EACH: dict[str, tuple[Added, list[list[int]], tuple[int, int]]] = {
    "nothing": (NOTHING, [[0] * 4] * 4, (0, 0)),
    "points of two kinds": (
        NOTHING._replace(tables=((KINDS, KINDS, POINTS),)),
        [[5, -2, -2, 5], [3, 4, 4, 3], [3, 4, 4, 3], [5, -2, -2, 5]],
        (-2, 5),
    ),
    "points that are all to one's gain": (
        NOTHING._replace(tables=((KINDS, KINDS, 5 + POINTS),)),
        [[10, 3, 3, 10], [8, 9, 9, 8], [8, 9, 9, 8], [10, 3, 3, 10]],
        (0, 10),
    ),
    "or to one's loss": (
        NOTHING._replace(tables=((KINDS, KINDS, POINTS - 6),)),
        [[-1, -8, -8, -1], [-3, -2, -2, -3], [-3, -2, -2, -3], [-1, -8, -8, -1]],
        (-8, 0),
    ),
    "bits in common": (
        NOTHING._replace(counted=((BITS, BITS, 1000, 2),)),
        [[6, 0, 4, 6], [0, 2, 0, 2], [4, 0, 8, 8], [6, 2, 8, 256]],
        (0, 256),
    ),
    "three of them at most, and to one's loss": (
        NOTHING._replace(counted=((BITS, BITS, 3, -1),)),
        [[-3, 0, -2, -3], [0, -1, 0, -1], [-2, 0, -3, -3], [-3, -1, -3, -3]],
        (-3, 0),
    ),
    "none of them": (NOTHING._replace(counted=((BITS, BITS, 0, 9),)), [[0] * 4] * 4, (0, 0)),
    "the same number or another, of which -1 is none": (
        NOTHING._replace(alike=((NUMBERS, NUMBERS, 7, -3),)),
        [[0, 0, 0, 0], [0, 7, -3, 7], [0, -3, 7, -3], [0, 7, -3, 7]],
        (-3, 7),
    ),
    "both to one's gain": (
        NOTHING._replace(alike=((NUMBERS, NUMBERS, 7, 2),)),
        [[0, 0, 0, 0], [0, 7, 2, 7], [0, 2, 7, 2], [0, 7, 2, 7]],
        (0, 7),
    ),
    "the same to one's loss": (
        NOTHING._replace(alike=((NUMBERS, NUMBERS, -7, 3),)),
        [[0, 0, 0, 0], [0, -7, 3, -7], [0, 3, -7, 3], [0, -7, 3, -7]],
        (-7, 3),
    ),
    "another alone": (
        NOTHING._replace(alike=((NUMBERS, NUMBERS, 0, 2),)),
        [[0, 0, 0, 0], [0, 0, 2, 0], [0, 2, 0, 2], [0, 0, 2, 0]],
        (0, 2),
    ),
}


@pytest.mark.parametrize("what", EACH)
def test_each_is_added_as_it_says(what: str) -> None:
    given, points, extremes = EACH[what]
    assert given.of_block(np.arange(4), 4).tolist() == points
    assert given.of_block(np.arange(4), 4).dtype == np.float32
    assert given.of_pairs(np.argwhere(np.ones((4, 4), dtype=np.bool_))).tolist() == [
        each for row in points for each in row
    ]
    assert given.extremes() == extremes
    both = NOTHING
    for name in Added._fields:
        both = both._replace(**{name: getattr(given, name) * 2})
    assert both.of_block(np.arange(4), 4).tolist() == [[2 * each for each in row] for row in points]
    assert both.extremes() == (2 * extremes[0], 2 * extremes[1])


def test_of_nobody_nothing_is_added() -> None:
    nobody, no_words = KINDS[:0], BITS[:0]
    given = Added(((nobody, nobody, POINTS[:0]),), ((no_words, no_words, 2, 0),), ((nobody, nobody, -1, -1),))
    assert given.of_block(nobody, 0).shape == (0, 0)
    assert given.extremes() == (-1, 0)


def before() -> Any:
    return np.arange(16, dtype=np.float32).reshape(4, 4)


def test_kernels_add_points_by_kind() -> None:
    block, (_, points, _) = before(), EACH["points of two kinds"]
    _summed.by_kind(block, KINDS, POINTS[:, KINDS].astype(np.float32))
    assert (block - before()).tolist() == points


@pytest.mark.parametrize(
    "what", ["bits in common", "three of them at most, and to one's loss", "none of them"]
)
def test_kernels_add_points_for_bits_in_common(what: str) -> None:
    block, (given, points, _) = before(), EACH[what]
    ((mine, theirs, most, each),) = given.counted
    _summed.in_common(block, mine, theirs.T, most, each)
    assert (block - before()).tolist() == points


@pytest.mark.parametrize("what", ["the same number or another, of which -1 is none", "another alone"])
def test_kernels_add_points_for_being_alike(what: str) -> None:
    block, (given, points, _) = before(), EACH[what]
    ((mine, theirs, same, another),) = given.alike
    _summed.alike(block, mine, theirs, same, another)
    assert (block - before()).tolist() == points


@pytest.mark.parametrize(
    "word", [0, 1, 2**63, 2**64 - 1, 0x5555555555555555, 0x0123456789ABCDEF, 0xFEDCBA9876543211]
)
def test_bits_are_counted(word: int) -> None:
    assert int(_summed.bits_of(np.uint64(word))) == word.bit_count()


def test_bits_in_common_are_counted_for_pairs_and_for_each_with_all() -> None:
    expected: Ints = np.array(
        [[(int(a) & int(b)).bit_count() + (int(c) & int(d)).bit_count() for b, d in BITS] for a, c in BITS]
    )
    assert _words.in_common(BITS[:, None], BITS).tolist() == expected.tolist()
    for counts in (_words.in_common(BITS[:, None], BITS), _words.in_common(BITS, BITS)):
        assert counts.dtype == np.float32
    assert _words.in_common(BITS, BITS[::-1]).tolist() == [expected[at, 3 - at] for at in range(4)]
    for many in (1, _words.FEW_ROWS, _words.FEW_ROWS + 1):
        mine = np.repeat(BITS, many, axis=0)
        assert (_words.any_in_common(mine[:, None], BITS) == np.repeat(expected > 0, many, axis=0)).all()
    assert _words.any_in_common(BITS, BITS[::-1]).tolist() == [bool(expected[at, 3 - at]) for at in range(4)]
    none = BITS[:, :0]
    assert not _words.in_common(none[:, None], none).any()
    assert not _words.any_in_common(none, none).any()


def test_bits_of_many_words_are_counted_some_words_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(1)
    mine, theirs = (dice.integers(0, 2**63, (many, 5)).astype(np.uint64) for many in (9, 4))
    at_once = _words.in_common(mine[:, None], theirs)
    monkeypatch.setattr(_words, "AT_ONCE", 1)
    assert np.array_equal(_words.in_common(mine[:, None], theirs), at_once)
    assert _words.most_of_one(mine) == max(sum(int(word).bit_count() for word in one) for one in mine)


def test_no_more_counts_than_anybody_has() -> None:
    one = np.array([[0b111]], dtype=np.uint64)
    few = np.array([[0b011]], dtype=np.uint64)
    assert Added((), ((one, few, 2**40, 7),), ()).extremes() == (0, 14)
    assert Added((), ((few, one, 2**40, -7),), ()).extremes() == (-14, 0)


def test_who_has_most_bits_is_known() -> None:
    assert [_words.most_of_one(BITS[:many]) for many in range(5)] == [0, 3, 3, 4, 128]
    assert _words.most_of_one(BITS[:, :0]) == 0
    assert _words.most_of_one(np.zeros((2, 3), dtype=np.uint64)) == 0
