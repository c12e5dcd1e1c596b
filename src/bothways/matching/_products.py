"""Products of features where most are nought, as wants and offers among very many topics are.

A BLAS multiplies every number. Here only what a seeker has is added up, for a tile of givers at a time, so
that what is read of these stays near the processor.
"""

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._problem import Floats, Ints

TILE = 1024  # givers


@compiled
def others_than_nought(features: Floats, rows: Ints) -> tuple[Ints, Ints, Floats]:
    """Of each of these rows: where it begins (rows + 1,), then which features, and how much of each."""
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    for at in range(len(rows)):
        start[at + 1] = start[at] + np.count_nonzero(features[rows[at]])
    which, numbers = np.zeros(start[-1], dtype=np.int64), np.zeros(start[-1], dtype=np.float32)
    for at in range(len(rows)):
        place = start[at]
        for feature in range(features.shape[1]):
            if features[rows[at], feature] != 0:
                which[place], numbers[place] = feature, features[rows[at], feature]
                place += 1
    return start, which, numbers


@compiled
def add(row: Floats, number: float, one: Floats) -> None:
    for giver in range(len(row)):
        row[giver] += number * one[giver]


@compiled
def add_four(row: Floats, numbers: Floats, givers: Floats, which: Ints, first: int) -> None:
    """Four features at once, so that the row is read and written once for them."""
    last = first + len(row)
    a, b, c, d = numbers[0], numbers[1], numbers[2], numbers[3]
    one, two = givers[which[0], first:last], givers[which[1], first:last]
    three, four = givers[which[2], first:last], givers[which[3], first:last]
    for at in range(len(row)):
        row[at] += a * one[at] + b * two[at] + c * three[at] + d * four[at]


@compiled
def of_sparse(block: Floats, seekers: Floats, rows: Ints, givers: Floats, tile: int) -> None:
    """Write into a block (rows, k) the products of these rows of `seekers` (n, f) with `givers` (f, >= k).

    What is handed on is cut out of arrays in one step: of a part of a part numba knows no longer that its
    numbers lie side by side, and takes five times as long.
    """
    start, which, numbers = others_than_nought(seekers, rows)
    for first in range(0, block.shape[1], tile):
        last = min(first + tile, block.shape[1])
        for at in range(len(rows)):
            row, place, end = block[at, first:last], start[at], start[at + 1]
            row[:] = 0
            while place + 4 <= end:
                add_four(row, numbers[place : place + 4], givers, which[place : place + 4], first)
                place += 4
            for rest in range(place, end):
                add(row, numbers[rest], givers[which[rest], first:last])
