"""Reporting lines: who manages whom, without circles."""

from django.db.models import TextField, Value
from django.db.models.functions import Concat, Substr

from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.people.models import Person


class Circle(Exception):
    """Nobody manages themselves, at any level."""


class Foreign(Exception):
    """A manager is of the same organisation."""


@verb
def set_manager(person: Person, manager: Person | None) -> Person:
    """From now on `person` reports to `manager`, or to nobody; everybody below moves along."""
    Organisation.objects.select_for_update(no_key=True).get(pk=person.organisation_id)
    present = Person.objects.in_bulk([person.pk, *([manager.pk] if manager else [])])
    current = present[person.pk]
    above = present[manager.pk] if manager else None
    if above and above.organisation_id != current.organisation_id:
        raise Foreign
    if above and (above.pk == current.pk or f"/{current.pk}/" in above.line):
        raise Circle
    old, current.manager = current.line, above
    current.line = f"{above.line}{above.pk}/" if above else "/"
    current.save(update_fields=["manager", "line"])
    _move_along(current, old=old)
    return current


def _move_along(person: Person, *, old: str) -> None:
    """The lines below begin with what stood above `person`: that part is exchanged, in one statement."""
    below = Person.objects.filter(
        organisation_id=person.organisation_id, line__startswith=f"{old}{person.pk}/"
    )
    rest = Substr("line", len(old) + 1)
    below.update(line=Concat(Value(person.line), rest, output_field=TextField()))
