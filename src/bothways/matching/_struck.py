"""Who may not be paired, struck out of a block of scores: kernels for `_passes`, which compiles them.

Plain functions, so that `bin/test --engine` can try small changes of them. `_apart` says what they mean.
"""

import numpy as np

from bothways.matching._apart import NOBODY, Words
from bothways.matching._factors import Floats
from bothways.matching._problem import Ints

APART = np.float32(-np.inf)  # the score of who is kept apart


def nothing_shared(block: Floats, mine: Words, theirs: Words) -> None:
    for at in range(len(mine)):
        row = block[at]
        for giver in range(len(row)):
            common = np.uint64(0)
            for word in range(mine.shape[1]):
                common |= mine[at, word] & theirs[giver, word]
            row[giver] = row[giver] if common != 0 else APART


def same_group(block: Floats, mine: Ints, theirs: Ints) -> None:
    for at in range(len(mine)):
        row, number = block[at], mine[at]
        if number != NOBODY:
            for giver in range(len(row)):
                row[giver] = APART if theirs[giver] == number else row[giver]


def keep_apart(block: Floats, rows: Ints, start: Ints, givers: Ints, places: Ints) -> None:
    for at in range(len(rows)):
        for pair in range(start[rows[at]], start[rows[at] + 1]):
            column = places[givers[pair]]
            if 0 <= column < block.shape[1]:
                block[at, column] = APART
