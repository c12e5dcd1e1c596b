"""Who takes part in a round, what counts for a pair and what rules it out: plain values, checked by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum

from bothways.matching._bad import BadProblem

HOURS_OF_A_WEEK = 168
HEAVIEST = 1_000_000


class BadMarket(BadProblem):
    """A participant, weight or rule is none. The text says whose or which, and what is wrong with it."""


class NotUnserved(BadProblem):
    """Somebody was asked about as unserved who has everybody they wanted."""


@dataclass(frozen=True, kw_only=True)
class Participant:
    """Somebody who seeks, gives, or both. What is left empty is unknown, and unknown excludes nobody.

    `key` names them to the caller. `wants`, `offers`: topic keys. `hours`: hours of the week in UTC, 0 to
    167, of which 0 is Monday 00:00 to 01:00. `line`: keys of their manager, that one's manager, and so on.
    `never`: keys of those they asked not to be introduced to, which is private to them. `before`: keys of
    those they were paired with. `places`: how many they seek, or have room for. `fields`: what else a caller
    wants to count or rule by, such as a profession; nothing reads one that no weight or rule names. There is
    no place for title, age or time served, and none for level unless a caller puts it among `fields`.
    """

    key: str
    wants: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()
    team: str = ""
    organisation: str = ""
    line: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    places: int = 1
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Points, whole numbers from -1,000,000 to 1,000,000; a pair's score is their sum.

    `shared_topic`: each topic that the seeker wants and the giver offers; `both_give`: each that the giver
    wants and the seeker offers; of either at most `most_topics`, so that ticking everything brings nobody
    far. `hour_in_common`: each hour of the week, at most `most_hours`. `different_team`,
    `different_organisation`: where both are known and differ. `same`: for each of these `fields`, where both
    say the same. `same` is empty unless somebody asks for it.
    """

    shared_topic: int = 100
    both_give: int = 60
    hour_in_common: int = 1
    different_team: int = 20
    different_organisation: int = 10
    same: Mapping[str, int] = field(default_factory=dict)
    most_topics: int = 3
    most_hours: int = 20

    def __post_init__(self) -> None:
        """Raises `BadMarket`."""
        plain = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "same"}
        for name, points in (plain | {f"same {name}": points for name, points in self.same.items()}).items():
            if type(points) is not int or abs(points) > HEAVIEST:
                raise BadMarket(f"{name} must be a whole number up to {HEAVIEST:,}, not {points!r}.")
            if name.startswith("most_") and points < 0:
                raise BadMarket(f"{name} must not be negative.")


class RuleKind(StrEnum):
    """What keeps two people apart. The caller has the words."""

    THEMSELVES = "themselves"  # nobody is paired with themselves; always in force
    ASKED_NOT = "asked not to"  # one of them asked for it: never tell the other, nor propose to drop it
    REPORTING_LINE = "reporting line"
    PAIRED_BEFORE = "paired before"
    NO_SHARED_LANGUAGE = "no shared language"
    NO_HOUR_IN_COMMON = "no hour in common"
    NO_SHARED_TOPIC = "no shared topic"  # the giver offers something, and nothing that the seeker wants
    SAME_ORGANISATION = "same organisation"  # for rounds across organisations
    OTHER_ORGANISATION = "other organisation"  # for rounds within one
    ABOVE = "above"  # the giver is not the asked number of steps above in an ordered field
    BY_HAND = "by hand"  # whoever makes the round settled it
    OTHER_WAY_ROUND = "other way round"  # they are introduced in this round already, the other one seeking


@dataclass(frozen=True)
class Rule:
    """A hard rule. `field`, `order`, `least`, `most` belong to `ABOVE` alone; `above` makes one."""

    kind: RuleKind
    field: str = ""
    order: tuple[str, ...] = ()
    least: int = 0
    most: int = 0

    @property
    def may_be_dropped(self) -> bool:
        never = (RuleKind.THEMSELVES, RuleKind.ASKED_NOT, RuleKind.OTHER_WAY_ROUND)
        return self.kind not in never


def above(field: str, order: Iterable[str], least: int = 1, most: int | None = None) -> Rule:
    """The giver stands `least` to `most` steps above the seeker in `order`, lowest first. None: any more.

    Negative steps are below. Raises `BadMarket`.
    """
    steps = tuple(order)
    highest = len(steps) if most is None else most
    if len(set(steps)) != len(steps) or len(steps) < 2:
        raise BadMarket(f"The order of {field} must name at least two steps, each once.")
    if type(least) is not int or type(highest) is not int or least > highest:
        raise BadMarket(
            f"The steps of {field} must be whole numbers, least first, not {least!r} to {most!r}."
        )
    return Rule(RuleKind.ABOVE, field, steps, least, highest)


_SETS = ("wants", "offers", "languages", "line", "never", "before")
THEMSELVES = Rule(RuleKind.THEMSELVES)
DEFAULT_RULES = tuple(
    Rule(kind)
    for kind in (
        RuleKind.ASKED_NOT,
        RuleKind.REPORTING_LINE,
        RuleKind.PAIRED_BEFORE,
        RuleKind.NO_SHARED_LANGUAGE,
        RuleKind.NO_HOUR_IN_COMMON,
        RuleKind.NO_SHARED_TOPIC,
    )
)


def check(side: str, people: Iterable[Participant], rules: Iterable[Rule]) -> None:
    """Raises `BadMarket` for a key that stands twice, what is no number or set, an hour or step unknown."""
    rules = tuple(rules)
    _check_rules(rules)
    seen: set[str] = set()
    ordered = [(rule.field, frozenset(rule.order)) for rule in rules if rule.kind is RuleKind.ABOVE]
    for one in people:
        if one.key in seen:
            raise BadMarket(f"{one.key!r} stands twice among the {side}.")
        seen.add(one.key)
        if type(one.places) is not int or one.places < 0:
            raise BadMarket(f"places of {one.key!r} must be a whole number from 0, not {one.places!r}.")
        _check_sets(one)
        if any(type(hour) is not int or not 0 <= hour < HOURS_OF_A_WEEK for hour in one.hours):
            raise BadMarket(f"hours of {one.key!r} must be from 0 to {HOURS_OF_A_WEEK - 1}.")
        for name, steps in ordered:
            said = one.fields.get(name, "")
            if said and said not in steps:
                raise BadMarket(f"{name} of {one.key!r} is {said!r}, which the order does not name.")


def check_place(side: str, number: int, people: Sequence[Participant]) -> None:
    """Raises `BadMarket` where nobody has that number."""
    if not 0 <= number < len(people):
        last = f"the last is {len(people) - 1}" if people else "there are none"
        raise BadMarket(f"There is no number {number} among the {side}, who count from 0: {last}.")


def _check_rules(rules: Iterable[Rule]) -> None:
    for rule in rules:
        if not isinstance(rule, Rule) or not isinstance(rule.kind, RuleKind):
            raise BadMarket(
                f"{rule!r} is no rule. One is Rule(RuleKind.NO_SHARED_LANGUAGE), say, or above(field, order)."
            )


def _check_sets(one: Participant) -> None:
    for name in _SETS:
        if isinstance(getattr(one, name), str):  # would be read letter by letter
            raise BadMarket(f"{name} of {one.key!r} must be a set, not {getattr(one, name)!r}.")
