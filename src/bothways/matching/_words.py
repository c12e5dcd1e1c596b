"""Things that somebody has, as bits, 64 to a word; and how many of them two have in common."""

import numpy as np
from numpy.typing import NDArray

from bothways.matching._problem import Bools, Floats

Words = NDArray[np.uint64]

BITS = 64  # of a word
FEW_ROWS = 8  # in which words are looked at; of more, bits are multiplied
AT_ONCE = 1 << 24  # bits of one side that are looked at as numbers


def in_common(mine: Words, theirs: Words) -> Floats:
    """How many bits both have, words being the last axis: (k,) of as many beside, (rows, m) of each with all.

    Each with all is asked for by `mine` of (rows, 1, w), and `theirs` of (m, w). Exact: no sum reaches 2^24.
    """
    if mine.ndim == theirs.ndim:
        beside: Floats = _bits(mine & theirs).sum(axis=1)
        return beside
    each = np.zeros((len(mine), len(theirs)), dtype=np.float32)
    at_once = max(AT_ONCE // (BITS * max(len(theirs), 1)), 1)
    for first in range(0, mine.shape[-1], at_once):
        some = slice(first, first + at_once)
        each += _bits(mine[:, 0, some]) @ _bits(theirs[:, some]).T
    return each


def most_of_one(words: Words) -> int:
    """How many bits the one who has most has."""
    many = np.zeros(len(words), dtype=np.float32)
    for at in range(words.shape[1]):
        many += _bits(words[:, at : at + 1]).sum(axis=1)
    return int(many.max(initial=0))


def any_in_common(mine: Words, theirs: Words) -> Bools:
    """Whether they have any; the same shapes. Where rows are few, each word is looked at."""
    if mine.ndim == theirs.ndim or len(mine) <= FEW_ROWS:
        common: Bools = ((mine & theirs) != 0).any(axis=-1)
        return common
    return in_common(mine, theirs) > 0


def _bits(words: Words) -> Floats:
    """(k, 64 w), of noughts and ones."""
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=1).astype(np.float32)
