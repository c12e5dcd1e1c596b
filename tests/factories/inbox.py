"""What brings messages and mail about, through the real verbs; events are delivered, nothing else runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bothways.connections.actions import answers, queues
from bothways.connections.models import Connection, Introduction, Queue
from bothways.core import events
from bothways.inbox.actions import sending
from bothways.people.models import Person


def asked(author: Person, *people: Person, note: str = "A word about talks?") -> Queue:
    """An ask to these people, and what it tells them."""
    approved = [queues.Approved(person) for person in people]
    queue = queues.open(author, approved, kind="conversation", note=note)
    told()
    return queue


def met(author: Person, person: Person) -> Connection:
    """Two who both said yes, without naming times, and what it tells them."""
    asked(author, person)
    connection = answers.accept(introduction_of(person, first=author), by=person)
    assert connection
    told()
    return connection


def introduction_of(person: Person, **fields: Any) -> Introduction:
    return Introduction.objects.select_related("first", "second", "queue").get(second=person, **fields)


def told() -> None:
    """Deliver all events."""
    while events.deliver():
        pass


def mailed() -> int:
    """Send all mail that is due."""
    return sum(iter(sending.send_due, 0))


@contextmanager
def telling() -> Iterator[None]:
    """Whatever happens inside is told and mailed at its end."""
    yield
    told()
    mailed()
