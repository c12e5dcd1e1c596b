"""A problem of which only the pairs that may be made are written down: for more than a table can hold."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bothways.matching import _problem
from bothways.matching._bad import TooLarge, WrongShape
from bothways.matching._compiled import INSTALL
from bothways.matching._factored import Factored, factored
from bothways.matching._factors import Factors
from bothways.matching._problem import Bools, Ints, Problem, bonus, check_range, counts, problem, whole

MOST_LISTED = 50_000_000  # pairs that may be made: about 2 GB with all that solving needs


@dataclass(frozen=True)
class Listed:
    """A checked problem. Seeker i may be paired with `givers[start[i]:start[i + 1]]`, in order.

    `start` is int64 (n + 1,); `givers` and `scores` int64 (k,); `capacities` and `demands` as in `Problem`.
    """

    start: Ints
    givers: Ints
    scores: Ints
    capacities: Ints
    demands: Ints

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.demands), len(self.capacities)

    @cached_property
    def most(self) -> int:
        """No more pairs than this can be made."""
        return min(int(self.demands.sum()), int(self.capacities.sum()))

    @cached_property
    def extremes(self) -> tuple[int, int]:
        """The lowest and the highest score of a pair that may be made; noughts where there is none."""
        return (int(self.scores.min()), int(self.scores.max())) if self.scores.size else (0, 0)

    @cached_property
    def bonus(self) -> int:
        """Added to each score, it makes one pair more worth any loss of score."""
        return bonus(self.most, self.extremes)

    @property
    def stored(self) -> Ints:
        """The scores of all pairs that may be made (k,)."""
        return self.scores

    def listed(self, floor: int | None = None) -> tuple[Ints, Ints]:
        """Seekers and givers of the pairs that may be made and have a score of at least `floor`."""
        seekers = np.repeat(np.arange(self.shape[0]), np.diff(self.start))
        if floor is None:
            return seekers, self.givers
        kept = self.scores >= floor
        return seekers[kept], self.givers[kept]

    def above(self, floor: int | None) -> "Listed":
        """The same problem without pairs below `floor`."""
        if floor is None:
            return self
        return self.only(self.scores >= floor)

    def only(self, kept: Bools) -> "Listed":
        """The same problem with some of its pairs (k,) alone."""
        start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept)])[self.start]
        return Listed(start, self.givers[kept], self.scores[kept], self.capacities, self.demands)

    def places(self, pairs: Ints) -> Ints:
        """Where in the list each of the `pairs` (k, 2) stands; -1 where it may not be made."""
        m = len(self.capacities)
        seekers, givers = self.listed()
        keys, wanted = seekers * m + givers, pairs[:, 0] * m + pairs[:, 1]
        at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        found: Ints = np.where(keys[at] == wanted, at, -1) if len(keys) else np.full(len(wanted), -1)
        return found


def of_table(table: Problem) -> Listed:
    """The pairs of a table that may be made."""
    seekers, givers = (np.ascontiguousarray(side) for side in np.nonzero(table.allowed))
    start = np.searchsorted(seekers, np.arange(table.shape[0] + 1))
    return Listed(start, givers, table.scores[seekers, givers], table.capacities, table.demands)


Written = Problem | Listed  # whose scores are written out
AnyProblem = Written | Factored


def checked(scores: Any, capacities: Any, demands: Any, excluded: Any, *, large: bool) -> AnyProblem:
    """A checked problem: a table where one can hold it, else a list or factors, if `large`: if whoever asks
    can do with more than a table may have. Raises a `BadProblem`."""
    if isinstance(scores, Factors):
        return _factored(scores, capacities, demands, excluded, large)
    shape = getattr(scores, "shape", (0, 0))
    if hasattr(scores, "tocoo") and len(shape) != 2:
        raise WrongShape(f"scores must have two dimensions, not {len(shape)}.")
    if not hasattr(scores, "tocoo") or shape[0] * shape[1] <= _problem.MOST_PAIRS:
        return problem(scores, capacities, demands, excluded)
    if not large:
        raise TooLarge(
            f"{shape[0]:,} x {shape[1]:,} are more than the {_problem.MOST_PAIRS:,} pairs that can be "
            f"solved here. For more: {INSTALL}"
        )
    if scores.nnz > MOST_LISTED:
        raise TooLarge(
            f"{scores.nnz:,} pairs are more than the {MOST_LISTED:,} that can be listed here. "
            f"Leave out those that hardly come into question, or say what scores are made of, as `Factors`."
        )
    if excluded is not None:
        raise WrongShape("scores as large as these leave excluded pairs out instead of naming them.")
    return _listed(scores, capacities, demands)


def _factored(factors: Factors, capacities: Any, demands: Any, excluded: Any, large: bool) -> Factored:
    n, m = factors.shape
    if excluded is not None:
        raise WrongShape("factors hold rules that exclude, and `apart`, instead of naming all pairs.")
    if not large and n * m > _problem.MOST_PAIRS:
        raise TooLarge(
            f"{n:,} x {m:,} are more than the {_problem.MOST_PAIRS:,} pairs that can be solved here. "
            f"For more: {INSTALL}"
        )
    return factored(factors, capacities, demands)


def _listed(scores: Any, capacities: Any, demands: Any) -> Listed:
    coordinates = scores.tocoo()
    n, m = coordinates.shape
    seekers, givers = coordinates.row.astype(np.int64), coordinates.col.astype(np.int64)
    order = np.argsort(seekers * m + givers, kind="stable")
    seekers, givers = seekers[order], givers[order]
    if ((np.diff(seekers) == 0) & (np.diff(givers) == 0)).any():
        raise WrongShape("scores hold the same pair twice.")
    made = Listed(
        np.searchsorted(seekers, np.arange(n + 1)),
        givers,
        whole("scores", coordinates.data)[order],
        np.minimum(counts("capacities", capacities, m), n),
        np.minimum(counts("demands", demands, n), m),
    )
    check_range(made)
    return made
