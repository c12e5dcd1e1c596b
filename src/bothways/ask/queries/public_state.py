"""What is read of many people at once: public state, own topics, and not-wanted lists.

One number of queries, however many they are. The lists may only remove, and count as of the last night
(consent.md 3, 14, 18). Nothing here can be worked out from what somebody answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from datetime import time as clock
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from bothways.ask.queries.left_out import last_night
from bothways.connections.models import Connection, Introduction, Queue, QueueEntry
from bothways.connections.rules import consent, kinds
from bothways.core import time
from bothways.people.models import NotWanted, Offer, Want

Ids = Any  # a subquery of people's ids, or a list of them
Home = Mapping[int, str]  # from a topic's row to the key of the one that took its place
Topics = dict[int, frozenset[str]]


class Wants(NamedTuple):
    """Topics by person: all that they want, what they show of it, what Home may suggest about."""

    every: Topics
    shown: Topics
    suggested: Topics


def offers(people: Ids, home: Home) -> Topics:
    return _topics(Offer.objects.filter(person__in=people).values_list("person", "topic"), home)


def wants(people: Ids, home: Home) -> Wants:
    found = list(Want.objects.filter(person__in=people).values_list("person", "topic", "shown", "suggest"))
    return Wants(
        every=_topics([(person, topic) for person, topic, _shown, _suggest in found], home),
        shown=_topics([(person, topic) for person, topic, shown, _suggest in found if shown], home),
        suggested=_topics([(person, topic) for person, topic, _shown, suggest in found if suggest], home),
    )


def never(people: Ids) -> list[tuple[int, int]]:
    """Whose list has whom, since before the last night; whom can be somebody who is not among these people.

    Asked by one side alone: by both, SQLite looks for each of them with each, which is minutes for 30,000.
    """
    listed = NotWanted.objects.filter(person__in=people)
    return list(listed.filter(since__lt=last_night(time.now())).values_list("person", "other"))


def before(people: Ids, *, until: datetime | None = None) -> list[tuple[int, int]]:
    """Who was introduced to whom within 180 days, or is connected, whatever came of it (consent.md 16).

    Of what began before `until`, or before now. For the author of an ask the whole approved list, so that
    nothing says who of them was asked. The second of two can be somebody who is not among these people, as
    in `never`.
    """
    until, since = until or time.now(), time.now() - consent.APART
    alive = ~Q(state=Connection.State.ENDED) | Q(moved_at__gt=since)
    known = Connection.objects.filter(alive, first__in=people, since__lte=until)
    lately = Introduction.objects.filter(opens_at__gt=since, opens_at__lte=until, first__in=people)
    asked = QueueEntry.objects.filter(
        queue__asked_last_at__gt=since,
        queue__opened_at__lte=until,
        queue__of_round=False,
        approved=True,
        queue__author__in=people,
    )
    return [
        *known.values_list("first", "second"),
        *lately.values_list("first", "second"),
        *asked.values_list("queue__author", "person"),
    ]


def minutes_taken(people: Ids, since: datetime) -> dict[int, int]:
    """Of each who began something since then: what it held when it began, whatever became of it.

    No bookings and nothing that is held now: they would show who connected (consent.md 20).
    """
    taken: dict[int, int] = defaultdict(int)
    for person, kind, number in _begun(people, since):
        taken[person] += number * kinds.pace(kind).minutes
    return taken


def _begun(people: Ids, since: datetime) -> Iterator[tuple[int, str, int]]:
    """How many introductions of each kind each was asked in, delivered or not, and own parts in rounds."""
    opened = Introduction.objects.filter(opens_at__gte=since)
    for found, whose in (
        (opened.filter(second__in=people), "second"),
        (opened.filter(first__in=people, queue=None), "first"),
        (Queue.objects.filter(opened_at__gte=since, author__in=people, of_round=True), "author"),
    ):
        counted: QuerySet[Any, Any] = found.order_by().values(whose, "kind").annotate(number=Count("pk"))
        yield from counted.values_list(whose, "kind", "number")


def this_month(zone: str) -> datetime:
    """When it began in the zone."""
    return datetime.combine(time.month_of(time.now(), zone), clock.min, ZoneInfo(zone))


def line(stored: str) -> list[int]:
    """Ids of all managers, out of a person's row."""
    return [int(above) for above in stored.split("/") if above]


def by_key(pairs: Iterable[tuple[int, int]], keys: Mapping[int, str]) -> dict[int, frozenset[str]]:
    """Keys of the others, by the first of each pair; of those alone who are among `keys`."""
    found: dict[int, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one in keys and other in keys:
            found[one].add(keys[other])
    nobody: frozenset[str] = frozenset()  # one for all: most have nobody
    return {pk: frozenset(found[pk]) if pk in found else nobody for pk in keys}


def _topics(found: Iterable[tuple[int, int]], home: Home) -> Topics:
    """Topic keys by person; a merged topic counts as the one that took its place."""
    by_person: dict[int, set[str]] = defaultdict(set)
    for person, topic in found:
        if topic in home:
            by_person[person].add(home[topic])
    return {person: frozenset(topics) for person, topics in by_person.items()}
