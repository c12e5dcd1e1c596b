"""Things that somebody has, as bits, 64 to a word; and how many of them two have in common."""

import numpy as np
from numpy.typing import NDArray

from bothways.matching._problem import Bools

Words = NDArray[np.uint64]
Floats = NDArray[np.float32]

BITS = 64  # of a word
FEW = 8
AT_ONCE = 1 << 24  # bits of one side that are looked at as numbers


def in_common(mine: Words, theirs: Words) -> Floats:
    """How many bits both have, words being the last axis: (k,) of as many beside, (rows, m) of each with all.

    Each with all is asked for by `mine` of (rows, 1, w), and `theirs` of (m, w). Exact: no sum reaches 2^24.
    """
    if mine.ndim == theirs.ndim:
        return np.asarray(_bits(mine & theirs).sum(axis=-1), dtype=np.float32)
    many = np.zeros((len(mine), len(theirs)), dtype=np.float32)
    at_once = max(AT_ONCE // (BITS * max(len(theirs), 1)), 1)
    for first in range(0, mine.shape[-1], at_once):
        some = slice(first, first + at_once)
        rows, all_of_them = (_bits(words[:, some]).astype(np.float32) for words in (mine[:, 0], theirs))
        many += rows @ all_of_them.T
    return many


def most_of_one(words: Words) -> int:
    """How many bits the one who has most has."""
    height = max(AT_ONCE // (BITS * max(words.shape[1], 1)), 1)
    parts = (words[first : first + height] for first in range(0, len(words), height))
    return max((int(_bits(part).sum(axis=-1).max(initial=0)) for part in parts), default=0)


def any_in_common(mine: Words, theirs: Words) -> Bools:
    """Whether they have any; the same shapes. Where rows are few, each word is looked at."""
    if mine.ndim == theirs.ndim or len(mine) <= FEW:
        common: Bools = ((mine & theirs) != 0).any(axis=-1)
        return common
    return in_common(mine, theirs) > 0


def _bits(words: Words) -> NDArray[np.uint8]:
    """(k, 64 w)"""
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1)
