"""What is to be solved, checked by name before anything is computed.

A problem is n seekers and m givers; a whole score for each pair that may be made; how many different givers
each seeker wants, and how many seekers each giver has room for.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from bothways.matching._bad import Negative, NotWhole, OutOfRange, TooLarge, WrongShape
from bothways.matching._compiled import INSTALL

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Objective = Literal["total", "served_then_total", "served_then_fairest_then_total"]
OBJECTIVES: tuple[str, ...] = get_args(Objective)

NOBODY = -1  # in place of a number: of a person, a place or a pair that is not there
NONE = -1  # the number, in groups and of what is alike, of who has none
NEVER = -(2**61)  # stands where no pair may be made: below whatever can be reached
EXACT = 2**53  # as far as whole numbers are exact in the floats of the solvers beneath
MOST_PAIRS = 25_000_000  # n x m that a table may have here: 200 MB of scores


@dataclass(frozen=True)
class Problem:
    """A checked problem. `scores` is int64 of shape (n, m), `allowed` bool of the same shape.

    `capacities` is int64 of shape (m,), none above n; `demands` int64 of shape (n,), none above m.
    """

    scores: Ints
    allowed: Bools
    capacities: Ints
    demands: Ints

    @property
    def shape(self) -> tuple[int, int]:
        return self.scores.shape[0], self.scores.shape[1]

    @cached_property
    def most(self) -> int:
        """No more pairs than this can be made."""
        return min(int(self.demands.sum()), int(self.capacities.sum()))

    @cached_property
    def bonus(self) -> int:
        """Added to each score, it makes one pair more worth any loss of score."""
        return bonus(self.most, self.extremes)

    @cached_property
    def extremes(self) -> tuple[int, int]:
        """The lowest and the highest score of a pair that may be made; noughts where there is none."""
        given = self.stored
        return (int(given.min()), int(given.max())) if given.size else (0, 0)

    @property
    def stored(self) -> Ints:
        """The scores of all pairs that may be made."""
        return self.scores if self.allowed.all() else self.scores[self.allowed]

    def listed(self, floor: int | None = None) -> tuple[Ints, Ints]:
        """Seekers and givers of the pairs that may be made and have a score of at least `floor`."""
        seekers, givers = np.nonzero(self.values(floor=floor) != NEVER)
        return seekers, givers

    def values(self, *, bonus: int = 0, floor: int | None = None) -> Ints:
        """Scores with the bonus, `NEVER` where no pair may be made or the score lies below `floor`."""
        if floor is None and self.allowed.all():
            return self.scores + bonus
        allowed = self.allowed if floor is None else self.allowed & (self.scores >= floor)
        return np.where(allowed, self.scores + bonus, NEVER)


class Sized(Protocol):
    """What a table and a list have in common."""

    @property
    def most(self) -> int: ...
    @property
    def bonus(self) -> int: ...
    @property
    def extremes(self) -> tuple[int, int]: ...


def bonus(most: int, extremes: tuple[int, int]) -> int:
    """What makes one pair more worth any loss of score, where `most` can be made."""
    lowest, highest = extremes
    return most * (max(highest, 0) - min(lowest, 0)) + 1


def problem(scores: Any, capacities: Any, demands: Any, excluded: Any) -> Problem:
    """A checked problem out of what a caller handed in; raises a `BadProblem`."""
    table, allowed = _table(scores)
    if excluded is not None:
        mask = array("excluded", excluded)
        if mask.shape != table.shape or mask.dtype != np.bool_:
            raise WrongShape(f"excluded must be a boolean array of shape {table.shape}.")
        allowed = allowed & ~mask
    n, m = table.shape
    made = Problem(
        table,
        allowed,
        np.minimum(counts("capacities", capacities, m), n),
        np.minimum(counts("demands", demands, n), m),
    )
    check_range(made)
    return made


def _table(scores: Any) -> tuple[Ints, Bools]:
    """Scores as a table, and where there are any: everywhere, or in a sparse array where one is stored."""
    if not hasattr(scores, "tocoo"):
        given = array("scores", scores)
        if given.size > MOST_PAIRS:
            raise TooLarge(
                f"{given.size:,} are more than the {MOST_PAIRS:,} pairs that a table may have here. "
                f"List those that may be made, in a SciPy sparse array. That needs: {INSTALL}"
            )
        table = whole("scores", given)
        if table.ndim != 2:
            raise WrongShape(f"scores must have two dimensions, not {table.ndim}.")
        return table, np.ones(table.shape, dtype=np.bool_)
    coordinates = scores.tocoo()
    n, m = coordinates.shape
    table, allowed = np.zeros((n, m), dtype=np.int64), np.zeros((n, m), dtype=np.bool_)
    stored = whole("scores", coordinates.data)
    if len(np.unique(coordinates.row.astype(np.int64) * m + coordinates.col)) != len(stored):
        raise WrongShape("scores hold the same pair twice.")
    table[coordinates.row, coordinates.col] = stored
    allowed[coordinates.row, coordinates.col] = True
    return table, allowed


def counts(name: str, given: Any, length: int) -> Ints:
    each = whole(name, given)
    if each.ndim == 0:
        each = np.full(length, each, dtype=np.int64)
    if each.shape != (length,):
        raise WrongShape(f"{name} must be one number or {length} of them, not of shape {each.shape}.")
    if length and each.min() < 0:
        raise Negative(f"{name} must not be negative; number {int(each.argmin())} is {each.min()}.")
    return each


def array(name: str, given: Any) -> NDArray[Any]:
    """Raises `WrongShape` for rows of several lengths, and for a mask, which would be lost."""
    if np.ma.isMaskedArray(given):
        raise WrongShape(f"{name} must not be a masked array; say in excluded which pairs may not be made.")
    try:
        return np.asarray(given)
    except ValueError as ragged:
        raise WrongShape(f"{name} must be an array, with as many numbers in each row.") from ragged


def whole(name: str, given: Any) -> Ints:
    values = array(name, given)
    if values.dtype == np.bool_ or values.dtype.kind not in "iuf":
        raise NotWhole(f"{name} must be whole numbers, not {values.dtype}.")
    if values.dtype.kind == "f":
        if not np.isfinite(values).all():
            raise NotWhole(f"{name} hold something that is not a finite number.")
        if (values != np.floor(values)).any():
            raise NotWhole(f"{name} must be whole numbers; scale and round them first.")
    if values.size and (int(values.max()) >= EXACT or int(values.min()) <= -EXACT):
        raise OutOfRange(f"{name} must lie between -2^53 and 2^53.")
    return values.astype(np.int64)


def check_range(made: Sized, limit: int = EXACT) -> None:
    """The largest sum there can be: every pair with the bonus on it."""
    largest = max(abs(extreme) for extreme in made.extremes)
    if (made.most + 1) * (made.bonus + largest) >= limit:
        raise OutOfRange(
            f"scores up to {largest:,} in {made.most:,} pairs leave the exact range; scale them down."
        )
