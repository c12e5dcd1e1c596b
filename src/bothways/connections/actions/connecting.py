"""Two yeses make a connection, in one transaction, once (consent.md 6)."""

from bothways.connections import events
from bothways.connections.actions import endings, sealing
from bothways.connections.models import Connection, Introduction, Meeting
from bothways.connections.rules.consent import Ending, State
from bothways.connections.rules.kinds import pace
from bothways.core import time
from bothways.core.events import record
from bothways.people.actions import budgets
from bothways.people.models import Person

CONNECTED = "connected"


def connect_if_both_yes(introduction: Introduction) -> Connection | None:
    """Connect where both said yes. Runs in the transaction of the second yes, its queue locked."""
    if not sealing.both_yes(introduction):
        return None
    still_open = Introduction.objects.open_at(time.now()).filter(pk=introduction.pk)
    if not still_open.update(state=State.CONNECTED):
        return None
    times = sealing.open_up(introduction)
    for person in (introduction.first, introduction.second):
        budgets.book(person, source_key=introduction.hold)
    if introduction.queue:
        endings.close(introduction.queue, how=CONNECTED, others=Ending.FOUND)
    connection = _connection_of(introduction)
    record(events.ConnectionMade(connection=connection.key))
    for person, starts in times:
        if starts:
            _propose(connection, person=person, starts=starts)
    return connection


def _connection_of(introduction: Introduction) -> Connection:
    alive = Connection.objects.ours(introduction.first).ours(introduction.second).alive().first()
    return alive or Connection.objects.create(
        organisation=introduction.organisation,
        first=introduction.first,
        second=introduction.second,
        kind=introduction.kind,
        note=introduction.note,
        since=time.now(),
        moved_at=time.now(),
    )


def _propose(connection: Connection, *, person: Person, starts: list[str]) -> None:
    meeting = Meeting.objects.create(
        connection=connection, proposed_by=person, times=starts, minutes=pace(connection.kind).minutes
    )
    record(events.TimesProposed(meeting=meeting.key))
