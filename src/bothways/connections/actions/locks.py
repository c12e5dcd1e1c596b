"""Locks, always in one order: queues by id, connections, people by id, introductions (consent.md 17)."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet

from bothways.connections.actions.refusals import HasEnded
from bothways.connections.models import Connection, Introduction, Queue
from bothways.core.prepared import prepared
from bothways.core.transactions import Again
from bothways.people.models import Person

Pairs = Iterable[tuple[Person, Collection[Person]]]


class Held(NamedTuple):
    """Queues and people as they are now, locked until the transaction ends, by id."""

    queues: dict[int, Queue]
    people: dict[int, Person]


def around(pairs: Pairs, *, also: Iterable[int | None] = ()) -> Held:
    """Lock the queues in which somebody has one of their others, or one of these has them; then all of them.

    Nobody opens a queue between two people without their locks, so what is found twice is complete;
    otherwise the verb begins anew.
    """
    pairs = list(pairs)
    found = Queue.objects.ids_holding(pairs)
    locked = queues({*found, *(pk for pk in also if pk)})
    held = people({person for one, others in pairs for person in (one, *others)})
    if not Queue.objects.ids_holding(pairs) <= locked.keys():
        raise Again
    return Held(locked, held)


def queue(given: Queue) -> Queue:
    """The queue as it is now, locked until the transaction ends."""
    return queues([given.pk])[given.pk]


def queues(ids: Iterable[int]) -> dict[int, Queue]:
    return {each.pk: each for each in _queues(sorted(ids))}


@prepared
def _queues(ids: Any) -> QuerySet[Queue]:
    locked = Queue.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    return locked.select_related("author__organisation").order_by("pk")


def connection(given: Connection) -> Connection:
    """The connection as it is now, locked; whatever of its life changes, changes under this lock."""
    locked = Connection.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("first", "second", "organisation").get(pk=given.pk)


def alive(given: Connection) -> Connection:
    """The connection as it is now, locked; refuses where it has ended."""
    locked = connection(given)
    if not locked.is_alive:
        raise HasEnded
    return locked


def people(given: Iterable[Person]) -> dict[int, Person]:
    """The people as they are now, locked, by id."""
    return {person.pk: person for person in _people(sorted({person.pk for person in given}))}


@prepared
def _people(ids: Any) -> QuerySet[Person]:
    locked = Person.objects.select_for_update(of=("self",), no_key=True)
    return locked.filter(pk__in=ids).select_related("organisation").order_by("pk")


def introduction(given: Introduction) -> Introduction:
    """The introduction as it is now, locked; lock what is around it first."""
    locked = Introduction.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("first", "second", "queue", "organisation").get(pk=given.pk)
