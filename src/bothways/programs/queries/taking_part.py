"""Who takes part in a round. What else is read of them stands in `ask.queries.public_state`."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from bothways.ask.queries.public_state import Home, Ids
from bothways.connections.rules import consent
from bothways.core import time
from bothways.people.models import Person, Topic
from bothways.programs.models import Pairing, Participation, Program, Round

_COLUMNS = (
    *("person__key", "person__line", "person__team", "person__team__name", "person__place"),
    *("person__started_on", "person__time_zone", "person__languages", "person__budget_minutes"),
)


@dataclass(frozen=True)
class Row:
    """One who takes part. `line`: ids of all managers. `hours`: JSON text, as `ask.rules.week` reads it."""

    pk: int
    key: str
    line: str
    team_id: int | None
    team: str | None
    place: str
    started_on: date | None
    zone: str
    languages: list[str]
    budget: int
    hours: str
    seeks: bool
    gives: bool


def of(program: Program) -> QuerySet[Participation]:
    """Of whom a round of it would be made today."""
    today = time.today(program.organisation.time_zone)
    return Participation.objects.could_be_introduced(today).filter(program=program)


def ids(program: Program, among: Collection[Person] | None = None) -> Ids:
    return _among(program, among).order_by().values("person")


def rows(program: Program, among: Collection[Person] | None = None) -> dict[int, Row]:
    """By id, in the order of keys, which says nothing."""
    found = _among(program, among).annotate(stored=Cast("person__hours", TextField())).order_by("person__key")
    columns = found.values_list("person", *_COLUMNS, "stored", "seeks", "gives")
    return {row[0]: Row(*row) for row in columns}


def listed(people: Ids) -> list[tuple[int, int]]:
    """Who was on whose list in a round that was sent within 180 days, whether their turn came or not.

    The whole list, since a steward has read it: whoever of it may be met again would show who connected, or
    for whom nothing could begin.
    """
    sent = Round.objects.filter(sent_at__gt=time.now() - consent.APART).values("sent")
    found = Pairing.objects.filter(rehearsal__in=sent, seeker__in=people).order_by()
    return list(found.values_list("seeker", "giver"))


def _among(program: Program, people: Collection[Person] | None) -> QuerySet[Participation]:
    return of(program) if people is None else of(program).filter(person__in=people)


def broader(organisation_id: int, home: Home) -> dict[str, frozenset[str]]:
    """Of each topic the next broader one."""
    found: dict[str, set[str]] = defaultdict(set)
    links = Topic.objects.filter(organisation=organisation_id, broader__isnull=False)
    for topic, above in links.values_list("pk", "broader"):
        if above and topic in home and above in home and home[topic] != home[above]:
            found[home[topic]].add(home[above])
    return {topic: frozenset(above) for topic, above in found.items()}
