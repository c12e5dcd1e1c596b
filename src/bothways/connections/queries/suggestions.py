"""Times to offer, out of both people's usual weeks."""

from datetime import datetime

from bothways.connections.models import Connection, Introduction, Meeting
from bothways.connections.rules import scheduling
from bothways.core import time
from bothways.people.models import Person


def of(between: Connection | Introduction, person: Person, *, minutes: int) -> list[datetime]:
    """Up to three starts; this person's own meetings are kept clear."""
    other = between.other(person)
    ours = Connection.objects.ours(person).values("pk")
    picked = Meeting.objects.filter(connection__in=ours, state=Meeting.State.PICKED)
    busy = [(one.starts_at, one.ends_at) for one in picked if one.starts_at and one.ends_at]
    return scheduling.suggest(
        scheduling.week(person.time_zone, person.hours),
        scheduling.week(other.time_zone, other.hours),
        now=time.now(),
        minutes=minutes,
        busy=busy,
    )
