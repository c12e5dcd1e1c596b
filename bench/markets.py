"""Markets for the bench: 240 topics wanted and offered both ways, and eight features of style."""

import time

import numpy as np
from numpy.typing import NDArray

from bothways.matching import Factors

Floats = NDArray[np.float32]
TOPICS, STYLE = 240, 8
AT_ONCE = 10_000_000  # scores of a block


def market(n: int, m: int, seed: int = 0) -> Factors:
    """Some topics are wanted far more often than others, and others are offered often."""
    dice = np.random.default_rng(seed)
    often = 1 / np.arange(1, TOPICS + 1) ** 0.7
    wanted, offered = often, often[dice.permutation(TOPICS)]
    seekers, givers = (np.zeros((many, 2 * TOPICS + STYLE), dtype=np.float32) for many in (n, m))
    asked, back = slice(0, TOPICS), slice(TOPICS, 2 * TOPICS)
    for people, part, likely, most, top in (
        (seekers, asked, wanted, 6, 1500),
        (seekers, back, wanted, 6, 1000),
        (givers, asked, offered, 8, 1300),
        (givers, back, wanted, 6, 1000),
    ):
        name_topics(dice, people[:, part], likely, most, top)
    for people in (seekers, givers):
        people[:, 2 * TOPICS :] = dice.integers(-400, 401, (len(people), STYLE))
        norms = np.sqrt(np.einsum("ij,ij->i", people, people, dtype=np.float64))
        over = norms > 4096
        people[over] = np.trunc(people[over] * (4096 / norms[over])[:, None])
    return Factors(seekers, givers)


def name_topics(
    dice: np.random.Generator, people: Floats, likely: NDArray[np.float64], most: int, top: int
) -> None:
    """Each names three to `most` topics, with levels up to `top`."""
    each, sums = dice.integers(3, most + 1, len(people)), np.cumsum(likely / likely.sum())
    for turn in range(most):
        rows = np.flatnonzero(each > turn)
        topics = np.minimum(np.searchsorted(sums, dice.random(len(rows))), TOPICS - 1)
        people[rows, topics] = dice.integers(top // 4, top + 1, len(rows))


def with_others(factors: Factors, share: int, seed: int = 1) -> Factors:
    """The same market, but one in `share` of each side is somebody else, drawn by chance."""
    others, dice = market(*factors.shape, seed=seed), np.random.default_rng(seed)
    sides = [(factors.seekers.copy(), others.seekers), (factors.givers.copy(), others.givers)]
    for here, there in sides:
        who = dice.choice(len(here), len(here) // share, replace=False)
        here[who] = there[who]
    return Factors(sides[0][0], sides[1][0])


def one_pass(factors: Factors) -> float:
    """How long it takes to score all pairs once, and do nothing with it."""
    n, m = factors.shape
    height = max(AT_ONCE // m, 1)
    room = np.empty((height, m), dtype=np.float32)
    begun = time.perf_counter()
    for first in range(0, n, height):
        rows = factors.seekers[first : first + height]
        np.matmul(rows, factors.givers.T, out=room[: len(rows)])
    return time.perf_counter() - begun


def written(factors: Factors) -> NDArray[np.int64]:
    """All scores (n, m)."""
    return np.concatenate([factors.block(rows)[0] for rows in factors.blocks()])
