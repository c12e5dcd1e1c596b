"""Many programs that somebody runs; and in those that are there, many people, rounds and rehearsals."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import TypeVar

from django.db.models import Model

from bothways.core import time
from bothways.people.models import Person
from bothways.programs.models import (
    Entry,
    LeftOut,
    Participation,
    Pin,
    Program,
    Rehearsal,
    Round,
    Step,
)
from tests.factories.rehearsals import FULL, figures, pairing

Made = TypeVar("Made", bound=Model)
WORDS = "Nets mended together"
_numbers = count(1)
_steps = count(1)


def made(rows: Iterable[Made]) -> list[Made]:
    found = list(rows)
    return type(found[0])._default_manager.bulk_create(found) if found else []


def crowd(me: Person, people: list[Person], number: int) -> None:
    """`me` runs so many more, and takes part in them; what is there already has so many more of all."""
    for program in Program.objects.filter(organisation=me.organisation).order_by("pk")[:3]:
        _inside(program, people, number)
    programs = made(
        Program(
            organisation=me.organisation,
            name=f"Program {next(_numbers)}",
            purpose=WORDS,
            starts_on=time.today(),
            closed_at=time.now() if place % 3 == 2 else None,
        )
        for place in range(number)
    )
    for program in programs:
        program.stewards.add(me)
    made(Participation(program=program, person=me, seeks=True) for program in programs)


def _inside(program: Program, people: list[Person], number: int) -> None:
    by = program.stewards.first()
    made(
        Participation(program=program, person=person, seeks=place % 2 == 0, gives=place % 3 == 0)
        for place, person in enumerate(people)
    )
    for round_ in Round.objects.filter(program=program).order_by("pk")[:2]:
        _round(round_, people, number, by)
    made(
        Round(program=program, number=100 + next(_numbers), sent_at=time.now() - timedelta(days=9))
        for _ in range(number)
    )


def _round(round_: Round, people: list[Person], number: int, by: Person | None) -> None:
    now = time.now()
    for rehearsal in Rehearsal.objects.filter(round=round_).order_by("pk")[:2]:
        _rehearsal(rehearsal, people)
    made(
        Rehearsal(
            round=round_, number=100 + next(_numbers), asked_by=by, state="ready", figures=figures(5, 4)
        )
        for _ in range(number)
    )
    made(
        Pin(round=round_, seeker=person, giver=by, by=by, kind=Pin.Kind.values[place % 2])
        for place, person in enumerate(people)
        if by
    )
    made(
        Entry(round=round_, what=what, by=by, about={"seeker": one.key, "giver": one.key, "number": 1})
        for one in people
        for what in (Entry.What.LOCKED, Entry.What.REHEARSED)
    )
    made(
        Step(round=round_, at=now + timedelta(days=next(_steps)), taken_at=now, connected=9, not_connected=8)
        for _ in range(number)
    )


def _rehearsal(rehearsal: Rehearsal, people: list[Person]) -> None:
    made(
        pairing(rehearsal, seeker, giver)
        for seeker, giver in zip(people, people[1:] + people[:1], strict=True)
        if seeker != giver
    )
    made(LeftOut(rehearsal=rehearsal, person=person, why=FULL) for person in people)
