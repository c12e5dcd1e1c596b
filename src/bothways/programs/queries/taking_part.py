"""What a round reads of those who take part: public state, own topics, and not-wanted lists.

One number of queries, however many people take part. The lists may only remove, and count as of the last
night (consent.md 3, 14, 18).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from bothways.ask.queries.left_out import last_night
from bothways.connections.models import Connection, Introduction, QueueEntry
from bothways.connections.rules import consent
from bothways.core import time
from bothways.people.models import NotWanted, Offer, Topic, Want
from bothways.programs.models import Participation, Program

Ids = Any  # a subquery of people's ids
Home = Mapping[int, str]  # from a topic's row to the key of the one that took its place

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


def ids(program: Program) -> Ids:
    return of(program).order_by().values("person")


def rows(program: Program) -> dict[int, Row]:
    """By id, in the order of keys, which says nothing."""
    found = of(program).annotate(stored=Cast("person__hours", TextField())).order_by("person__key")
    columns = found.values_list("person", *_COLUMNS, "stored", "seeks", "gives")
    return {row[0]: Row(*row) for row in columns}


def offers(people: Ids, home: Home) -> dict[int, frozenset[str]]:
    return _topics(Offer.objects.filter(person__in=people).values_list("person", "topic"), home)


def wants(people: Ids, home: Home) -> tuple[dict[int, frozenset[str]], dict[int, frozenset[str]]]:
    """All wants of each, and those that they show."""
    found = list(Want.objects.filter(person__in=people).values_list("person", "topic", "shown"))
    every = _topics([(person, topic) for person, topic, _shown in found], home)
    return every, _topics([(person, topic) for person, topic, shown in found if shown], home)


def broader(organisation_id: int, home: Home) -> dict[str, frozenset[str]]:
    """Of each topic the next broader one."""
    found: dict[str, set[str]] = defaultdict(set)
    links = Topic.objects.filter(organisation=organisation_id, broader__isnull=False)
    for topic, above in links.values_list("pk", "broader"):
        if above and topic in home and above in home and home[topic] != home[above]:
            found[home[topic]].add(home[above])
    return {topic: frozenset(above) for topic, above in found.items()}


def never(people: Ids) -> list[tuple[int, int]]:
    """Whose list has whom, since before the last night."""
    listed = NotWanted.objects.filter(person__in=people, other__in=people)
    return list(listed.filter(since__lt=last_night(time.now())).values_list("person", "other"))


def before(people: Ids) -> list[tuple[int, int]]:
    """Who was introduced to whom within 180 days, or is connected, whatever came of it (consent.md 16).

    For the author of an ask the whole approved list, so that nothing says who of them was asked.
    """
    since = time.now() - consent.APART
    both = {"first__in": people, "second__in": people}
    known = Connection.objects.filter(~Q(state=Connection.State.ENDED) | Q(moved_at__gt=since), **both)
    lately = Introduction.objects.filter(opens_at__gt=since, **both)
    asked = QueueEntry.objects.filter(
        queue__asked_last_at__gt=since,
        queue__of_round=False,
        approved=True,
        queue__author__in=people,
        person__in=people,
    )
    return [
        *known.values_list("first", "second"),
        *lately.values_list("first", "second"),
        *asked.values_list("queue__author", "person"),
    ]


def by_key(pairs: Iterable[tuple[int, int]], keys: Mapping[int, str]) -> dict[int, frozenset[str]]:
    """Keys of the others, by the first of each pair."""
    found: dict[int, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one in keys and other in keys:
            found[one].add(keys[other])
    return {pk: frozenset(found[pk]) if pk in found else frozenset() for pk in keys}


def _topics(found: Iterable[tuple[int, int]], home: Home) -> dict[int, frozenset[str]]:
    """Topic keys by person; a merged topic counts as the one that took its place."""
    by_person: dict[int, set[str]] = defaultdict(set)
    for person, topic in found:
        if topic in home:
            by_person[person].add(home[topic])
    return {person: frozenset(topics) for person, topics in by_person.items()}
