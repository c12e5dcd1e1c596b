"""What the engine must reach at a size, and hopes to; each measured in the run that prints it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.solvers import DENSE, OURS, SCIPY, Row

Rows = Mapping[str, Row]


@dataclass(frozen=True)
class Target:
    """The `unit` of what is measured; at most `must` and `ambition`, or at least, where `least`."""

    unit: str
    must: float | None
    ambition: float | None = None
    least: bool = False

    def reached(self, measured: float) -> bool:
        """Prints what was measured beside the bounds; whether what must be reached is."""
        bounds = [("must", self.must), ("ambition", self.ambition)]
        said = [f"{name} {_short(bound)}" for name, bound in bounds if bound is not None]
        holds = self._within(measured, self.must)
        hoped = self.ambition is not None and self._within(measured, self.ambition)
        end = ": MISSED" if not holds else ", reached" if hoped else ""
        print(f"  {_short(measured)} {self.unit}: {', '.join(said)}{end}", flush=True)
        return holds

    def _within(self, measured: float, bound: float | None) -> bool:
        return bound is None or (measured >= bound if self.least else measured <= bound)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _faster_than(other: str) -> Callable[[Rows], float]:
    return lambda rows: rows[other].took / rows[OURS].took


def _milliseconds(rows: Rows) -> float:
    return rows[OURS].took * 1000


def _passes(rows: Rows) -> float:
    return rows[OURS].took / rows[OURS].one_pass


def _peak(rows: Rows) -> float:
    return rows[OURS].peak


ROUNDS: dict[tuple[int, int, int], tuple[tuple[Callable[[Rows], float], Target], ...]] = {
    (1_000, 400, 3): (  # seekers, givers, room
        (_milliseconds, Target("ms until it is proven", 50, 10)),
        (_faster_than(SCIPY), Target("times as fast as SciPy", 1 / 1.5, least=True)),
    ),
    (10_000, 4_000, 3): (
        (_faster_than(SCIPY), Target("times as fast as SciPy", 8, 20, least=True)),
        (_faster_than(DENSE), Target("times as fast as OR-Tools, dense", None, 30, least=True)),
        (_peak, Target("MB", 400)),
    ),
    (100_000, 20_000, 5): (
        (_passes, Target("scoring passes", 2.6, 1.6)),
        (_peak, Target("MB", 1024, 600)),
    ),
}
CHANGED = Target("s where one in a hundred is somebody else", 5, 1)
MATCHES = Target("times the best tuned transferable market", 1.25, 1.33, least=True)
LISTED = Target("s", None, 5)
LISTED_SHORT = Target("s", 45, 25)
LOST = Target("% of the total lost to fairness", 0.1)


def all_reached(size: tuple[int, int, int], rows: Rows) -> bool:
    """Prints each target of this size; whether all are reached that must be."""
    return all([target.reached(measure(rows)) for measure, target in ROUNDS.get(size, ())])
