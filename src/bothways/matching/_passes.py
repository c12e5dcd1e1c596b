"""Scoring passes: blocks of seekers against givers. All scoring of large markets goes through `score_block`.

What is read of a block is read by kernels, a share of the rows for each core. Rows do not know of each other,
so how many cores there are changes nothing.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from bothways.matching import _compiled, _products, _struck, _summed
from bothways.matching._compiled import compiled
from bothways.matching._factors import Factors
from bothways.matching._problem import NOBODY, Floats, Ints
from bothways.matching._words import Words

CELLS = 5_000_000  # of one block: 20 MB
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

by_kind = compiled(_summed.by_kind)
in_common = compiled(_summed.in_common)
alike = compiled(_summed.alike)
nothing_shared = compiled(_struck.nothing_shared)
same_group = compiled(_struck.same_group)
keep_apart = compiled(_struck.keep_apart)


class Columns(NamedTuple):
    """Some givers (k,), and what of `Factors` is theirs, in this order; `places` (m,): where each stands.

    Of features there is a row for each, (f, k), and of bits one for each word, (w, k).
    """

    givers: Ints
    features: Floats
    points: tuple[Floats, ...]
    counted: tuple[Words, ...]
    alike: tuple[Ints, ...]
    shared: tuple[Words, ...]
    groups: tuple[Ints, ...]
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
        _features(factors, givers),
        tuple(np.ascontiguousarray(points[:, which]) for _, points in factors.by_kind),
        tuple(np.ascontiguousarray(theirs[which].T) for _, theirs, *_ in factors.counted),
        tuple(theirs[which] for _, theirs, *_ in factors.alike),
        tuple(np.ascontiguousarray(theirs[which].T) for _, theirs in factors.shared),
        tuple(theirs[which] for _, theirs in factors.groups),
        places,
    )


def _features(factors: Factors, givers: Ints | None) -> Floats:
    if givers is None:
        return factors.by_feature if factors.sparse else factors.givers.T
    return factors.by_feature.take(givers, axis=1) if factors.sparse else factors.givers[givers].T


def score_block(factors: Factors, rows: Ints, among: Columns, many: int, room: Floats) -> Floats:
    """Scores of these seekers with the first `many` of the columns, exact; -inf for who is kept apart.

    Returns float32 (rows, many), which lies in `room`, memory for at least as much. This is the one seam
    through which scoring goes.
    """
    block, apart = room[: len(rows) * many].reshape(len(rows), many), factors.kept_apart
    if not factors.sparse:
        np.matmul(factors.seekers[rows], among.features[:, :many], out=block)

    def finish(first: int, last: int) -> None:
        mine, part = rows[first:last], block[first:last]
        if factors.sparse:
            _products.of_sparse(part, factors.seekers, mine, among.features, _products.TILE)
        _add(factors, among, mine, part)
        _strike_out(factors, among, mine, part)
        if len(apart[1]):
            keep_apart(part, mine, *apart, among.places)

    share(finish, len(rows))
    return block


def _add(factors: Factors, among: Columns, mine: Ints, part: Floats) -> None:
    for (kinds, _), points in zip(factors.by_kind, among.points, strict=True):
        by_kind(part, kinds[mine], points)
    for (bits, _, most, each), theirs in zip(factors.counted, among.counted, strict=True):
        in_common(part, bits[mine], theirs, most, each)
    for (numbers, _, same, another), others in zip(factors.alike, among.alike, strict=True):
        alike(part, numbers[mine], others, same, another)


def _strike_out(factors: Factors, among: Columns, mine: Ints, part: Floats) -> None:
    for (bits, _), theirs in zip(factors.shared, among.shared, strict=True):
        nothing_shared(part, bits[mine], theirs)
    for (numbers, _), others in zip(factors.groups, among.groups, strict=True):
        same_group(part, numbers[mine], others)


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


def scored(factors: Factors, seekers: Ints) -> Iterator[tuple[Ints, Floats]]:
    """Some of these seekers at a time, and their scores with all givers; -inf for who is kept apart."""
    m = factors.shape[1]
    among, at_once = columns(factors), height(m)
    room = np.empty(min(at_once, len(seekers)) * m, dtype=np.float32)
    for first in range(0, len(seekers), at_once):
        rows = seekers[first : first + at_once]
        if _compiled.AVAILABLE:
            yield rows, score_block(factors, rows, among, m, room)
        else:
            scores, may = factors.rows(rows)
            yield rows, np.where(may, scores.astype(np.float32), _struck.APART)
