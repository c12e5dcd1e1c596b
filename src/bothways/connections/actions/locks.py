"""Locks, always taken in one order: queues by id, then people by id (consent.md 17)."""

from collections.abc import Iterable

from bothways.connections.models import Introduction, Queue
from bothways.people.models import Person


def queue(given: Queue) -> Queue:
    """The queue as it is now, locked until the transaction ends."""
    return (
        Queue.objects.select_for_update(of=("self",)).select_related("author__organisation").get(pk=given.pk)
    )


def people(given: Iterable[Person]) -> dict[int, Person]:
    """The people as they are now, locked, by id."""
    wanted = {person.pk for person in given}
    return {
        person.pk: person
        for person in Person.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    }


def introduction(given: Introduction) -> Introduction:
    """The introduction as it is now; its queue, or itself where there is none, is locked."""
    if given.queue_id:
        Queue.objects.select_for_update().get(pk=given.queue_id)
    plain = Introduction.objects.select_for_update(of=("self",)).select_related("first", "second", "queue")
    return plain.get(pk=given.pk)
