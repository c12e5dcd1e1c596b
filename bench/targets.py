"""What the engine must reach at a size, and hopes to; each measured in the run that prints it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.solvers import DENSE, OURS, SCIPY, Row

Rows = Mapping[str, Row]


@dataclass(frozen=True)
class Target:
    """`what` is the unit of `measure`; at most `must` and `ambition`, or at least, where `least`."""

    what: str
    measure: Callable[[Rows], float]
    must: float | None
    ambition: float | None
    least: bool = False

    def reaches(self, measured: float, bound: float | None) -> bool:
        return bound is None or (measured >= bound if self.least else measured <= bound)


def _as_fast_as(other: str) -> Callable[[Rows], float]:
    return lambda rows: rows[other].took / rows[OURS].took


def _passes(rows: Rows) -> float:
    return rows[OURS].took / rows[OURS].one_pass


def _peak(rows: Rows) -> float:
    return rows[OURS].peak


TARGETS = {  # by seekers, givers, room
    (1_000, 400, 3): (
        Target("ms until it is proven", lambda rows: rows[OURS].took * 1000, 50, 10),
        Target("times as fast as SciPy", _as_fast_as(SCIPY), 1 / 1.5, None, least=True),
    ),
    (10_000, 4_000, 3): (
        Target("times as fast as SciPy", _as_fast_as(SCIPY), 8, 20, least=True),
        Target("times as fast as OR-Tools, dense", _as_fast_as(DENSE), None, 30, least=True),
        Target("MB", _peak, 400, None),
    ),
    (100_000, 20_000, 5): (
        Target("scoring passes", _passes, 2.6, 1.6),
        Target("MB", _peak, 1024, 600),
    ),
}


def reached(n: int, m: int, room: int, rows: Rows) -> bool:
    """Prints each target of this size beside what was measured; whether each must is reached."""
    good = True
    for target in TARGETS.get((n, m, room), ()):
        measured = target.measure(rows)
        holds = target.reaches(measured, target.must)
        bounds = [f"{name} {bound:,.3g}" for name, bound in _bounds(target)]
        near = "" if target.ambition is None or not target.reaches(measured, target.ambition) else ", reached"
        print(
            f"  {measured:,.3g} {target.what}: {', '.join(bounds)}{near if holds else ': MISSED'}", flush=True
        )
        good = good and holds
    return good


def _bounds(target: Target) -> list[tuple[str, float]]:
    named = (("must", target.must), ("ambition", target.ambition))
    return [(name, bound) for name, bound in named if bound is not None]
