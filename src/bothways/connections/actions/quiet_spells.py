"""After 45 days without a meeting both are asked quietly: rest, meet, or end?

Rest and meet change nothing until a time fixed when it was asked. Then, if no meeting came about, it rests,
whether somebody said so or nobody said anything: a wish to rest looks exactly like having been busy.
"""

from bothways.connections import events
from bothways.connections.actions import connections, dues, locks, quiet, wakings
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.models import Connection, Due, Meeting
from bothways.connections.rules import lifetimes
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

END = "end"
ANSWERS = (quiet.Answer.REST, quiet.Answer.MEET)


def ask(connection: Connection, about: str = "") -> None:
    """The fixed time has come: ask both, unless it rests or they are about to meet."""
    if connection.state not in (Connection.State.ACQUAINTED, Connection.State.AGREED):
        return
    if planned(connection):
        dues.appoint(connection, Due.What.QUIET, at=time.now() + lifetimes.QUIET_AFTER)
        return
    quiet.ask(connection, quiet.Question.QUIET)
    dues.appoint(connection, Due.What.QUIET_OVER, at=time.now() + lifetimes.QUIET_LASTS)
    record(events.QuietAsked(connection=connection.key))


@verb
def answer(connection: Connection, said: str, *, by: Person) -> None:
    """Rest and meet stay with whoever said it; end ends the connection."""
    connection = locks.alive(connection)
    if not quiet.is_asked(connection, quiet.Question.QUIET):
        raise NoLongerThere
    if said == END:
        connections.end(connection)
        return
    quiet.put(connection, quiet.Question.QUIET, by=by, answer=quiet.Answer(said))


def close(connection: Connection, about: str = "") -> None:
    """The question's time is over: meet if both would, stay awake if they planned to, else rest."""
    if not quiet.is_asked(connection, quiet.Question.QUIET):
        return
    both = quiet.both_said(connection, quiet.Question.QUIET, quiet.Answer.MEET)
    quiet.forget(connection, [quiet.Question.QUIET])
    if not both and not planned(connection):
        wakings.fall_asleep(connection)
        return
    dues.appoint(connection, Due.What.QUIET, at=time.now() + lifetimes.QUIET_AFTER)
    if both and not planned(connection):
        record(events.BothWouldMeet(connection=connection.key))


def planned(connection: Connection) -> bool:
    """Whether times are offered or one is picked, and not all of them have gone by."""
    now = time.now()
    return any(
        meeting.state == Meeting.State.PICKED or meeting.starts(now)
        for meeting in connection.meetings.to_come()
    )
