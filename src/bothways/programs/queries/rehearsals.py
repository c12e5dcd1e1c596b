"""What a rehearsal's page adds to its results: what is drawn, and what was settled by hand since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrPromise

from bothways.ask.queries.topics import index_of
from bothways.people.queries.search import called
from bothways.programs.models import Pairing, Pin, Rehearsal
from bothways.programs.queries import results
from bothways.programs.queries.results import A_PAGE, Figures, ShownPair
from bothways.programs.rules import drawing, pair_reasons, terms
from bothways.programs.rules.drawing import Bar, Rings
from bothways.programs.rules.figures import TENURES, Group

HOURS: tuple[tuple[int, int, str | Promise], ...] = (
    (0, 0, gettext_lazy("none")),
    (1, 4, gettext_lazy("1 to 4")),
    (5, 9, gettext_lazy("5 to 9")),
    (10, 19, gettext_lazy("10 to 19")),
    (20, 168, gettext_lazy("20 and more")),
)

MOST_GROUPS = A_PAGE


@dataclass(frozen=True)
class Share:
    """Of those who look for somebody in one group, how many are introduced."""

    name: str
    group: Group

    @property
    def percent(self) -> int:
        return drawing.percent(self.group.served, self.group.seekers)


@dataclass(frozen=True)
class Fairness:
    """`others`: how many are in groups that are too small to be told of, or in none.

    `more`: how many groups are not among these, of which as large a part is introduced, or a larger one.
    """

    by: str
    shares: list[Share]
    others: int
    more: int


@dataclass(frozen=True)
class Drawn:
    """What the figures of a rehearsal are drawn from. `most`: the most that anybody is asked for."""

    rings: Rings
    load: tuple[Bar, ...]
    most: int
    hours: tuple[Bar, ...]
    fairness: list[Fairness]


def drawn(rehearsal: Rehearsal, figures: Figures) -> Drawn:
    return Drawn(
        rings=drawing.rings(figures.served, figures.left_out),
        load=drawing.bars((_so_many(many), givers) for many, givers in figures.load),
        most=max((many for many, givers in figures.load if givers), default=0),
        hours=_hours(rehearsal),
        fairness=[
            _fairness(_("Team"), figures.by_team, figures.seekers, {}),
            _fairness(_("Place"), figures.by_place, figures.seekers, {}),
            _fairness(_("Time here"), figures.by_tenure, figures.seekers, TENURES),
        ],
    )


def found(rehearsal: Rehearsal, name: str = "") -> QuerySet[Pairing]:
    """The round itself, the pairs with least in common first; perhaps some alone: one is called so."""
    pairs = Pairing.objects.filter(rehearsal=rehearsal, rank=1).select_related("seeker__team", "giver__team")
    if name:
        people = called(rehearsal.round.program.organisation_id, name).values("pk")
        pairs = pairs.filter(Q(seeker__in=people) | Q(giver__in=people))
    return pairs.order_by("score", "key")


@dataclass(frozen=True)
class Settled:
    """An introduction with its reasons. `pin`: what was settled by hand for the two, `lock`, `forbid` or "".

    `instead`: with whom else who seeks is locked by now, or "". `lacks_topic`: a rule asks for one, and none
    can be named.

    What each of the two will read can name what somebody wants and shows to nobody: no steward sees it.
    """

    shown: ShownPair
    pin: str
    instead: str
    lacks_topic: bool


def pairs(rehearsal: Rehearsal, name: str, number: str | None, at: str = "") -> Page[Settled]:
    """A page of them, in words; without a number the one with the pair whose key is `at`."""
    number = number or _page_with(at, found(rehearsal, name))
    page: Page[Any] = Paginator(found(rehearsal, name), A_PAGE).get_page(number)
    page.object_list = settled(rehearsal, list(page.object_list))
    return page


def least(rehearsal: Rehearsal) -> tuple[list[Settled], int]:
    """The pair with least in common, where there is one; and how many more have no more."""
    alike = Pairing.objects.filter(rehearsal=rehearsal, rank=1, score=OuterRef("score"))
    counted = alike.order_by().values("rehearsal").annotate(many=Count("pk")).values("many")
    some = list(found(rehearsal).annotate(alike=Subquery(counted))[:1])
    return settled(rehearsal, some), sum(one.alike - 1 for one in some)


def settled(rehearsal: Rehearsal, some: Sequence[Pairing]) -> list[Settled]:
    organisation = rehearsal.round.program.organisation
    names = index_of(organisation.pk).names
    theirs = Pin.objects.filter(round=rehearsal.round_id, seeker__in=[one.seeker_id for one in some])
    columns = list(theirs.values_list("seeker", "giver", "kind", "giver__name"))
    kinds = {(seeker, giver): kind for seeker, giver, kind, _name in columns}
    locked = {seeker: (giver, name) for seeker, giver, kind, name in columns if kind == Pin.Kind.LOCK}
    asks = terms.asks_for_a_topic(rehearsal.rules, rehearsal.weights)
    return [
        Settled(
            shown=results.shown_pair(one, names, organisation),
            pin=kinds.get((one.seeker_id, one.giver_id), ""),
            instead=_instead(one, locked),
            lacks_topic=asks and not pair_reasons.has_topic(one.parts),
        )
        for one in some
    ]


def _instead(pairing: Pairing, locked: Mapping[int, tuple[int, str]]) -> str:
    giver, name = locked.get(pairing.seeker_id, (pairing.giver_id, ""))
    return "" if giver == pairing.giver_id else name


def _page_with(key: str, pairs: QuerySet[Pairing]) -> str | None:
    """The number of the page on which it stands, where it is among them."""
    one = pairs.filter(key=key).values("score", "key").first() if key else None
    if one is None:
        return None
    before = Q(score__lt=one["score"]) | Q(score=one["score"], key__lt=one["key"])
    return str(1 + pairs.filter(before).count() // A_PAGE)


def pins(round_id: int) -> QuerySet[Pin]:
    """What was settled by hand in a round, by the seekers' names."""
    known = Pin.objects.filter(round=round_id).select_related("seeker__team", "giver__team")
    return known.order_by(Lower("seeker__name"), "seeker__key", "giver__key")


def others(pairing: Pairing, name: str) -> QuerySet[Pairing]:
    """With whom its givers could be swapped."""
    here = found(pairing.rehearsal, name).exclude(pk=pairing.pk)
    apart = here.exclude(giver=pairing.giver_id).exclude(giver=pairing.seeker_id)
    return apart.exclude(seeker=pairing.giver_id).order_by(Lower(F("seeker__name")), "key")


def _so_many(many: int) -> str:
    if not many:
        return _("nobody")
    return ngettext("%(number)s person", "%(number)s people", many) % {"number": many}


def _hours(rehearsal: Rehearsal) -> tuple[Bar, ...]:
    """How many pairs have how many usual hours a week in common."""
    bands = {f"from_{low}": Count("pk", filter=Q(hours__range=(low, high))) for low, high, _label in HOURS}
    counted = found(rehearsal).order_by().aggregate(**bands)
    return drawing.bars((str(label), counted[f"from_{low}"]) for low, _high, label in HOURS)


def _fairness(by: str, groups: Sequence[Group], seekers: int, names: Mapping[str, StrPromise]) -> Fairness:
    """Of many groups those alone of which the least part is introduced."""
    shown: Sequence[Group] = groups
    if len(groups) > MOST_GROUPS:
        shown = sorted(groups, key=lambda group: (group.served / group.seekers, group.name))[:MOST_GROUPS]
    return Fairness(
        by=by,
        shares=[Share(str(names.get(group.name, group.name)), group) for group in shown],
        others=seekers - sum(group.seekers for group in groups),
        more=len(groups) - len(shown),
    )
