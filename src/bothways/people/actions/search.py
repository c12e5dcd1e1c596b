"""Keeping the full-text index: whoever changes what it copies calls `refresh`, in bulk `rebuild`."""

from collections.abc import Iterable
from functools import cache
from importlib import resources

from django.db import connection

from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.people.models import Person

AT_ONCE = 500


@verb
def refresh(persons: Iterable[Person]) -> None:
    """Index these people anew. Call it in the transaction that changes what a profile says."""
    ids = [person.pk for person in persons]
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        _write("p.id IN (" + ", ".join(["%s"] * len(part)) + ")", part)


@verb
def rebuild(organisation: Organisation) -> None:
    """Index everybody of the organisation anew; for imports, renamed topics and teams, and every night."""
    _write("p.organisation_id = %s", [organisation.pk])


def _write(which: str, values: list[int]) -> None:
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement.replace("{which}", which), values)


@cache
def _statements(vendor: str) -> list[str]:
    """What forgets and what writes the rows, as this database spells it."""
    text = resources.files("bothways.people").joinpath("data", f"search_{vendor}.sql").read_text("utf-8")
    return [statement for statement in text.split(";\n") if statement.strip()]
