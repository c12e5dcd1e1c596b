"""Shortest augmenting paths, for seekers who each want several different givers.

Places are filled one at a time; each is filled by the chain of swaps that gains most, found by Dijkstra's
algorithm over seekers and givers under potentials that keep every step's cost from being negative. Source:
Edmonds and Karp (1972), Tomizawa (1971); for one giver each this is the method of Jonker and Volgenant.
"""

import numpy as np
from numpy.typing import NDArray

from bothways.matching._problem import NOBODY, Bools, Ints
from bothways.matching._progress import Between

FAR = 2**62


class _Growing:
    """An assignment that is best for the places tried so far, with its potentials.

    `gains` (n,) is what each seeker's worst place is worth to them beyond its price, `prices` (m,) those of
    givers: values - prices <= gains for what is not chosen, >= gains for what is.
    """

    def __init__(self, values: Ints, capacities: Ints) -> None:
        n, m = values.shape
        self.values, self.spare = values, capacities.copy()
        self.chosen: Bools = np.zeros((n, m), dtype=np.bool_)
        self.gains = np.zeros(n, dtype=np.int64)
        self.prices = np.zeros(m, dtype=np.int64)

    def fill_one(self, seeker: int) -> bool:
        """Try to fill one more place of this seeker; says whether it, or a place of somebody else, was."""
        free = ~self.chosen[seeker]
        surplus = (self.values[seeker] - self.prices)[free]
        self.gains[seeker] = max(0, int(surplus.max(initial=0)))
        search = _Search(self, seeker)
        search.run()
        search.settle()
        return search.end != seeker or search.giver != NOBODY


class _Search:
    """One search, from a seeker with a place to fill to a giver with room or to a place better left empty."""

    def __init__(self, growing: _Growing, seeker: int) -> None:
        n, m = growing.values.shape
        self.now = growing
        self.to_seekers, self.to_givers = np.full(n, FAR), np.full(m, FAR)
        self.seen_seekers, self.seen_givers = np.zeros(n, np.bool_), np.zeros(m, np.bool_)
        self.by_giver, self.by_seeker = np.full(n, NOBODY), np.full(m, NOBODY)
        self.to_seekers[seeker] = 0
        self.distance = FAR
        self.end, self.giver = NOBODY, NOBODY

    def run(self) -> None:
        """Go on to the nearest until its way on would be longer than the best end known."""
        while True:
            seeker, giver = (
                _nearest(self.to_seekers, self.seen_seekers),
                _nearest(self.to_givers, self.seen_givers),
            )
            to_seeker = int(self.to_seekers[seeker]) if seeker != NOBODY else FAR
            to_giver = int(self.to_givers[giver]) if giver != NOBODY else FAR
            if min(to_seeker, to_giver) >= self.distance:
                return
            if to_giver <= to_seeker:
                self._at_giver(giver, to_giver)
            else:
                self._at_seeker(seeker, to_seeker)

    def _at_giver(self, giver: int, distance: int) -> None:
        self.seen_givers[giver] = True
        if self.now.spare[giver] > 0:
            self.distance, self.end, self.giver = distance, NOBODY, giver
            return
        theirs = np.flatnonzero(self.now.chosen[:, giver] & ~self.seen_seekers)
        loss = self.now.values[theirs, giver] - self.now.prices[giver] - self.now.gains[theirs]
        ways = distance + loss
        better = ways < self.to_seekers[theirs]
        self.to_seekers[theirs[better]] = ways[better]
        self.by_giver[theirs[better]] = giver

    def _at_seeker(self, seeker: int, distance: int) -> None:
        self.seen_seekers[seeker] = True
        if distance + int(self.now.gains[seeker]) < self.distance:
            self.distance, self.end, self.giver = distance + int(self.now.gains[seeker]), seeker, NOBODY
        cost = self.now.gains[seeker] + self.now.prices - self.now.values[seeker]
        ways = np.where(self.now.chosen[seeker] | self.seen_givers, FAR, distance + cost)
        better = ways < self.to_givers
        self.to_givers[better] = ways[better]
        self.by_seeker[better] = seeker

    def settle(self) -> None:
        """Move the potentials to where the chosen way costs nothing, and swap along it."""
        nearer = self.seen_givers & (self.to_givers < self.distance)
        self.now.prices[nearer] += self.distance - self.to_givers[nearer]
        passed = self.seen_seekers & (self.to_seekers < self.distance)
        self.now.gains[passed] -= self.distance - self.to_seekers[passed]
        giver = self.giver
        if giver != NOBODY:
            self.now.spare[giver] -= 1
        seeker = int(self.by_seeker[giver]) if giver != NOBODY else self.end
        while True:
            if giver != NOBODY:
                self.now.chosen[seeker, giver] = True
            giver = int(self.by_giver[seeker])
            if giver == NOBODY:
                return
            self.now.chosen[seeker, giver] = False
            seeker = int(self.by_seeker[giver])


def _nearest(distances: NDArray[np.int64], seen: Bools) -> int:
    """The nearest not seen yet; `NOBODY` where there is none within reach."""
    nearest = int(np.where(seen, FAR, distances).argmin())
    return nearest if not seen[nearest] and distances[nearest] < FAR else NOBODY


def best(values: Ints, capacities: Ints, demands: Ints, between: Between) -> Bools:
    """The best pairs as a boolean table (n, m). Deterministic: seekers in their order, ties to the first."""
    growing = _Growing(values, capacities)
    for seeker in range(values.shape[0]):
        between(seeker / values.shape[0])
        for _ in range(int(demands[seeker])):
            if not growing.fill_one(seeker):
                break
    return growing.chosen
