"""Whom not to suggest to somebody, whoever offers what: known already, unwanted, in line."""

from django.db.models import Q

from bothways.connections.models import Connection
from bothways.connections.rules import consent
from bothways.core import time
from bothways.people.models import NotWanted, Person


def of(person: Person, *, with_line: bool = False) -> set[int]:
    """Ids, in one query: connected now or within 180 days, or in either's not-wanted list.

    Managers at every level too, unless asked for; reports are left out by `candidates`, and who was
    introduced lately by `connections.queries.apart`. Reads public state and the not-wanted lists alone.
    """
    since = time.now() - consent.APART
    known = Connection.objects.filter(~Q(state=Connection.State.ENDED) | Q(moved_at__gt=since))
    parts = [
        NotWanted.objects.filter(other=person).values_list("person_id"),
        known.filter(first=person).values_list("second_id"),
        known.filter(second=person).values_list("first_id"),
    ]
    rows = NotWanted.objects.filter(person=person).values_list("other_id").union(*parts)
    left_out = {row for (row,) in rows}
    if not with_line:
        left_out |= {int(row) for row in person.line.split("/") if row}
    return left_out
