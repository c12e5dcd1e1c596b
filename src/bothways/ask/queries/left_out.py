"""Whom not to suggest to somebody, whoever offers what: known already, just introduced, unwanted, in line."""

from django.db.models import Q

from bothways.connections.models import Connection, Introduction, QueueEntry
from bothways.connections.rules import consent
from bothways.core import time
from bothways.people.models import NotWanted, Person


def of(person: Person, *, with_line: bool = False) -> set[int]:
    """Ids, in one query: connected now, or in the last 180 days connected, introduced or approved; unwanted.

    Managers at every level too, unless asked for; reports are left out by `candidates`. Reads public state
    and the not-wanted lists alone (consent.md 3, 16).
    """
    since = time.now() - consent.APART
    known = Connection.objects.filter(~Q(state=Connection.State.ENDED) | Q(moved_at__gt=since))
    introduced = Introduction.objects.filter(Q(opens_at__gt=since) | Q(state=consent.State.OPEN))
    approved = QueueEntry.objects.filter(queue__author=person, queue__opened_at__gt=since, approved=True)
    parts = [
        NotWanted.objects.filter(other=person).values_list("person_id"),
        known.filter(first=person).values_list("second_id"),
        known.filter(second=person).values_list("first_id"),
        introduced.filter(first=person).values_list("second_id"),
        introduced.filter(second=person).values_list("first_id"),
        approved.values_list("person_id"),
    ]
    rows = NotWanted.objects.filter(person=person).values_list("other_id").union(*parts)
    left_out = {row for (row,) in rows}
    if not with_line:
        left_out |= {int(row) for row in person.line.split("/") if row}
    return left_out
