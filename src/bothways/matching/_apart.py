"""Who may not be paired, said plainly: who have no bit in common, are of one group, or are named as a pair.

Whoever checks a certificate reads it here; what solves strikes them out of its scores by kernels (`_struck`).
"""

import numpy as np
from numpy.typing import NDArray

from bothways.matching._problem import Bools, Ints

Words = NDArray[np.uint64]
Shared = tuple[tuple[Words, Words], ...]  # bits of seekers (n, w) and of givers (m, w)
Groups = tuple[tuple[Ints, Ints], ...]  # numbers of seekers (n,) and of givers (m,)
Named = tuple[Ints, Ints]  # by seeker: where each one's begin (n + 1,), and the givers

NOBODY = -1


def of_block(shared: Shared, groups: Groups, apart: Named, rows: range, m: int) -> Bools:
    """Which pairs of these seekers with all m givers may be made, (rows, m)."""
    seekers, (start, givers) = np.arange(rows.start, rows.stop), apart
    allowed = _may_meet(shared, groups, seekers[:, None], np.arange(m))
    named = np.repeat(seekers, np.diff(start[rows.start : rows.stop + 1]))
    allowed[named - rows.start, givers[start[rows.start] : start[rows.stop]]] = False
    return allowed


def of_pairs(shared: Shared, groups: Groups, apart: Ints, pairs: Ints, m: int) -> Bools:
    """Which of these pairs (k, 2) may be made, (k,)."""
    named = np.isin(pairs @ [m, 1], apart @ [m, 1])
    return _may_meet(shared, groups, pairs[:, 0], pairs[:, 1]) & ~named


def by_seeker(apart: Ints, n: int) -> Named:
    ordered = apart[np.argsort(apart[:, 0])]
    return np.searchsorted(ordered[:, 0], np.arange(n + 1)), ordered[:, 1]


def _may_meet(shared: Shared, groups: Groups, seekers: Ints, givers: Ints) -> Bools:
    """Whether bits and groups allow it, for (k,) beside (k,), or (rows, 1) with each of (m,)."""
    allowed = np.ones(np.broadcast_shapes(seekers.shape, givers.shape), dtype=np.bool_)
    for bits, others in shared:
        allowed &= _in_common(bits[seekers], others[givers])
    for number, same in groups:
        allowed &= (number[seekers] != same[givers]) | (same[givers] == NOBODY)
    return allowed


def _in_common(mine: Words, theirs: Words) -> Bools:
    """Whether there is a bit in both; words are the last axis."""
    *shape, words = np.broadcast_shapes(mine.shape, theirs.shape)
    common = np.zeros(shape, dtype=np.bool_)
    for word in range(words):
        common |= (mine[..., word] & theirs[..., word]) != 0
    return common
