"""Of whom a night's run is made: those who want something and are here, and those who may be suggested."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Offer, Person, Want
from bothways.people.models.person import PersonQuerySet

SEEN_WITHIN = timedelta(days=30)

_COLUMNS = ("pk", "key", "line", "team_id", "time_zone", "languages", "budget_minutes")


@dataclass(frozen=True)
class Row:
    """`line`: ids of all managers. `hours`: JSON text, as `ask.rules.week` reads it."""

    pk: int
    key: str
    line: str
    team_id: int | None
    zone: str
    languages: list[str]
    budget: int
    hours: str


def wanting(today: Any, lately: Any) -> PersonQuerySet:
    """Whoever is active, not away, was here lately, and wants something that Home may suggest about."""
    wants = Want.objects.filter(person=OuterRef("pk"), suggest=True)
    here = Person.objects.filter(state=Person.State.ACTIVE, here_on__gte=lately).not_away(today)
    return here.filter(Exists(wants))


def seekers(organisation: Organisation) -> dict[int, str]:
    """Keys by id."""
    today = _today(organisation)
    return _keys(wanting(today, today - SEEN_WITHIN).filter(organisation=organisation))


def givers(organisation: Organisation) -> dict[int, str]:
    """Keys by id: of those who may be suggested by last night's snapshot, and offer something."""
    return _keys(_offering(organisation))


def how_many_give(organisation: Organisation) -> int:
    return _offering(organisation).count()


def rows(people: Collection[int]) -> dict[int, Row]:
    found = Person.objects.filter(pk__in=people).annotate(stored=Cast("hours", TextField()))
    return {row[0]: Row(*row) for row in found.values_list(*_COLUMNS, "stored")}


def _offering(organisation: Organisation) -> PersonQuerySet:
    available = Person.objects.available(_today(organisation)).filter(organisation=organisation)
    return available.filter(Exists(Offer.objects.filter(person=OuterRef("pk"))))


def _keys(people: PersonQuerySet) -> dict[int, str]:
    return dict(people.order_by("key").values_list("pk", "key"))


def _today(organisation: Organisation) -> date:
    return time.today(organisation.time_zone)
