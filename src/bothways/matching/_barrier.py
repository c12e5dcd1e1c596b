"""How one rule keeps two lists of people apart, in the terms of `Factors`."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from bothways.matching import _apart
from bothways.matching._apart import Groups, Named, Shared
from bothways.matching._problem import Bools, Ints


def no_pairs() -> Ints:
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True)
class Barrier:
    """Of n seekers and m givers. `apart` is (k, 2), seeker and giver."""

    shape: tuple[int, int]
    shared: Shared = ()
    groups: Groups = ()
    apart: Ints = field(default_factory=no_pairs)

    @cached_property
    def _named(self) -> Named:
        return _apart.by_seeker(self.apart, self.shape[0])

    def row(self, i: int) -> Bools:
        """(m,): whom it keeps from seeker i."""
        may = _apart.of_block(self.shared, self.groups, self._named, np.array([i]), self.shape[1])
        kept: Bools = ~may[0]
        return kept

    def further(self, apart: Ints) -> "Barrier":
        """With these pairs (k, 2) kept apart too."""
        return replace(self, apart=np.concatenate([self.apart, apart]))
