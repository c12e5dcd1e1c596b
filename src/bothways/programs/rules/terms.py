"""What a steward settles before a round is rehearsed: hard rules and soft weights, apart, in plain words.

Nothing here names a level, a title or an age; the engine never sees one. The two private rules cannot be
dropped: to take one away shows what it does, and the two hide behind each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class HardRule:
    """`name`: the engine's name for it. `always`: nobody can drop it."""

    name: str
    words: StrPromise
    always: bool = False


@dataclass(frozen=True)
class Weight:
    """`name`: the engine's name for it. `default`: one of `STRENGTHS`."""

    name: str
    words: StrPromise
    default: str


RULES = (
    HardRule("asked not to", _("Nobody who would rather not be introduced to the other"), always=True),
    HardRule("reporting line", _("Nobody from one's own reporting line")),
    HardRule("paired before", _("Nobody one has been introduced to in the last 180 days"), always=True),
    HardRule("no shared language", _("At least one language in common")),
    HardRule("no hour in common", _("At least one usual hour in common")),
    HardRule("no shared topic", _("At least one topic that one seeks and the other offers")),
)
STRENGTHS = {"nothing": 0, "a little": 1, "some": 3, "a lot": 9}
STRENGTH_WORDS = {
    "nothing": _("does not count"),
    "a little": _("counts a little"),
    "some": _("counts"),
    "a lot": _("counts a lot"),
}
WEIGHTS = (
    Weight("shared_topic", _("What one seeks and the other offers"), "a lot"),
    Weight("both_give", _("What the other seeks in return"), "some"),
    Weight("hour_in_common", _("Usual hours in common"), "a little"),
    Weight("different_team", _("Different teams"), "some"),
)
TURNS = 3  # so many people are on each list
_UNIT = {"shared_topic": 12, "both_give": 12, "hour_in_common": 1, "different_team": 12}


def default_rules() -> list[str]:
    return [rule.name for rule in RULES]


def default_weights() -> dict[str, str]:
    """Strengths by the weight's name."""
    return {weight.name: weight.default for weight in WEIGHTS}


def in_force(names: Iterable[str]) -> list[str]:
    """Of these, those that are rules, with those that nobody can drop, in a fixed order."""
    chosen = set(names)
    return [rule.name for rule in RULES if rule.always or rule.name in chosen]


def asks_for_a_topic(rules: Iterable[str], strengths: Mapping[str, str]) -> bool:
    """Whether each pair must have one, and one that is public is among what the pair is told by."""
    return "no shared topic" in in_force(rules) and points(strengths)["shared_topic"] > 0


def points(strengths: Mapping[str, str]) -> dict[str, int]:
    """Whole points by the engine's name; what is missing or unknown counts as by default."""
    return {
        weight.name: _UNIT[weight.name]
        * STRENGTHS.get(strengths.get(weight.name, ""), STRENGTHS[weight.default])
        for weight in WEIGHTS
    }
