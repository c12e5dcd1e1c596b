"""Carries out one command. Answers go through the real pages; everything else through the real verbs."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.urls import reverse

from bothways.connections.actions import answers, introductions, queues
from bothways.connections.models import Introduction, Queue
from bothways.core import time
from bothways.people.actions import absences
from bothways.people.models import NotWanted, Person
from tests import factories
from tests.rails.quiet.history import Command

ANSWERS = ("yes", "not_now")


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


def perform(
    people: list[Person],
    command: Command,
    *,
    verb: str,
    side: Asked | None = None,
    except_answers_of: Asked | None = None,
) -> None:
    actor = Person.objects.get(pk=people[command.actor].pk)
    if verb in ("yes", "not_now", "tell_me_more", "hand_on"):
        sides = open_now()
        side = side or (sides[command.which % len(sides)] if sides else None)
        if side is None or (side == except_answers_of and verb in ANSWERS):
            return
        _answer(side, verb, command)
    else:
        others = [person for person in people if person.pk != actor.pk]
        DEEDS[verb](actor, others, command)


def _answer(side: Asked, verb: str, command: Command) -> None:
    introduction = Introduction.objects.select_related("first", "second", "queue").get(key=side.introduction)
    person = Person.objects.get(key=side.person)
    try:
        if verb == "yes":
            answers.accept(introduction, by=person, times=[time.now() + timedelta(days=9)])
        elif verb == "not_now":
            answers.not_now(introduction, by=person)
        elif verb == "tell_me_more":
            answers.tell_me_more(introduction, by=person, question="What about?")
        else:
            answers.hand_on(introduction, by=person)
    except answers.Over:
        return


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
    absences.go_away(actor, start=today, end=today + timedelta(days=command.which + 1))


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
