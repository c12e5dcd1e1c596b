"""Scoring passes: blocks of seekers against givers. All scoring of large markets goes through `score_block`.

What is read of a block is read by kernels, a share of the rows for each core. Rows do not know of each other,
so how many cores there are changes nothing.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from bothways.matching import _struck
from bothways.matching._apart import NOBODY, Words
from bothways.matching._compiled import compiled
from bothways.matching._factors import Factors, Floats
from bothways.matching._problem import Ints

CELLS = 5_000_000  # of one block: 20 MB
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

nothing_shared = compiled(_struck.nothing_shared)
same_group = compiled(_struck.same_group)
keep_apart = compiled(_struck.keep_apart)


class Columns(NamedTuple):
    """Some givers (k,), and what of `Factors` is theirs, in this order; `places` (m,): where each stands."""

    givers: Ints
    features: Floats
    points: tuple[Floats, ...]
    bits: tuple[Words, ...]
    numbers: tuple[Ints, ...]
    places: Ints


def columns(factors: Factors, givers: Ints | None = None) -> Columns:
    """All givers as they stand, or some of them, copied."""
    m = factors.shape[1]
    which = slice(None) if givers is None else givers
    numbers = np.arange(m) if givers is None else givers
    places = np.full(m, NOBODY)
    places[numbers] = np.arange(len(numbers))
    return Columns(
        numbers,
        factors.givers[which],
        tuple(np.ascontiguousarray(points[:, which]) for _, points in factors.added),
        tuple(theirs[which] for _, theirs in factors.shared),
        tuple(theirs[which] for _, theirs in factors.groups),
        places,
    )


def score_block(factors: Factors, rows: Ints, among: Columns, many: int, room: Floats) -> Floats:
    """Scores of these seekers with the first `many` of the columns, exact; -inf for who is kept apart.

    Returns float32 (rows, many), which lies in `room`, memory for at least as much. This is the one seam
    through which scoring goes.
    """
    block = room[: len(rows) * many].reshape(len(rows), many)
    np.matmul(factors.seekers[rows], among.features[:many].T, out=block)
    start, givers = factors.kept_apart

    def finish(first: int, last: int) -> None:
        mine, part = rows[first:last], block[first:last]
        for (kinds, _), points in zip(factors.added, among.points, strict=True):
            add_points(part, kinds[mine], points)
        for (bits, _), theirs in zip(factors.shared, among.bits, strict=True):
            nothing_shared(part, bits[mine], theirs)
        for (numbers, _), others in zip(factors.groups, among.numbers, strict=True):
            same_group(part, numbers[mine], others)
        if len(givers):
            keep_apart(part, mine, start, givers, among.places)

    share(finish, len(rows))
    return block


def share(work: Callable[[int, int], None], rows: int) -> None:
    """`work(first, last)` for all rows, a share for each core, at the same time."""
    if rows < 2 * CORES:
        work(0, rows)
        return
    edges = [rows * part // CORES for part in range(CORES + 1)]
    with ThreadPoolExecutor(CORES) as cores:
        for _ in cores.map(work, edges[:-1], edges[1:]):
            pass


def height(givers: int) -> int:
    """How many seekers a block has."""
    return max(CELLS // max(givers, 1), 1)


@compiled
def add_points(block: Floats, kinds: Ints, points: Floats) -> None:
    for at in range(len(kinds)):
        row, more = block[at], points[kinds[at]]
        for giver in range(len(row)):
            row[giver] += more[giver]
