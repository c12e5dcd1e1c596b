"""A problem whose scores are not written out: factors, capacities and demands, checked."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from bothways.matching._factors import Factors
from bothways.matching._problem import EXACT, MOST_PAIRS, Ints, Problem, bonus, check_range, counts

EXACT_SUMS = 2**61  # what sums may reach where nothing is computed in floats


@dataclass(frozen=True)
class Factored:
    """A checked problem whose scores are not written out. See `Problem` for capacities and demands."""

    factors: Factors
    capacities: Ints
    demands: Ints

    @property
    def shape(self) -> tuple[int, int]:
        return self.factors.shape

    @cached_property
    def most(self) -> int:
        """No more pairs than this can be made."""
        return min(int(self.demands.sum()), int(self.capacities.sum()))

    @property
    def extremes(self) -> tuple[int, int]:
        return self.factors.extremes

    @cached_property
    def bonus(self) -> int:
        """Added to each score, it makes one pair more worth any loss of score."""
        return bonus(self.most, self.extremes)

    def table(self) -> Problem:
        """Written out."""
        blocks = [self.factors.block(rows) for rows in self.factors.blocks()]
        if not blocks:
            blocks = [self.factors.block(slice(0, 0))]
        return Problem(
            np.concatenate([scores for scores, _ in blocks]),
            np.concatenate([allowed for _, allowed in blocks]),
            self.capacities,
            self.demands,
        )


def factored(factors: Factors, capacities: Any, demands: Any) -> Factored:
    """A checked problem; raises a `BadProblem`. Arrays may have been changed in place since."""
    n, m = factors.shape
    made = Factored(
        replace(factors),  # checked again, and without what was worked out of what they held before
        np.minimum(counts("capacities", capacities, m), n),
        np.minimum(counts("demands", demands, n), m),
    )
    check_range(made, EXACT if n * m <= MOST_PAIRS else EXACT_SUMS)
    return made
