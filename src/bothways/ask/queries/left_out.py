"""Whom not to suggest to somebody, whoever offers what: known already, unwanted, in line."""

from typing import Any

from django.db.models import Q, QuerySet

from bothways.connections.models import Connection
from bothways.connections.rules import consent
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import NotWanted, Person


def of(person: Person, *, with_line: bool = False) -> set[int]:
    """Ids, in one query: connected now or within 180 days, or in either's not-wanted list.

    Managers at every level too, unless asked for; reports are left out by `candidates`, and who was
    introduced lately by `connections.queries.apart`. Reads public state and the not-wanted lists alone.
    """
    left_out = {row for (row,) in _known_or_unwanted(person.pk, time.now() - consent.APART)}
    if not with_line:
        left_out |= {int(row) for row in person.line.split("/") if row}
    return left_out


@prepared
def _known_or_unwanted(person: Any, since: Any) -> QuerySet[NotWanted, tuple[int]]:
    known = Connection.objects.filter(~Q(state=Connection.State.ENDED) | Q(moved_at__gt=since))
    parts = [
        NotWanted.objects.filter(other=person).values_list("person_id"),
        known.filter(first=person).values_list("second_id"),
        known.filter(second=person).values_list("first_id"),
    ]
    return NotWanted.objects.filter(person=person).values_list("other_id").union(*parts)
