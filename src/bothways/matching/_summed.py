"""What is added to a block of scores: kernels for `_passes`, which compiles them.

`_added` says what they mean.
"""

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._problem import NONE, Floats, Ints
from bothways.matching._words import Words

ALTERNATE, PAIRS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
NIBBLES, LAST = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x7F)


@compiled
def bits_of(word: np.uint64) -> np.uint64:
    """How many are set: summed by twos, fours, and so on (Knuth, The Art of Computer Programming, 7.1.3)."""
    sums = word - ((word >> np.uint64(1)) & ALTERNATE)
    sums = (sums & PAIRS) + ((sums >> np.uint64(2)) & PAIRS)
    sums = (sums + (sums >> np.uint64(4))) & NIBBLES
    sums += sums >> np.uint64(8)
    sums += sums >> np.uint64(16)
    sums += sums >> np.uint64(32)
    return sums & LAST


def by_kind(block: Floats, kinds: Ints, points: Floats) -> None:
    for at in range(len(kinds)):
        row, more = block[at], points[kinds[at]]
        for giver in range(len(row)):
            row[giver] += more[giver]


def in_common(block: Floats, mine: Words, theirs: Words, most: int, points: int) -> None:
    """`mine` is (rows, w), `theirs` (w, m)."""
    common = np.zeros(block.shape[1], dtype=np.uint64)
    for at in range(len(mine)):
        row = block[at]
        common[:] = 0
        for word in range(len(theirs)):
            bits, others = mine[at, word], theirs[word]
            if bits != 0:
                for giver in range(len(row)):
                    common[giver] += bits_of(bits & others[giver])
        for giver in range(len(row)):
            row[giver] += np.float32(min(int(common[giver]), most) * points)


def alike(block: Floats, mine: Ints, theirs: Ints, same: int, another: int) -> None:
    for at in range(len(mine)):
        row, number = block[at], mine[at]
        if number != NONE:
            for giver in range(len(row)):
                if theirs[giver] != NONE:
                    row[giver] += np.float32(same if theirs[giver] == number else another)
