"""Small drawings out of numbers: where each part of them stands. Templates make SVG out of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_RINGS = 100
_STEP = 30
_A_ROW = 15
_SIZES = (1, 2, 5)


@dataclass(frozen=True)
class Ring:
    """One, or several, who look for somebody: a closed ring, or two arcs that do not meet."""

    x: int
    y: int
    closed: bool


@dataclass(frozen=True)
class Rings:
    """`each` stands for so many people."""

    rings: tuple[Ring, ...]
    each: int
    width: int
    height: int


def rings(closed: int, open_: int) -> Rings:
    """So many closed and so many open rings, in rows; of many people one ring for several."""
    each = _each(closed + open_)
    both = [True] * _some(closed, each) + [False] * _some(open_, each)
    placed = tuple(
        Ring(place % _A_ROW * _STEP, place // _A_ROW * _STEP, closed=one) for place, one in enumerate(both)
    )
    return Rings(placed, each, _A_ROW * _STEP, max(1, -(-len(both) // _A_ROW)) * _STEP)


@dataclass(frozen=True)
class Bar:
    """A number with its share of the longest, in percent."""

    label: str
    number: int
    share: int


def bars(numbers: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    """Bars beside each other's length; what there is of something is never drawn as nothing."""
    found: Sequence[tuple[str, int]] = list(numbers)
    longest = max((number for _label, number in found), default=0)
    return tuple(Bar(label, number, percent(number, longest)) for label, number in found)


def percent(part: int, of: int) -> int:
    """Whole percent; nought only for nothing, a hundred only for all."""
    if not part or not of:
        return 0
    return 100 if part >= of else min(99, max(1, round(100 * part / of)))


def _each(number: int) -> int:
    power = 1
    while True:
        for size in _SIZES:
            if size * power * MOST_RINGS >= number:
                return size * power
        power *= 10


def _some(number: int, each: int) -> int:
    """At least one ring where there is anybody."""
    return max(1, round(number / each)) if number else 0
