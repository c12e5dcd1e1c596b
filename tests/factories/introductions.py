"""Asks, introductions and answers, for tests."""

from datetime import timedelta
from typing import Any

from bothways.connections.actions import clock as promise_clock
from bothways.connections.actions import queues
from bothways.connections.models import Introduction, Queue
from bothways.connections.models.sealed import SealedAnswer
from bothways.core import time, worker
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.models import Person
from tests.factories.people import member

NOTE = "Could we have a word about talks?"
ROUND, ROUND_NOTE = "Spring mentoring", "Two people who might like to meet once a month."


def several(organisation: Organisation, names: str, **fields: Any) -> list[Person]:
    """Members called by these names."""
    return [member(organisation, name, **fields) for name in names.split()]


def ask(author: Person, *people: Person, kind: str = "conversation", **fields: Any) -> Queue:
    approved = [queues.Approved(person) for person in people]
    return queues.open(author, approved, kind=kind, note=fields.pop("note", NOTE), **fields)


def take_part(author: Person, *people: Person, kind: str = "mentoring", **fields: Any) -> Queue | None:
    """This person's part in a round, with these people as the engine's list for them."""
    approved = [queues.Approved(person) for person in people]
    note, named = fields.pop("note", ROUND_NOTE), fields.pop("named", ROUND)
    return queues.open_in_round(author, approved, kind=kind, note=note, named=named, **fields)


def introduction(person: Person) -> Introduction:
    """The latest introduction in which this person was asked."""
    return (
        Introduction.objects.filter(second=person)
        .select_related("first__organisation", "second__organisation", "queue__author", "organisation")
        .latest("opens_at", "pk")
    )


def pass_time(clock: time.Clock, **by: float) -> None:
    """Let the clock go on, and everything happen that is due by then."""
    clock.advance(timedelta(**by))
    while promise_clock.advance():
        pass


def worked_off() -> None:
    worker.drain()


def sealed(introduction: Introduction) -> list[str]:
    """Both sealed answers as the table holds them; tests alone look here."""
    answers = SealedAnswer.objects.filter(introduction=introduction).order_by("person")
    return list(answers.values_list("answer", flat=True))


def recorded(name: str) -> list[dict[str, Any]]:
    """The payloads of all events of this name, in order."""
    events = RecordedEvent.objects.filter(name=f"connections.{name}").order_by("pk")
    return list(events.values_list("payload", flat=True))
