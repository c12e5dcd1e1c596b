"""What a rehearsal came to, as its pages show it: figures, pairs with reasons, who is left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Max

from bothways.ask.queries.topics import index_of
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.programs.models import LeftOut, Pairing, Rehearsal
from bothways.programs.rules import left_out_words, pair_reasons
from bothways.programs.rules.figures import Group

A_PAGE = 25


@dataclass(frozen=True)
class Figures:
    """A rehearsal as a whole. `load`: to how many givers it brings nobody, one, two …

    `worst`: the least score of anybody served; `hours_*`: of a week, in common. None where nobody is served.
    `verified`: the proof holds; `fairest`: it is proven of the least score too.
    `by_team`, `by_place`, `by_tenure`: large groups alone (`programs.rules.figures`).
    """

    seekers: int
    givers: int
    places: int
    served: int
    total: int
    worst: int | None
    hours_least: int | None
    hours_median: int | None
    load: list[tuple[int, int]]
    by_team: list[Group]
    by_place: list[Group]
    by_tenure: list[Group]
    verified: bool
    fairest: bool = False

    @property
    def left_out(self) -> int:
        return self.seekers - self.served


@dataclass(frozen=True)
class ShownPair:
    """`why`: sentences naming both. What each of them reads may name what they want in secret: not here.

    `beside`: what anybody reads on both their pages.
    """

    pairing: Pairing
    why: list[str]
    beside: str


@dataclass(frozen=True)
class ShownLeftOut:
    """`would_help` is empty where no single change that can be told would be enough."""

    person: Person
    why: str
    would_help: str


def figures(rehearsal: Rehearsal) -> Figures:
    """Of one that is ready."""
    told = dict(rehearsal.figures)
    fairness = told.pop("fairness")
    by = {name: [Group(*group) for group in groups] for name, groups in fairness.items()}
    return Figures(
        **told | {"load": [(many, givers) for many, givers in told["load"]]},
        by_team=by["team"],
        by_place=by["place"],
        by_tenure=by["tenure"],
    )


def shown_pair(pairing: Pairing, names: Mapping[str, str], organisation: Organisation) -> ShownPair:
    seeker, giver = pairing.seeker, pairing.giver
    today = time.today(organisation.time_zone)
    return ShownPair(
        pairing=pairing,
        why=pair_reasons.in_words(pairing.parts, seeker.name, giver.name, names),
        beside=pair_reasons.on_both_pages(seeker, giver, home=organisation.language, today=today),
    )


def left_out(rehearsal: Rehearsal, number: int | str | None = 1) -> Page[ShownLeftOut]:
    """Those whom the round introduces to nobody, by name; none while it is being worked out."""
    ready = LeftOut.objects.filter(rehearsal=rehearsal, rehearsal__state=Rehearsal.State.READY)
    found = ready.select_related("person__team")
    page: Page[Any] = Paginator(found.order_by("person__name", "person__key"), A_PAGE).get_page(number)
    organisation = rehearsal.round.program.organisation
    names = index_of(organisation.pk).names
    made = rehearsal.asked_at.astimezone(ZoneInfo(organisation.time_zone)).date()
    monday = made - timedelta(days=made.weekday())
    page.object_list = [
        ShownLeftOut(
            person=one.person,
            why=left_out_words.why(one.why),
            would_help=left_out_words.would_help(one.why, names, monday=monday, zone=organisation.time_zone),
        )
        for one in page.object_list
    ]
    return page


def ranks(rehearsal: Rehearsal) -> int:
    """How long the lists are."""
    longest: int | None = Pairing.objects.filter(rehearsal=rehearsal).aggregate(last=Max("rank"))["last"]
    return longest or 0
