"""What two have in common whom nobody rehearsed, and which rules they would break: by what all may read.

What somebody wants in secret, would rather not, or was introduced to before has no say in it: a pair reads
the same whatever is hidden of it. The engine counts the same parts; no page loads it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from bothways.programs.rules.pair_reasons import BACK, HOURS, SHARED, TEAM

LANGUAGE = _("They have no language in common, and a rule of this round asks for one.")
HOUR = _("They have no usual hour in common, and a rule of this round asks for one.")
TOPIC = _(
    "%(giver)s offers no topic that %(seeker)s shows they look for, and a rule of this round asks for one."
)


@dataclass(frozen=True)
class Public:
    """What everybody may read of one. `offers`: the broader ones too; `wants`: as far as shown."""

    wants: frozenset[str]
    offers: frozenset[str]
    languages: frozenset[str]
    hours: frozenset[int]
    team: int | None


def parts(seeker: Public, giver: Public, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """As those of a rehearsed pair, for `pair_reasons.in_words`; without points."""
    hours = len(seeker.hours & giver.hours)
    asked = sorted(seeker.wants & giver.offers, key=lambda topic: names.get(topic, topic))
    back = sorted(giver.wants & seeker.offers, key=lambda topic: names.get(topic, topic))
    return [
        *({"kind": SHARED, "what": topic, "count": 1} for topic in asked),
        *({"kind": BACK, "what": topic, "count": 1} for topic in back),
        *([{"kind": HOURS, "what": "", "count": hours}] if hours else []),
        *([{"kind": TEAM, "what": "", "count": 1}] if _differ(seeker.team, giver.team) else []),
    ]


def broken(seeker: Public, giver: Public, rules: Collection[str]) -> list[StrPromise]:
    """Of these rules those that the two would break, in words that name both; never who reports to whom.

    As in the engine, who said nothing breaks nothing; but for what somebody shows that they look for, which
    may be a part of it.
    """
    hours, offers = seeker.hours and giver.hours, giver.offers
    lacking = (
        ("no shared language", LANGUAGE, not seeker.languages & giver.languages),
        ("no hour in common", HOUR, hours and not seeker.hours & giver.hours),
        ("no shared topic", TOPIC, offers and not seeker.wants & offers),
    )
    return [words for rule, words, is_lacking in lacking if rule in rules and is_lacking]


def _differ(one: int | None, other: int | None) -> bool:
    return bool(one and other and one != other)
