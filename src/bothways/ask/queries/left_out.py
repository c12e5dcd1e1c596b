"""Whom not to suggest to somebody, whoever offers what: known already, unwanted, in line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from bothways.connections.models import Connection
from bothways.connections.rules import consent
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import NotWanted, Person
from bothways.people.rules.giving import NIGHT


def of(person: Person, *, with_line: bool = False) -> set[int]:
    """Ids, in one query: connected now or within 180 days, or in either's not-wanted list.

    One's own list counts at once, another's from the night on, when places change for everybody: else it
    could be read off by asking twice. What is asked meanwhile is not delivered (consent.md 18).

    Managers at every level too, unless asked for; reports are left out by `candidates`, and who was
    introduced lately by `connections.queries.apart`. Reads public state and the not-wanted lists alone.
    """
    now = time.now()
    left_out = {row for (row,) in _known_or_unwanted(person.pk, now - consent.APART, last_night(now))}
    if not with_line:
        left_out |= {int(row) for row in person.line.split("/") if row}
    return left_out


def last_night(now: datetime) -> datetime:
    """When places were last counted (`people.tasks.take_snapshot`)."""
    at = now.astimezone(UTC).replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return at if at <= now else at - timedelta(days=1)


@prepared
def _known_or_unwanted(person: Any, since: Any, night: Any) -> QuerySet[NotWanted, tuple[int]]:
    known = Connection.objects.filter(~Q(state=Connection.State.ENDED) | Q(moved_at__gt=since))
    parts = [
        NotWanted.objects.filter(other=person, since__lt=night).values_list("person_id"),
        known.filter(first=person).values_list("second_id"),
        known.filter(second=person).values_list("first_id"),
    ]
    return NotWanted.objects.filter(person=person).values_list("other_id").union(*parts)
