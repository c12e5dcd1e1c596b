"""Short lists of givers, one a seeker, and what is known of everybody who stands on none."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bothways.matching import _passes
from bothways.matching._compiled import compiled
from bothways.matching._problem import Bools, Ints

ALL = -(2**40)  # the cut of a list that holds all there are
UNKNOWN = 2**40  # a cut that says nothing; as a price, more than anybody pays

Scored = tuple[Ints, Ints, Ints]  # seekers, givers, scores


class Cut(NamedTuple):
    """Whoever may be paired with seeker i and is not on i's list has a score less price of at most `most[i]`.

    `most` is (n,), at these `prices` (m,). Both int64.
    """

    most: Ints
    prices: Ints


@dataclass(frozen=True)
class Shortlists:
    """For each seeker a few givers, in order, and what all others are worth at most.

    Seeker i's are `givers[start[i]:start[i + 1]]`, with their `scores`, all int64; `cut` is where they were
    cut off, `seen` what was found out of the others since.
    """

    start: Ints
    givers: Ints
    scores: Ints
    cut: Cut
    seen: Cut | None = None

    @cached_property
    def seekers(self) -> Ints:
        return np.repeat(np.arange(len(self.cut.most)), np.diff(self.start))

    def only(self, kept: Bools) -> "Shortlists":
        """With some of these pairs alone."""
        start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept)])[self.start]
        return replace(self, start=start, givers=self.givers[kept], scores=self.scores[kept])

    def without(self, pairs: Ints) -> "Shortlists":
        """Without these pairs (k, 2), which stand on them."""
        kept = np.ones(len(self.givers), dtype=np.bool_)
        kept[places(self.start, self.givers, pairs[:, 0], pairs[:, 1])] = False
        return self.only(kept)

    def lacking(self, found: Scored) -> Scored:
        """Those of the pairs that stand on no list; in order, each once."""
        m = len(self.cut.prices)
        keys, first = np.unique(found[0] * m + found[1], return_index=True)
        seekers, givers = keys // m, keys % m
        new = places(self.start, self.givers, seekers, givers) < 0
        return seekers[new], givers[new], found[2][first[new]]

    def longer(self, new: Scored) -> "Shortlists":
        """With these pairs too, which stood on none and are in order."""
        more = np.searchsorted(new[0], np.arange(len(self.start)))
        many = len(self.givers) + len(new[0])
        givers, scores = np.empty(many, dtype=np.int64), np.empty(many, dtype=np.int64)

        def merge_part(first: int, last: int) -> None:
            rows, old = slice(first, last + 1), (self.givers, self.scores)
            merge(self.start[rows], old, more[rows], (new[1], new[2]), (givers, scores))

        _passes.share(merge_part, len(self.start) - 1)
        return replace(self, start=self.start + more, givers=givers, scores=scores)


@compiled
def places(start: Ints, givers: Ints, seekers: Ints, wanted: Ints) -> Ints:
    """Where each wanted giver stands on the list of the seeker beside; -1 where they do not."""
    found = np.full(len(seekers), -1)
    for at in range(len(seekers)):
        first, last = start[seekers[at]], start[seekers[at] + 1]
        place = first + np.searchsorted(givers[first:last], wanted[at])
        if place < last and givers[place] == wanted[at]:
            found[at] = place
    return found


@compiled
def merge(
    start: Ints, old: tuple[Ints, Ints], more: Ints, new: tuple[Ints, Ints], into: tuple[Ints, Ints]
) -> None:
    """Row by row, what is there and what comes to it, givers and scores, both in order of givers.

    `start` and `more` are those of these rows, and where the last one ends.
    """
    at = start[0] + more[0]
    for row in range(len(start) - 1):
        one, other = start[row], more[row]
        while one < start[row + 1] or other < more[row + 1]:
            if other == more[row + 1] or (one < start[row + 1] and old[0][one] < new[0][other]):
                into[0][at], into[1][at] = old[0][one], old[1][one]
                one += 1
            else:
                into[0][at], into[1][at] = new[0][other], new[1][other]
                other += 1
            at += 1
