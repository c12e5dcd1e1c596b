"""Scores that are never written out: features of both sides, what is added, and rules that keep two apart.

Every number is whole and small enough that a float32 holds each sum of products on the way to a score exactly
(|a| x |b| <= 2^24, by Cauchy and Schwarz for any part of the sum). So any BLAS, in any order, with any number
of threads, finds the same scores, and "the best" is a fact that can be checked elsewhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bothways.matching import _apart
from bothways.matching._added import Added, Alike, Counted, Tables
from bothways.matching._apart import Groups, Named, Shared
from bothways.matching._bad import Negative, NotWhole, OutOfRange, WrongShape
from bothways.matching._problem import EXACT, Bools, Floats, Ints
from bothways.matching._words import BITS, Words

EXACT_PRODUCTS = 2**24  # as far as float32 counts
LOOKED_THROUGH = 1 << 18  # numbers at once: what a core keeps near takes half the time
PAIRS_AT_ONCE = 1 << 21
SPARSE = 8  # at most one feature in so many is other than nought
MOST_TURNED = 1 << 25  # numbers: 134 MB
WORDS = ("counted", "shared")  # of these each has bits of either side, of all others numbers
# What `Factors` hold beside features and pairs, each as (of seekers, of givers, what is of both).
SIZES = {"tables": 3, "counted": 4, "alike": 4, "shared": 2, "groups": 2}
KINDS = tuple(SIZES)


def _nobody() -> Ints:
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True)
class Factors:
    """What n seekers and m givers score with each other, and who is kept apart.

    `seekers` (n, f) and `givers` (m, f): whole numbers as float32; a score is the product of two rows. Norms
    up to 4,096 are always small enough. Added to it:

    - for each of `tables` (a, b, points): `points[a[i], b[j]]`, where a (n,) and b (m,) are kinds from 0 and
      `points` is int64;
    - for each of `counted` (a, b, most, points), uint64 (n, w) and (m, w): `points` for each bit that both
      have, and for no more than `most`;
    - for each of `alike` (a, b, same, another), int64 (n,) and (m,): `same` where both have the same number,
      `another` where they differ, nothing where either is -1, which is none.

    Kept apart: for each of `shared` (a, b), uint64 (n, w) and (m, w), who have no bit in common; for each of
    `groups` (a, b), int64 (n,) and (m,), who have the same number, where -1 is none; and int64 `apart`
    (k, 2), seeker and giver. Who is away has room for 0, or wants 0. None of these arrays may be changed.

    Raises a `BadProblem` that names what does not belong together, is not whole or leaves the exact range.
    """

    seekers: Floats
    givers: Floats
    tables: Tables = ()
    counted: Counted = ()
    alike: Alike = ()
    shared: Shared = ()
    groups: Groups = ()
    apart: Ints = field(default_factory=_nobody)

    def __post_init__(self) -> None:
        for name, side in (("seekers", self.seekers), ("givers", self.givers)):
            _check_array(name, side)
            if side.ndim != 2 or side.dtype != np.float32:
                raise NotWhole(f"{name} must be float32 with two dimensions, not {side.dtype}, {side.ndim}.")
        if self.seekers.shape[1] != self.givers.shape[1]:
            raise WrongShape(f"{self.seekers.shape[1]} features do not meet {self.givers.shape[1]}.")
        for name in KINDS:
            for group in getattr(self, name):
                _check_group(name, self.shape, group)
        _check_apart(self.apart, self.shape)
        if max(abs(extreme) for extreme in self.extremes) > EXACT_PRODUCTS:
            raise OutOfRange(f"scores could leave the exact range of 2^24: {self.extremes}; scale them down.")

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.seekers), len(self.givers)

    @cached_property
    def extremes(self) -> tuple[int, int]:
        """No score is below or above these; not every one of them is reached."""
        (longest, low), (widest, other) = _norm("seekers", self.seekers), _norm("givers", self.givers)
        highest = isqrt(longest * widest)
        lowest = 0 if min(low, other) >= 0 else -highest
        least, most = self.added.extremes()
        return lowest + least, highest + most

    @cached_property
    def sparse(self) -> bool:
        """Whether most features of seekers are nought, and `by_feature` is small enough to be made."""
        few = np.count_nonzero(self.seekers) * SPARSE <= self.seekers.size
        return bool(few and self.givers.size <= MOST_TURNED)

    @cached_property
    def by_feature(self) -> Floats:
        """Of each feature how much each giver has, (f, m)."""
        return np.ascontiguousarray(self.givers.T)

    @property
    def added(self) -> Added:
        return Added(self.tables, self.counted, self.alike)

    @cached_property
    def by_kind(self) -> tuple[tuple[Ints, Floats], ...]:
        """Each table as kinds (n,) of seekers, and what a kind adds to each giver's score (kinds, m)."""
        return tuple((mine, points[:, theirs].astype(np.float32)) for mine, theirs, points in self.tables)

    @cached_property
    def kept_apart(self) -> Named:
        """`apart` by seeker."""
        return _apart.by_seeker(self.apart, self.shape[0])

    def turned(self) -> "Factors":
        """The same with seekers as givers and givers as seekers."""
        made, added = object.__new__(Factors), self.added.turned()
        made.__dict__.update(
            seekers=self.givers,
            givers=self.seekers,
            **added._asdict(),
            shared=tuple((theirs, mine) for mine, theirs in self.shared),
            groups=tuple((theirs, mine) for mine, theirs in self.groups),
            apart=self.apart[:, ::-1],
        )
        return made

    def without(self, pairs: Ints) -> "Factors":
        """The same, with these int64 pairs (k, 2) kept apart too; raises a `BadProblem`."""
        _check_apart(pairs, self.shape)
        made = object.__new__(Factors)
        made.__dict__.update(self.__dict__)
        made.__dict__.pop("kept_apart", None)
        made.__dict__["apart"] = np.concatenate([self.apart, pairs])
        return made

    def block(self, rows: slice) -> tuple[Ints, Bools]:
        """Scores int64 (rows, m), and which pairs may be made: what all of this means, said plainly."""
        return self.rows(np.arange(self.shape[0])[rows])

    def rows(self, seekers: Ints) -> tuple[Ints, Bools]:
        """The same of these seekers (rows,)."""
        sums = self.seekers[seekers] @ self.givers.T
        sums += self.added.of_block(seekers, self.shape[1])
        return sums.astype(np.int64), self.allowed(seekers)

    def allowed(self, seekers: Ints) -> Bools:
        """Which pairs of these seekers may be made, (rows, m)."""
        return _apart.of_block(self.shared, self.groups, self.kept_apart, seekers, self.shape[1])

    def of_pairs(self, pairs: Ints) -> tuple[Ints, Bools]:
        """Scores (k,) of these pairs (k, 2), and which of them may be made."""
        seekers, givers = pairs[:, 0], pairs[:, 1]
        scores: Ints = np.zeros(len(pairs), dtype=np.int64)
        height = max(PAIRS_AT_ONCE // max(self._width, 1), 1)
        for first in range(0, len(pairs), height):
            some = slice(first, first + height)
            products = self.seekers[seekers[some]].astype(np.float64) * self.givers[givers[some]]
            scores[some] = products.sum(axis=1) + self.added.of_pairs(pairs[some])
        return scores, _apart.of_pairs(self.shared, self.groups, self.apart, pairs, self.shape[1])

    @property
    def _width(self) -> int:
        """Numbers that are looked at for a pair."""
        features: int = self.seekers.shape[1]
        words = [int(bits.shape[1]) for bits, _, _, _ in self.counted]
        return features + BITS * sum(words)

    def blocks(self) -> Iterator[slice]:
        """All rows, a few at a time."""
        height = max(PAIRS_AT_ONCE // max(self.shape[1], 1), 1)
        for first in range(0, self.shape[0], height):
            yield slice(first, min(first + height, self.shape[0]))

    def parts(self) -> Iterator[NDArray[Any]]:
        """All that it is made of, for whoever names it by a digest."""
        kinds = [getattr(self, kind) for kind in KINDS]
        yield np.array([*self.shape, self.seekers.shape[1], *map(len, kinds)])
        yield self.seekers
        yield self.givers
        for each in (part for kind in kinds for group in kind for part in group):
            yield np.array(np.shape(each), dtype=np.int64)
            yield np.asarray(each)
        yield np.unique(self.apart, axis=0)


def _norm(name: str, given: Floats) -> tuple[int, int]:
    """The largest square of a row's norm, and the lowest number, nought or less."""
    largest, lowest = 0.0, 0.0
    height = max(LOOKED_THROUGH // max(given.shape[1], 1), 1)
    for first in range(0, len(given), height):
        part = given[first : first + height]
        least, most = float(part.min(initial=0)), float(part.max(initial=0))
        if not (np.rint(part) == part).all() or max(-least, most) > EXACT_PRODUCTS:
            raise NotWhole(f"{name} must be whole numbers; scale and round them first.")
        wide = part.astype(np.float64)
        largest = max(largest, float(np.einsum("ij,ij->i", wide, wide).max(initial=0)))
        lowest = min(lowest, least)
    return int(largest), int(lowest)


def _check_array(name: str, given: Any) -> None:
    if not isinstance(given, np.ndarray) or np.ma.isMaskedArray(given):
        raise WrongShape(f"{name} must be a NumPy array, not a {type(given).__name__}.")


def _check_group(name: str, shape: tuple[int, int], group: Any) -> None:
    if not isinstance(group, tuple) or len(group) != SIZES[name]:
        raise WrongShape(f"each of {name} must be a tuple of {SIZES[name]}; one is not.")
    mine, theirs, *how = group
    _check_sides(name, shape, mine, theirs)
    if how:
        CHECKED[name](mine, theirs, *how)


def _check_sides(name: str, shape: tuple[int, int], mine: NDArray[Any], theirs: NDArray[Any]) -> None:
    """Bits are uint64 of two dimensions, as many words on both sides; all else int64 of one."""
    _check_array(name, mine)
    _check_array(name, theirs)
    kind, dimensions = (np.uint64, 2) if name in WORDS else (np.int64, 1)
    if mine.dtype != kind or theirs.dtype != kind:
        raise NotWhole(f"{name} must be {np.dtype(kind)}, not {mine.dtype} and {theirs.dtype}.")
    if mine.ndim != dimensions or theirs.ndim != dimensions or mine.shape[1:] != theirs.shape[1:]:
        raise WrongShape(f"{name} must have {dimensions} dimensions, of the same width on both sides.")
    if (len(mine), len(theirs)) != shape:
        raise WrongShape(f"{name} must be for {shape[0]} seekers and {shape[1]} givers.")


def _check_apart(apart: Ints, shape: tuple[int, int]) -> None:
    _check_array("apart", apart)
    if apart.ndim != 2 or apart.shape[1] != 2 or apart.dtype != np.int64:
        raise WrongShape("apart must be int64 pairs (k, 2) of a seeker and a giver.")
    if (apart < 0).any() or (apart >= shape).any():
        raise WrongShape("apart names somebody who is not there.")


def _check_table(mine: Ints, theirs: Ints, points: Ints) -> None:
    _check_array("tables", points)
    if points.ndim != 2 or points.dtype != np.int64:
        raise WrongShape("tables must have int64 points of two dimensions.")
    for kinds, many in ((mine, points.shape[0]), (theirs, points.shape[1])):
        if kinds.size and (int(kinds.min()) < 0 or int(kinds.max()) >= many):
            raise WrongShape(f"tables name a kind beyond the {many} that have points.")


def _check_counted(mine: Words, theirs: Words, most: int, points: int) -> None:
    _check_whole("counted", most, points)
    if most < 0:
        raise Negative(f"counted must not count less than nothing; it says {most}.")


def _check_alike(mine: Ints, theirs: Ints, same: int, another: int) -> None:
    _check_whole("alike", same, another)


def _check_whole(name: str, *given: Any) -> None:
    for number in given:
        if type(number) is not int:
            raise NotWhole(f"{name} must have whole numbers beside its arrays, not {number!r}.")
        if abs(number) >= EXACT:
            raise OutOfRange(f"{name} must have numbers between -2^53 and 2^53 beside its arrays.")


CHECKED: dict[str, Callable[..., None]] = {  # what is of both sides
    "tables": _check_table,
    "counted": _check_counted,
    "alike": _check_alike,
}
