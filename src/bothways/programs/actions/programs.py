"""Programs: open, change, hand over, close."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from bothways.core import time
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.programs.models import Program


class NameTaken(Exception):
    """The organisation has a program of this name."""


class NobodyRuns(Exception):
    """A program needs at least one person who runs it."""


@verb
def open(
    by: Person, *, name: str, purpose: str, kind: str, starts_on: date, ends_on: date | None = None
) -> Program:
    """Open a program that its opener runs. Raises `NameTaken`."""
    try:
        with transaction.atomic():
            program = Program.objects.create(
                organisation=by.organisation,
                name=name,
                purpose=purpose,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as taken:
        raise NameTaken from taken
    program.stewards.add(by)
    return program


@verb
def change(
    program: Program, *, name: str, purpose: str, kind: str, starts_on: date, ends_on: date | None
) -> None:
    """Change what it says of itself. What is sent already stays as it is. Raises `NameTaken`."""
    others = Program.objects.filter(organisation=program.organisation_id, name=name).exclude(pk=program.pk)
    if others.exists():
        raise NameTaken
    Program.objects.filter(pk=program.pk).update(
        name=name, purpose=purpose, kind=kind, starts_on=starts_on, ends_on=ends_on
    )


@verb
def hand_over(program: Program, stewards: Sequence[Person]) -> None:
    """Who runs it from now on: stewards of the organisation who are here. Raises `NobodyRuns`."""
    run = [
        person
        for person in stewards
        if person.organisation_id == program.organisation_id
        and person.state == Person.State.ACTIVE
        and person.role != Person.Role.MEMBER
    ]
    if not run:
        raise NobodyRuns
    program.stewards.set(run)


@verb
def close(program: Program) -> None:
    """Nobody joins any more and no round is sent; introductions that are open go on to their end."""
    Program.objects.filter(pk=program.pk, closed_at=None).update(closed_at=time.now())


@verb
def open_again(program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(closed_at=None)
