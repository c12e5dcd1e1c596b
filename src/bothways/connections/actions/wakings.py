"""Resting and waking: a connection sleeps without a word about who let it, and wakes at any touch."""

from bothways.connections import events
from bothways.connections.actions import dues, quiet
from bothways.connections.models import Connection, Due
from bothways.connections.rules import lifetimes
from bothways.core import time
from bothways.core.events import record

State = Connection.State


def fall_asleep(connection: Connection) -> None:
    """Let a locked connection rest; nothing is asked of either until it wakes."""
    move_to(connection, State.RESTING)
    quiet.forget(connection, [quiet.Question.QUIET, quiet.Question.FIT])
    dues.drop(connection, Due.What.QUIET, Due.What.QUIET_OVER)
    record(events.ConnectionRests(connection=connection.key))


def wake_up(connection: Connection) -> None:
    """Wake a locked connection, if it rests."""
    if connection.state != State.RESTING:
        return
    agreed = connection.agreements.in_force().exists()
    move_to(connection, State.AGREED if agreed else State.ACQUAINTED)
    dues.appoint(connection, Due.What.QUIET, at=time.now() + lifetimes.QUIET_AFTER)


def move_to(connection: Connection, state: str) -> None:
    connection.state, connection.moved_at = state, time.now()
    connection.save(update_fields=["state", "moved_at"])
