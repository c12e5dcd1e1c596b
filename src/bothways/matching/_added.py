"""What is added to products of features, said plainly: by kinds, by what two have in common, by being alike.

Whoever checks a certificate reads it here; what solves adds it to its scores by kernels (`_summed`).
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from bothways.matching._problem import NONE, Floats, Ints
from bothways.matching._words import Words, in_common, most_of_one

Tables = tuple[tuple[Ints, Ints, Ints], ...]  # kinds of seekers (n,) and of givers (m,), points of both
Counted = tuple[tuple[Words, Words, int, int], ...]  # bits (n, w) and (m, w), how many count, points of each
Alike = tuple[tuple[Ints, Ints, int, int], ...]  # numbers (n,) and (m,), points of the same, and of another


class Added(NamedTuple):
    """See `Factors`."""

    tables: Tables
    counted: Counted
    alike: Alike

    def of_block(self, seekers: Ints, m: int) -> Floats:
        """Points of these seekers with all m givers, (rows, m)."""
        return self._of(seekers[:, None], np.arange(m))

    def of_pairs(self, pairs: Ints) -> Floats:
        """Points of these pairs (k, 2), (k,)."""
        return self._of(pairs[:, 0], pairs[:, 1])

    def _of(self, seekers: Ints, givers: Ints) -> Floats:
        """For (k,) beside (k,), or (rows, 1) with each of (m,). Whole, and exact: see `Factors`."""
        sums = np.zeros(np.broadcast_shapes(seekers.shape, givers.shape), dtype=np.float32)
        for kinds, others, points in self.tables:
            sums += points[kinds[seekers], others[givers]]
        for bits, theirs, most, points_each in self.counted:
            sums += np.minimum(in_common(bits[seekers], theirs[givers]), most) * np.float32(points_each)
        for number, same, of_same, of_another in self.alike:
            one, other = number[seekers], same[givers]
            known = (one != NONE) & (other != NONE)
            sums += np.where(one == other, np.float32(of_same), np.float32(of_another)) * known
        return sums

    def extremes(self) -> tuple[int, int]:
        """No less and no more is added to any pair."""
        each = list(self._extremes())
        return sum(least for least, _ in each), sum(most for _, most in each)

    def _extremes(self) -> Iterator[tuple[int, int]]:
        for _, _, points in self.tables:
            yield int(points.min(initial=0)), int(points.max(initial=0))
        for mine, theirs, most, points_each in self.counted:
            there_are = min(most, most_of_one(mine), most_of_one(theirs))
            yield min(there_are * points_each, 0), max(there_are * points_each, 0)
        for _, _, of_same, of_another in self.alike:
            yield min(of_same, of_another, 0), max(of_same, of_another, 0)

    def turned(self) -> "Added":
        """With seekers as givers and givers as seekers."""
        return Added(
            tuple((theirs, mine, points.T) for mine, theirs, points in self.tables),
            tuple((theirs, mine, most, each) for mine, theirs, most, each in self.counted),
            tuple((theirs, mine, same, another) for mine, theirs, same, another in self.alike),
        )
