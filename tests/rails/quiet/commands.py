"""Carries out one command. Answers go through the real pages; everything else through the real verbs."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.test import Client
from django.urls import reverse

from bothways.connections.actions import introductions, queues
from bothways.connections.models import Introduction, Queue
from bothways.connections.queries import answer_links
from bothways.core import time
from bothways.people.actions import absences
from bothways.people.models import NotWanted, Person
from tests import factories
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
    """Every side that may answer now, in an order of public state."""
    found = Introduction.objects.open_at(time.now()).filter(delivered=True).order_by("opens_at", "key")
    return [
        Asked(introduction.key, person.key)
        for introduction in found.select_related("first", "second")
        for person in introduction.asked()
    ]


def perform(people: list[Person], command: Command, *, verb: str, side: Asked | None = None) -> Asked | None:
    """Carry it out; returns the side that answered, where it was an answer."""
    actor = Person.objects.get(pk=people[command.actor].pk)
    if verb not in REPLIES:
        others = [person for person in people if person.pk != actor.pk]
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


def _ask(kind: str, most: int) -> Callable[[Person, list[Person], Command], None]:
    def deed(actor: Person, others: list[Person], command: Command) -> None:
        start = command.which % len(others)
        chosen = (others[start:] + others[:start])[:most]
        try:
            queues.open(
                actor, [queues.Approved(person) for person in chosen], kind=kind, note="A word about talks?"
            )
        except queues.TooManyOpen:
            return

    return deed


def _withdraw(actor: Person, others: list[Person], command: Command) -> None:
    mine = list(Queue.objects.open().filter(author=actor).order_by("opened_at", "key"))
    if mine:
        queues.withdraw(mine[command.which % len(mine)])


def _introduce(actor: Person, others: list[Person], command: Command) -> None:
    first = others[command.which % len(others)]
    second = others[command.other % len(others)]
    if first != second:
        introductions.introduce(first, second, by=actor, why="You both love maps.")


def _go_away(actor: Person, others: list[Person], command: Command) -> None:
    today = time.today()
    absences.go_away(actor, since=today, until=today + timedelta(days=command.which + 1))


def _come_back(actor: Person, others: list[Person], command: Command) -> None:
    absences.come_back(actor)


def _budget(actor: Person, others: list[Person], command: Command) -> None:
    Person.objects.filter(pk=actor.pk).update(budget_minutes=command.which * 30)


def _rather_not(actor: Person, others: list[Person], command: Command) -> None:
    NotWanted.objects.get_or_create(person=actor, other=others[command.which % len(others)])


def _visit(actor: Person, others: list[Person], command: Command) -> None:
    client = factories.signed_in(actor)
    client.get(reverse("home", kwargs={"organisation": actor.organisation.slug}))


def _nothing(actor: Person, others: list[Person], command: Command) -> None:
    return


DEEDS: dict[str, Callable[[Person, list[Person], Command], None]] = {
    "ask": _ask("conversation", 2),
    "ask_more_people": _ask("conversation", 4),
    "ask_for_mentoring": _ask("mentoring", 3),
    "withdraw": _withdraw,
    "introduce": _introduce,
    "go_away": _go_away,
    "come_back": _come_back,
    "budget": _budget,
    "rather_not": _rather_not,
    "visit": _visit,
    "nothing": _nothing,
}
