"""Markets to try the engine on: random ones, and families that are known to trip solvers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bothways.matching import Factors

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Given:
    """What `assign` is handed."""

    name: str
    scores: Ints
    capacities: Ints
    demands: Ints
    excluded: NDArray[np.bool_]


def random_market(number: int) -> Given:
    """Small, and of every kind: negative scores, ties, nobody's room, several givers each, few allowed."""
    dice = np.random.default_rng(number)
    n, m = (int(size) for size in dice.integers(1, 10, 2))
    spread = int(dice.choice([1, 3, 20, 4000]))
    return Given(
        f"random {number}",
        dice.integers(-spread // 3, spread + 1, (n, m)),
        dice.integers(0, 4, m),
        dice.integers(0, 4 if number % 2 else 2, n),
        dice.random((n, m)) < dice.choice([0, 0.3, 0.8]),
    )


def families() -> Iterator[Given]:
    """Fourteen degenerate families, larger than the random ones."""
    dice = np.random.default_rng(0)
    n, m = 40, 25
    one, two, none = np.ones(n, dtype=np.int64), np.full(m, 2), np.zeros((n, m), dtype=np.bool_)
    spread = dice.integers(0, 1000, (n, m))
    ranks = np.arange(1, n + 1)[:, None] * np.arange(1, m + 1)
    yield Given("clones of seekers", np.repeat(spread[:4], 10, axis=0), two, one, none)
    yield Given("clones of givers", np.repeat(spread[:, :5], 5, axis=1), two, one, none)
    yield Given("all alike", np.full((n, m), 7), two, one, none)
    yield Given("nothing to gain", np.zeros((n, m), dtype=np.int64), two, one, none)
    yield Given("all to lose", -spread - 1, two, one, none)
    yield Given("ties", dice.integers(0, 2, (n, m)), two, one, none)
    yield Given("rank one", ranks, two, one, none)
    yield Given("Machol-Wien", -ranks, np.ones(m, dtype=np.int64), one, none)
    yield Given("few allowed", spread, two, one, dice.random((n, m)) < 0.8)
    yield Given("nobody allowed", spread, two, one, ~none)
    yield Given("heavy tail", spread, np.minimum(dice.zipf(1.6, m), n), one, none)
    yield Given("many without room", spread, two * (dice.random(m) < 0.3), one, none)
    yield Given("one giver for all", spread, np.where(np.arange(m) == 3, n, 0), one, none)
    yield Given("everybody wants three", spread, np.full(m, 4), 3 * one, dice.random((n, m)) < 0.3)


def empty_sides() -> Iterator[Given]:
    for n, m in ((0, 0), (0, 4), (4, 0)):
        yield Given(
            f"{n} x {m}",
            np.zeros((n, m), dtype=np.int64),
            np.ones(m, dtype=np.int64),
            np.ones(n, dtype=np.int64),
            np.zeros((n, m), dtype=np.bool_),
        )


def random_factors(number: int, n: int = 0, m: int = 0) -> Factors:
    """Small, with all that can be added and every kind of rule; many ties; in a third few features."""
    dice = np.random.default_rng(number)
    n, m = n or int(dice.integers(1, 14)), m or int(dice.integers(1, 10))
    spread, few = int(dice.choice([1, 3, 60])), dice.random() < 0.5

    def sides(low: int, high: int, kind: Any, *width: int) -> tuple[Any, Any]:
        mine, theirs = dice.integers(low, high, (n, *width)), dice.integers(low, high, (m, *width))
        return mine.astype(kind), theirs.astype(kind)

    features = sides(-spread // 2, spread + 1, np.float32, 40 if number % 3 == 1 else 4)
    if number % 3 == 1:
        features[0][dice.random((n, 40)) < 0.9] = 0
    return Factors(
        *features,
        tables=((*sides(0, 3, np.int64), dice.integers(-9, 9, (3, 3))),) if number % 2 else (),
        counted=((*sides(0, 2**63, np.uint64, number % 7 // 3), 30, spread),) if number % 5 else (),
        alike=((*sides(-1, 3, np.int64), 5, -spread),) if number % 4 else (),
        shared=(sides(0, 4, np.uint64, 2),) if few else (),
        groups=(sides(-1, 4, np.int64),) if number % 3 else (),
        apart=np.argwhere(dice.random((n, m)) < 0.2) if few else np.zeros((0, 2), dtype=np.int64),
    )


def given(number: int, factors: Factors) -> Given:
    """Beside them: room and wants of every kind, mostly one giver each; and the table they stand for."""
    dice = np.random.default_rng(number)
    (n, m), most = factors.shape, 4 if number % 5 == 0 else 2
    scores, allowed = factors.block(slice(0, n))
    return Given(f"factors {number}", scores, dice.integers(0, 5, m), dice.integers(0, most, n), ~allowed)
