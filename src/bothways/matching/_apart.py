"""Who may not be paired, said plainly: who have no bit in common, are of one group, or are named as a pair.

Whoever checks a certificate reads it here; what solves strikes them out of its scores by kernels (`_struck`).
"""

import numpy as np

from bothways.matching._problem import NONE, Bools, Ints
from bothways.matching._words import Words, any_in_common

Shared = tuple[tuple[Words, Words], ...]  # bits of seekers (n, w) and of givers (m, w)
Groups = tuple[tuple[Ints, Ints], ...]  # numbers of seekers (n,) and of givers (m,)
Named = tuple[Ints, Ints]  # by seeker: where each one's begin (n + 1,), and the givers


def of_block(shared: Shared, groups: Groups, apart: Named, seekers: Ints, m: int) -> Bools:
    """Which pairs of these seekers with all m givers may be made, (rows, m)."""
    start, givers = apart
    allowed = _may_meet(shared, groups, seekers[:, None], np.arange(m))
    many = start[seekers + 1] - start[seekers]
    rows = np.repeat(np.arange(len(seekers)), many)
    at = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many) + start[seekers[rows]]
    allowed[rows, givers[at]] = False
    return allowed


def of_pairs(shared: Shared, groups: Groups, apart: Ints, pairs: Ints, m: int) -> Bools:
    """Which of these pairs (k, 2) may be made, (k,)."""
    named = np.isin(pairs @ [m, 1], apart @ [m, 1])
    return _may_meet(shared, groups, pairs[:, 0], pairs[:, 1]) & ~named


def by_seeker(apart: Ints, n: int) -> Named:
    ordered = apart[np.argsort(apart[:, 0])]
    return np.searchsorted(ordered[:, 0], np.arange(n + 1)), np.ascontiguousarray(ordered[:, 1])


def _may_meet(shared: Shared, groups: Groups, seekers: Ints, givers: Ints) -> Bools:
    """Whether bits and groups allow it, for (k,) beside (k,), or (rows, 1) with each of (m,)."""
    allowed = np.ones(np.broadcast_shapes(seekers.shape, givers.shape), dtype=np.bool_)
    for bits, others in shared:
        allowed &= any_in_common(bits[seekers], others[givers])
    for number, same in groups:
        allowed &= (number[seekers] != same[givers]) | (same[givers] == NONE)
    return allowed
