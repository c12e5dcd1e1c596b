"""The pages that are measured, and a person with a life to visit them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.test import Client
from django.urls import reverse

from bench import population
from bothways.connections.models import Connection, ConnectionMessage, Meeting
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person

Visit = Callable[[], Any]
ASKERS = 12
LETTERS = 30


def visits(organisation: Organisation, size: int, sentences: Sequence[str]) -> dict[str, list[Visit]]:
    """Each page's name and the visits that make it up, taken in turn."""
    population.fill(organisation, size)
    active = Person.objects.filter(organisation=organisation, state=Person.State.ACTIVE).select_related(
        "account"
    )
    askers = list(active.order_by("key")[:ASKERS])
    somebody, here = askers[0], {"organisation": organisation.slug}
    known = _life(somebody, askers[1:], list(active.order_by("key")[ASKERS : ASKERS + size // 2]))
    client = _signed_in(somebody)
    suggestions = reverse("ask_suggestions", kwargs=here)
    asking: list[Visit] = [
        partial(_signed_in(asker).post, suggestions, {"sentence": sentence})
        for asker in askers
        for sentence in sentences
    ]
    connection = reverse("connections_connection", kwargs=here | {"key": known.key})
    return {
        "empty": [partial(Client().get, "/bench-empty/")],
        "plain page": [partial(Client().get, f"/bench-reference/{somebody.key}/")],
        "Home": [partial(client.get, reverse("home", kwargs=here))],
        "Ask": [partial(client.get, reverse("ask", kwargs=here))],
        "suggestions": asking,
        "People": [partial(client.get, f"/{organisation.slug}/people/")],
        "a connection": [partial(client.get, connection)],
    }


def _signed_in(person: Person) -> Client:
    client = Client()
    if person.account:
        client.force_login(person.account)
    return client


def _life(person: Person, known: list[Person], others: list[Person]) -> Connection:
    """Everybody has connections and meetings; this person has as many as anybody, one with a history."""
    organisation, now = person.organisation, time.now()
    pairs = [(person, each) for each in known] + list(zip(others[::2], others[1::2], strict=False))
    made = Connection.objects.bulk_create(
        (
            Connection(organisation=organisation, first=one, second=two, kind="conversation", note="A word?")
            for one, two in pairs
        ),
        batch_size=population.BATCH,
    )
    Meeting.objects.bulk_create(
        (
            Meeting(
                connection=each,
                state=Meeting.State.PICKED,
                proposed_by=each.first,
                starts_at=now + timedelta(days=3),
                minutes=30,
            )
            for each in made
        ),
        batch_size=population.BATCH,
    )
    ConnectionMessage.objects.bulk_create(
        ConnectionMessage(connection=made[0], author=person, text="A line or two, *plainly*.")
        for _ in range(LETTERS)
    )
    return made[0]
