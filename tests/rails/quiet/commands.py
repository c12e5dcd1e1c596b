"""Carries out one command. Answers go through the real pages; everything else through the real verbs."""

from contextlib import suppress
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from bothways.connections.models import Introduction
from bothways.connections.queries import answer_links
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import Person
from tests import factories
from tests.rails.quiet.deeds import DEEDS, REFUSED
from tests.rails.quiet.history import Command

ANSWERS = ("yes", "not_now")
REPLIES = {
    "yes": {"answer": "yes"},
    "not_now": {"answer": "not_now"},
    "tell_me_more": {"answer": "more", "question": "What about?"},
    "hand_on": {"answer": "hand_on", "name": ""},
}


class Asked(NamedTuple):
    """One side of one open introduction: whose answer is asked for."""

    introduction: str
    person: str


def open_now() -> list[Asked]:
    """Every side that may answer now, in an order of public state; nobody who has just left."""
    return [
        Asked(introduction.key, person.key)
        for introduction in _open(time.now())
        for person in introduction.asked()
        if person.state == Person.State.ACTIVE
    ]


@prepared
def _open(now: Any) -> QuerySet[Introduction]:
    found = Introduction.objects.open_at(now).filter(delivered=True).select_related("first", "second")
    return found.order_by("opens_at", "key")


def perform(people: list[Person], command: Command, *, verb: str, side: Asked | None = None) -> Asked | None:
    """Carry it out; returns the side that answered, where it was an answer."""
    actor = Person.objects.get(pk=people[command.actor].pk)
    if verb not in REPLIES:
        others = [person for person in people if person.pk != actor.pk]
        with suppress(*REFUSED):
            DEEDS[verb](actor, others, command)
        return None
    sides = open_now()
    side = side or (sides[command.which % len(sides)] if sides else None)
    if side is not None:
        _reply(side, REPLIES[verb], by_link=bool(command.other % 2))
    return side if verb in ANSWERS else None


def _reply(side: Asked, fields: dict[str, str], *, by_link: bool) -> None:
    """As a person does it: on the page, signed in, or by the link in the mail."""
    introduction = Introduction.objects.select_related("organisation").get(key=side.introduction)
    person = Person.objects.select_related("organisation", "account").get(key=side.person)
    if by_link:
        Client().post(answer_links.path_of(introduction, person), fields)
        return
    address = reverse(
        "connections_introduction",
        kwargs={"organisation": introduction.organisation.slug, "key": side.introduction},
    )
    factories.signed_in(person).post(address, fields)
