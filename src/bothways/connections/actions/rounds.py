"""Leaving a round: as who takes part in it, or as one of those it might introduce (consent.md 15, 17)."""

from collections.abc import Iterable

from bothways.connections.actions import locks, queues
from bothways.connections.models import Queue, QueueEntry
from bothways.core import time
from bothways.core.transactions import verb
from bothways.people.models import Person


def leave_round(queue: Queue) -> None:
    """Somebody takes part no longer: their queue closes, what is open in it is no longer needed (17)."""
    queues.withdraw(queue)


@verb
def stop_asking(person: Person, given: Iterable[Queue]) -> None:
    """No longer introduce this person to anybody in these parts in rounds. What is open goes on.

    They stay on the list as somebody whose turn has been: what the lists of others are is not told by it.
    """
    held = locks.queues([queue.pk for queue in given])
    entries = QueueEntry.objects.filter(queue__in=held, queue__of_round=True, person=person, tried_at=None)
    entries.update(tried_at=time.now())
