"""What is to be solved, checked by name before anything is computed.

A problem is n seekers and m givers; a whole score for each pair that may be made; how many different givers
each seeker wants, and how many seekers each giver has room for.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Objective = Literal["total", "served_then_total", "served_then_fairest_then_total"]
OBJECTIVES: tuple[str, ...] = get_args(Objective)

NEVER = -(2**61)  # stands where no pair may be made: below whatever can be reached
EXACT = 2**53  # as far as whole numbers are exact in the floats of the solvers beneath
MOST_PAIRS = 25_000_000  # n x m that a table may have here: 200 MB of scores


class BadProblem(ValueError):
    """What was handed in cannot be solved as it is. The text says which part, and why."""


class NotWhole(BadProblem):
    """A score, capacity or demand is no whole number, or not a number at all."""


class WrongShape(BadProblem):
    """Arrays do not belong together."""


class Negative(BadProblem):
    """A capacity or a demand is below nought."""


class OutOfRange(BadProblem):
    """Sums of these scores would leave the range in which whole numbers are exact."""


class TooLarge(BadProblem):
    """More pairs than a table may have here."""


class UnknownObjective(BadProblem):
    """None of `OBJECTIVES`."""


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
        lowest, highest = self.extremes
        return self.most * (max(highest, 0) - min(lowest, 0)) + 1

    @cached_property
    def extremes(self) -> tuple[int, int]:
        """The lowest and the highest score of a pair that may be made; noughts where there is none."""
        given = self.scores if self.allowed.all() else self.scores[self.allowed]
        return (int(given.min()), int(given.max())) if given.size else (0, 0)

    def values(self, *, bonus: int = 0, floor: int | None = None) -> Ints:
        """Scores with the bonus, `NEVER` where no pair may be made or the score lies below `floor`."""
        allowed = self.allowed if floor is None else self.allowed & (self.scores >= floor)
        return np.where(allowed, self.scores + bonus, NEVER)


def problem(scores: Any, capacities: Any, demands: Any, excluded: Any) -> Problem:
    """A checked problem out of what a caller handed in; raises a `BadProblem`."""
    table, allowed = _table(scores)
    if excluded is not None:
        mask = np.asarray(excluded)
        if mask.shape != table.shape or mask.dtype != np.bool_:
            raise WrongShape(f"excluded must be a boolean array of shape {table.shape}.")
        allowed = allowed & ~mask
    n, m = table.shape
    made = Problem(
        table,
        allowed,
        np.minimum(_counts("capacities", capacities, m), n),
        np.minimum(_counts("demands", demands, n), m),
    )
    _check_range(made)
    return made


def _table(scores: Any) -> tuple[Ints, Bools]:
    """Scores as a table, and where there are any: everywhere, or in a sparse array where one is stored."""
    if not hasattr(scores, "tocoo"):
        table = _whole("scores", scores)
        if table.ndim != 2:
            raise WrongShape(f"scores must have two dimensions, not {table.ndim}.")
        _check_size(*table.shape)
        return table, np.ones(table.shape, dtype=np.bool_)
    coordinates = scores.tocoo()
    n, m = coordinates.shape
    _check_size(n, m)
    table, allowed = np.zeros((n, m), dtype=np.int64), np.zeros((n, m), dtype=np.bool_)
    stored = _whole("scores", coordinates.data)
    if len(np.unique(coordinates.row.astype(np.int64) * m + coordinates.col)) != len(stored):
        raise WrongShape("scores hold the same pair twice.")
    table[coordinates.row, coordinates.col] = stored
    allowed[coordinates.row, coordinates.col] = True
    return table, allowed


def _check_size(n: int, m: int) -> None:
    if n * m > MOST_PAIRS:
        raise TooLarge(f"{n:,} x {m:,} are more than the {MOST_PAIRS:,} pairs that a table may have here.")


def _counts(name: str, given: Any, length: int) -> Ints:
    counts = _whole(name, given)
    if counts.ndim == 0:
        counts = np.full(length, counts, dtype=np.int64)
    if counts.shape != (length,):
        raise WrongShape(f"{name} must be one number or {length} of them, not of shape {counts.shape}.")
    if length and counts.min() < 0:
        raise Negative(f"{name} must not be negative; number {int(counts.argmin())} is {counts.min()}.")
    return counts


def _whole(name: str, given: Any) -> Ints:
    values = np.asarray(given)
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


def _check_range(made: Problem) -> None:
    """The largest sum there can be: every pair with the bonus on it."""
    largest = max(abs(extreme) for extreme in made.extremes)
    if (made.most + 1) * (made.bonus + largest) >= EXACT:
        raise OutOfRange(
            f"scores up to {largest:,} in {made.most:,} pairs leave the exact range; scale them down."
        )
