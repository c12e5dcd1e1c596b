"""Keeping the full-text index: who changes what it copies calls `refresh`; `rebuild` is for the worker."""

from collections.abc import Iterable
from functools import cache
from importlib import resources

from django.db import connection

from bothways.core import breath
from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.people.models.person import PersonQuerySet

AT_ONCE = 500


@verb
def refresh(persons: Iterable[Person]) -> None:
    """Index these people anew. Call it in the transaction that changes what a profile says."""
    ids = [person.pk for person in persons]
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        _write("p.id IN (" + ", ".join(["%s"] * len(part)) + ")", part)


def rebuild(organisation: Organisation) -> None:
    """Index everybody of the organisation anew, whatever was forgotten meanwhile."""
    _rebuild(Person.objects.filter(organisation=organisation))


def rebuild_offering(organisation: Organisation, topic: str) -> None:
    """Index those who offer a topic, whose name has changed."""
    _rebuild(Person.objects.filter(organisation=organisation, offers__topic__key=topic))


def _rebuild(persons: PersonQuerySet) -> None:
    """In slices, each its own transaction, so that nobody's own change waits for long."""
    last = 0
    while part := list(persons.filter(pk__gt=last).order_by("pk").only("pk")[:AT_ONCE]):
        refresh(part)
        last = part[-1].pk
        breath.breathe()


def _write(which: str, values: list[int]) -> None:
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement.replace("{which}", which), values)


@cache
def _statements(vendor: str) -> list[str]:
    """What forgets and what writes the rows, as this database spells it."""
    text = resources.files("bothways.people").joinpath("data", f"search_{vendor}.sql").read_text("utf-8")
    return [statement for statement in text.split(";\n") if statement.strip()]
