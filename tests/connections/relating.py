"""What the tests of a connection's life share: two people, addresses, what was recorded."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection as database
from django.test import Client
from django.urls import reverse

from bothways.connections.actions import absences
from bothways.connections.actions.refusals import Refusal
from bothways.core.events import Event
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.models import Person
from tests import factories

Refusals = type[Exception] | tuple[type[Exception], ...]


def two(organisation: Organisation) -> tuple[Person, Person]:
    """In Berlin and in Kolkata, where no clock ever changes."""
    ada = factories.member(organisation, "Ada", time_zone="Europe/Berlin", brings="Ten years of talks")
    ben = factories.member(organisation, "Ben", time_zone="Asia/Kolkata", hopes="To speak up")
    return ada, ben


def address(name: str, key: str = "") -> str:
    values = {"organisation": "harbour"} | ({"key": key} if key else {})
    return reverse(f"connections_{name}" if name else "connections", kwargs=values)


def recorded(event: type[Event]) -> list[dict[str, Any]]:
    rows = RecordedEvent.objects.filter(name=event.event_name()).order_by("id")
    return [dict(row.payload) for row in rows]


def read(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return answer.content.decode()


def plain(page: str) -> list[str]:
    """A page without what differs from request to request."""
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def suspend(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(state=Person.State.SUSPENDED)
    absences.end_everything_open(person)


def at_once(*verbs: Callable[[], Any], refusals: Refusals = Refusal) -> list[Any]:
    """Run all at the same moment, each over its own connection; what each returned or raised."""
    outcomes: list[Any] = [None] * len(verbs)
    start = threading.Barrier(len(verbs))

    def run(place: int) -> None:
        try:
            start.wait()
            outcomes[place] = verbs[place]()
        except Exception as refused:
            outcomes[place] = refused
        finally:
            database.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(verbs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    unexpected = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, refusals)]
    assert unexpected == []
    return outcomes
