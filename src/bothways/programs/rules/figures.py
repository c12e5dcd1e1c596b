"""What is told of a rehearsal as a whole. Groups of fewer than five are never told of, nor can they be
worked out from what is: who takes part may read how they stand, and nobody else should."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

FEWEST = 5
_A_YEAR = 365.25
TENURES: Mapping[str, StrPromise] = {
    "under one year": _("under one year"),
    "one to three years": _("one to three years"),
    "three years and more": _("three years and more"),
}


@dataclass(frozen=True)
class Group:
    """Of those who seek in one group, how many are served."""

    name: str
    seekers: int
    served: int


@dataclass(frozen=True)
class Pair:
    """What figures need of an introduction of rank 1."""

    seeker: str
    giver: str
    score: int
    hours: int


@dataclass(frozen=True)
class Place:
    """Where somebody who seeks stands; what is unknown is empty."""

    team: str = ""
    place: str = ""
    tenure: str = ""


def tenure(started_on: date | None, today: date) -> str:
    """The band of somebody's time here; empty where it is not known."""
    if started_on is None:
        return ""
    years = (today - started_on).days / _A_YEAR
    return tuple(TENURES)[(years >= 1) + (years >= 3)]


def figures(seekers: Mapping[str, Place], places: Mapping[str, int], pairs: Sequence[Pair]) -> dict[str, Any]:
    """As a rehearsal keeps them. `places`: of each giver."""
    served = {pair.seeker for pair in pairs}
    given = Counter(pair.giver for pair in pairs)
    load = Counter(given[key] for key in places)
    return {
        "seekers": len(seekers),
        "givers": len(places),
        "places": sum(places.values()),
        "served": len(served & seekers.keys()),
        "total": sum(pair.score for pair in pairs),
        "worst": min((pair.score for pair in pairs), default=None),
        "hours_least": min((pair.hours for pair in pairs), default=None),
        "hours_median": median_low([pair.hours for pair in pairs]) if pairs else None,
        "load": [[many, load[many]] for many in sorted(load)],
        "fairness": {
            name: [[one.name, one.seekers, one.served] for one in groups(seekers, served, name)]
            for name in ("team", "place", "tenure")
        },
    }


def groups(seekers: Mapping[str, Place], served: Iterable[str], by: str) -> list[Group]:
    """Those large enough to be told of, by name. What is left of all is nobody, or at least five too."""
    chosen = set(served)
    members: dict[str, list[str]] = {}
    for key, place in seekers.items():
        members.setdefault(getattr(place, by), []).append(key)
    told = [
        Group(name, len(keys), len(chosen.intersection(keys)))
        for name, keys in members.items()
        if name and len(keys) >= FEWEST
    ]
    told.sort(key=lambda group: (-group.seekers, group.name))
    while told and 0 < len(seekers) - sum(group.seekers for group in told) < FEWEST:
        told.pop()
    return sorted(told, key=lambda group: group.name)
