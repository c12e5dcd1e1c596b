"""Plays one history in a world of its own and writes down what each observer sees after every step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import mail
from django.db import transaction

from bothways.core import keys, time, worker
from bothways.people.models import Person
from tests import factories
from tests.conftest import START
from tests.rails.quiet import dump, observe
from tests.rails.quiet.commands import Asked, open_now, perform
from tests.rails.quiet.history import ACTORS, History


class _Undo(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside leaves the database as it was."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        return


@dataclass
class World:
    """What happened in one world. `target` is the side of the introduction that the pivot answers."""

    people: list[Person] = field(default_factory=list)
    target: Asked | None = None
    steps: list[list[observe.Seen]] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)
    rows_at_pivot: dict[str, list[str]] = field(default_factory=dict)

    def observers(self) -> list[Person]:
        return [
            Person.objects.with_roles().select_related("organisation").get(pk=each.pk) for each in self.people
        ]


def play(history: History, *, without: Asked | None = None, instead: str = "not_now") -> World:
    """Play it. `without`: leave out the pivot and every earlier answer of that side to that introduction."""
    world = World()
    mail.outbox.clear()
    with undone(), time.driven(START) as clock:
        with keys.derived(str(history.seed), "setting"):
            world.people = setting()
        for number, command in enumerate(history.commands):
            clock.advance(timedelta(hours=command.after))
            _work(history, f"{number} before")
            with keys.derived(str(history.seed), str(number)):
                _one(world, history, number, without=without, instead=instead)
            _work(history, f"{number} after")
            world.steps.append(list(_see(world)))
            if number == history.pivot:
                world.rows_at_pivot = dump.everything()
        world.rows = dump.everything()
    return world


def setting() -> list[Person]:
    """Four members and a steward; Ben has little time, Dan manages Ada."""
    harbour = factories.organisation()
    talks = factories.topic(harbour, "Speaking in public")
    dan = factories.member(harbour, "Dan", email="dan@harbour.example")
    people = [
        factories.member(harbour, "Ada", email="ada@harbour.example", manager=dan),
        factories.member(harbour, "Ben", email="ben@harbour.example", budget_minutes=60),
        factories.member(harbour, "Cleo", email="cleo@harbour.example", budget_minutes=90),
        dan,
        factories.member(harbour, "Eve", email="eve@harbour.example", role=Person.Role.STEWARD),
    ]
    assert len(people) == len(ACTORS)
    for person in people:
        person.offers.create(topic=talks)
    return people


def _one(world: World, history: History, number: int, *, without: Asked | None, instead: str) -> None:
    command = history.commands[number]
    if number == history.pivot:
        sides = open_now()
        world.target = without or (sides[command.which % len(sides)] if sides else None)
        if without is None and world.target is not None:
            perform(world.people, command, verb=instead, side=world.target)
        return
    perform(
        world.people,
        command,
        verb=command.verb,
        except_answers_of=without if number < history.pivot else None,
    )


def _work(history: History, step: str) -> None:
    with keys.derived(str(history.seed), step):
        worker.drain()


def _see(world: World) -> Iterator[observe.Seen]:
    for observer in world.observers():
        if observer.roles:
            yield from observe.pages(observer)
        yield from observe.letters(observer, mail.outbox)
