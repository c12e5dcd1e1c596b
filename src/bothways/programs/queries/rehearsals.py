"""A rehearsal as its page shows it: what comes of it drawn, its pairs with their reasons, those left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bothways.ask.queries.topics import index_of
from bothways.people.models import Person
from bothways.people.queries.search import called
from bothways.programs.models import LeftOut, Pairing, Pin, Rehearsal
from bothways.programs.rules import drawing, left_out_words, pair_reasons
from bothways.programs.rules.drawing import Bar, Rings

MOST_FOUND = 8
A_FEW = 5
Hours = tuple[tuple[int, int, str | Promise], ...]
HOURS: Hours = (
    (0, 0, gettext_lazy("none")),
    (1, 4, gettext_lazy("1 to 4")),
    (5, 9, gettext_lazy("5 to 9")),
    (10, 19, gettext_lazy("10 to 19")),
    (20, 168, gettext_lazy("20 and more")),
)
BY: Mapping[str, str | Promise] = {
    "team": gettext_lazy("Team"),
    "place": gettext_lazy("Place"),
    "tenure": gettext_lazy("Time here"),
}
_TENURES: Mapping[str, str | Promise] = {
    "under one year": gettext_lazy("under one year"),
    "one to three years": gettext_lazy("one to three years"),
    "three years and more": gettext_lazy("three years and more"),
}


@dataclass(frozen=True)
class Group:
    """Of those who look for somebody in one group, how many are introduced."""

    name: str
    seekers: int
    served: int

    @property
    def percent(self) -> int:
        return drawing.percent(self.served, self.seekers)


@dataclass(frozen=True)
class Fairness:
    """`others`: how many are in groups that are too small to be told of, or in none."""

    by: str | Promise
    groups: tuple[Group, ...]
    others: int


@dataclass(frozen=True)
class Figures:
    """What is told of the whole, with what it is drawn from."""

    seekers: int
    givers: int
    places: int
    served: int
    hours_least: int | None
    hours_median: int | None
    rings: Rings
    load: tuple[Bar, ...]
    most: int
    fairness: tuple[Fairness, ...] = field(default=())

    @property
    def left(self) -> int:
        return self.seekers - self.served


def figures(kept: Mapping[str, Any]) -> Figures:
    """Out of what a rehearsal keeps (`rules.figures`); of one that is not ready, noughts."""
    seekers, served = kept.get("seekers", 0), kept.get("served", 0)
    load: list[list[int]] = kept.get("load", [])
    return Figures(
        seekers=seekers,
        givers=kept.get("givers", 0),
        places=kept.get("places", 0),
        served=served,
        hours_least=kept.get("hours_least"),
        hours_median=kept.get("hours_median"),
        rings=drawing.rings(served, seekers - served),
        load=drawing.bars((_so_many(many), givers) for many, givers in load),
        most=max((many for many, givers in load if givers), default=0),
        fairness=tuple(_fairness(kept.get("fairness", {}), seekers)),
    )


def _so_many(many: int) -> str:
    if not many:
        return _("nobody")
    return ngettext("%(number)s person", "%(number)s people", many) % {"number": many}


def _fairness(kept: Mapping[str, Sequence[Sequence[Any]]], seekers: int) -> Iterable[Fairness]:
    for name, label in BY.items():
        groups = tuple(
            Group(str(_TENURES.get(group, group)) if name == "tenure" else group, number, served)
            for group, number, served in kept.get(name, ())
        )
        yield Fairness(label, groups, seekers - sum(group.seekers for group in groups))


def hours_in_common(rehearsal: Rehearsal) -> tuple[Bar, ...]:
    """How many pairs have how many usual hours a week in common."""
    counted = first(rehearsal).order_by().aggregate(
        **{f"from_{low}": _number(low, high) for low, high, _label in HOURS}
    )
    return drawing.bars((str(label), counted[f"from_{low}"]) for low, _high, label in HOURS)


def _number(low: int, high: int) -> Any:
    return Count("pk", filter=Q(hours__gte=low, hours__lte=high))


@dataclass(frozen=True)
class Pair:
    """An introduction of a rehearsal, with the reasons both ways as its steward may read them.

    What each of the two will read can name what they want and show to nobody; it is never here.
    """

    pairing: Pairing
    why: list[str]
    pin: str


def first(rehearsal: Rehearsal) -> QuerySet[Pairing]:
    """The round itself, by the seekers' names."""
    pairs = Pairing.objects.filter(rehearsal=rehearsal, rank=1).select_related("seeker__team", "giver__team")
    return pairs.order_by(Lower("seeker__name"), "seeker__key", "key")


def called_so(rehearsal: Rehearsal, name: str) -> QuerySet[Pairing]:
    """Pairs of which one is called so."""
    if not name:
        return first(rehearsal)
    found = called(rehearsal.round.program.organisation_id, name).values("pk")
    return first(rehearsal).filter(Q(seeker__in=found) | Q(giver__in=found))


def told(rehearsal: Rehearsal, pairs: Sequence[Pairing]) -> list[Pair]:
    """These pairs in words, with what was settled by hand for each since."""
    names = index_of(rehearsal.round.program.organisation_id).names
    theirs = {"seeker__in": [one.seeker_id for one in pairs], "giver__in": [one.giver_id for one in pairs]}
    pins = {
        (seeker, giver): kind
        for seeker, giver, kind in Pin.objects.filter(round=rehearsal.round_id, **theirs).values_list(
            "seeker", "giver", "kind"
        )
    }
    return [
        Pair(
            pairing=one,
            why=pair_reasons.in_words(one.parts, one.seeker.name, one.giver.name, names),
            pin=pins.get((one.seeker_id, one.giver_id), ""),
        )
        for one in pairs
    ]


def worst_off(rehearsal: Rehearsal) -> list[Pair]:
    """The pair that has least in common, where there is one."""
    least = first(rehearsal).order_by("score", "seeker__key")[:1]
    return told(rehearsal, list(least))


@dataclass(frozen=True)
class Out:
    """Somebody whom the rehearsal introduces to nobody."""

    person: Person
    why: str
    help: str


def left_out(rehearsal: Rehearsal) -> QuerySet[LeftOut]:
    found = LeftOut.objects.filter(rehearsal=rehearsal).select_related("person__team")
    return found.order_by(Lower("person__name"), "person__key")


def out_in_words(rehearsal: Rehearsal, some: Iterable[LeftOut]) -> list[Out]:
    names = index_of(rehearsal.round.program.organisation_id).names
    return [
        Out(one.person, left_out_words.why(one.why, names), left_out_words.help_(one.why, names))
        for one in some
    ]


def changed(a: Rehearsal, b: Rehearsal) -> QuerySet[Pairing]:
    """Pairs of `b` that are none of `a`; `before` is whom the seeker has there, if anybody."""
    there = Pairing.objects.filter(rehearsal=a, rank=1, seeker=OuterRef("seeker"))
    same = there.filter(giver=OuterRef("giver"))
    found = first(b).filter(~Exists(same))
    return found.annotate(before=Subquery(there.values("giver__name")[:1]))


def gone(a: Rehearsal, b: Rehearsal) -> int:
    """How many whom `a` introduces `b` introduces to nobody."""
    there = Pairing.objects.filter(rehearsal=b, rank=1, seeker=OuterRef("seeker"))
    return Pairing.objects.filter(~Exists(there), rehearsal=a, rank=1).count()


def pins(round_id: int) -> QuerySet[Pin]:
    """What was settled by hand, the latest first."""
    found = Pin.objects.filter(round=round_id).select_related("seeker__team", "giver__team", "by")
    return found.order_by(F("at").desc(), "seeker__key", "giver__key")
