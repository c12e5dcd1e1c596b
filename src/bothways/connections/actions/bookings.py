"""A meeting's minutes in both people's time budgets, in the month it takes place."""

from bothways.connections.models import Connection, Introduction, Meeting
from bothways.connections.rules.consent import State
from bothways.core import time
from bothways.people.actions import budgets


def book(meeting: Meeting) -> None:
    """Book for both, or move the booking; what the introduction booked covers the first meeting."""
    if meeting.starts_at is None:
        return
    connection = meeting.connection
    month = time.month_of(meeting.starts_at, connection.organisation.time_zone)
    promised = _introduction_of(connection)
    for person in sorted(connection.pair(), key=lambda one: one.pk):
        budgets.take(
            person, month=month, minutes=meeting.minutes, source_key=meeting.source, instead_of=promised
        )


def give_back(meeting: Meeting) -> None:
    budgets.give_back(source_key=meeting.source)


def give_back_promised(connection: Connection) -> None:
    """What the introduction booked and no meeting took."""
    if promised := _introduction_of(connection):
        budgets.give_back(source_key=promised)


def _introduction_of(connection: Connection) -> str:
    """What the minutes of the introduction behind this connection are filed under."""
    between = Introduction.objects.with_person(connection.first).with_person(connection.second)
    latest = between.filter(state=State.CONNECTED).order_by("-opens_at").first()
    return latest.hold if latest else ""
