"""Who may not be paired, struck out of a block of scores: kernels for `_passes`, which compiles them.

Plain functions, so that `bin/test --engine` can try small changes of them. `_apart` says what they mean.
"""

import numpy as np

from bothways.matching._problem import NONE, Floats, Ints
from bothways.matching._words import Words

APART = np.float32(-np.inf)  # the score of who is kept apart


def nothing_shared(block: Floats, mine: Words, theirs: Words) -> None:
    """`mine` is (rows, w), `theirs` (w, m)."""
    common = np.zeros(block.shape[1], dtype=np.uint64)
    for at in range(len(mine)):
        row = block[at]
        common[:] = 0
        for word in range(len(theirs)):
            bits, others = mine[at, word], theirs[word]
            if bits != 0:
                for giver in range(len(row)):
                    common[giver] |= bits & others[giver]
        for giver in range(len(row)):
            row[giver] = row[giver] if common[giver] != 0 else APART


def same_group(block: Floats, mine: Ints, theirs: Ints) -> None:
    for at in range(len(mine)):
        row, number = block[at], mine[at]
        if number != NONE:
            for giver in range(len(row)):
                row[giver] = APART if theirs[giver] == number else row[giver]


def keep_apart(block: Floats, rows: Ints, start: Ints, givers: Ints, places: Ints) -> None:
    for at in range(len(rows)):
        for pair in range(start[rows[at]], start[rows[at] + 1]):
            column = places[givers[pair]]
            if 0 <= column < block.shape[1]:
                block[at, column] = APART
