"""How a night's run is divided: into parts of bounded size, by a lot that is drawn anew every night."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isqrt

from bothways.connections.rules import kinds

FEWEST_GIVERS = 30  # below, a list of three is a tenth of everybody: there is nothing to spread
MOST_PAIRS = (
    1_000_000  # of a part: about three seconds, and 60 to 110 MB beside what the engine needs to begin
)
MOST_PEOPLE = 4_000  # of a part, who are named in queries
FEWEST_PLACES, MOST_PLACES = 1, 8


@dataclass(frozen=True)
class Part:
    """Ids of those who seek and of those who give, in the order of the lot."""

    seekers: tuple[int, ...]
    givers: tuple[int, ...]


def parts(seekers: Mapping[int, str], givers: Mapping[int, str], *, lot: bytes) -> list[Part]:
    """Everybody dealt out like cards, each into one part. Keys by id; `lot` is the night's secret."""
    pairs, people = len(seekers) * len(givers), {**seekers, **givers}
    if not pairs:
        return []
    many = max(isqrt((pairs - 1) // MOST_PAIRS) + 1, ceil(len(people) / MOST_PEOPLE))
    place = {pk: at for at, pk in enumerate(_drawn(people, lot))}
    alike = sorted(
        place, key=lambda pk: (pk in seekers, pk in givers)
    )  # so that each part has as many of each
    hands = [sorted(alike[first::many], key=place.__getitem__) for first in range(many)]
    return [
        Part(tuple(pk for pk in hand if pk in seekers), tuple(pk for pk in hand if pk in givers))
        for hand in hands
    ]


def places(budget: int, taken: int) -> int:
    """Talks that a month's minutes still have room for. Who may be suggested at all has a place."""
    return min(max((budget - taken) // kinds.QUICK.minutes, FEWEST_PLACES), MOST_PLACES)


def _drawn(people: Mapping[int, str], lot: bytes) -> list[int]:
    return sorted(people, key=lambda pk: hashlib.blake2b(people[pk].encode(), key=lot).digest())
