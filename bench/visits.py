"""The pages that are measured, and a person with a life to visit them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from bothways.cli.demo import year
from bothways.connections.models import Connection, ConnectionMessage, Meeting
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person

Visit = Callable[[], Any]
ASKERS = 12
LETTERS = 30
LIVED = 100  # through the verbs; the others in bulk, as in the demo


def visits(size: int, sentences: Sequence[str]) -> dict[str, list[Visit]]:
    """Each page's name and the visits that make it up, taken in turn. Fills an empty database first."""
    with transaction.atomic():
        year.live(size, until=time.now(), tell=lambda what: None, lived=LIVED)
    organisation = Organisation.objects.get()
    active = Person.objects.filter(organisation=organisation, state=Person.State.ACTIVE)
    askers = list(active.select_related("account", "organisation").order_by("key")[:ASKERS])
    somebody, here = askers[0], {"organisation": organisation.slug}
    known = _life(somebody, askers[1:])
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


def _life(person: Person, known: list[Person]) -> Connection:
    """This person knows as many as anybody, whoever they knew before; one of them with a long history."""
    organisation, now = person.organisation, time.now()
    Connection.objects.ours(person).delete()
    made = Connection.objects.bulk_create(
        Connection(organisation=organisation, first=person, second=each, kind="conversation", note="A word?")
        for each in known
    )
    Meeting.objects.bulk_create(
        Meeting(
            connection=each,
            state=Meeting.State.PICKED,
            proposed_by=each.first,
            starts_at=now + timedelta(days=3),
            minutes=30,
        )
        for each in made
    )
    ConnectionMessage.objects.bulk_create(
        ConnectionMessage(connection=made[0], author=person, text="A line or two, *plainly*.")
        for _ in range(LETTERS)
    )
    return made[0]
