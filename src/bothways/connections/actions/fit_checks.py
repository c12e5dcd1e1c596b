"""Two weeks in, each is asked in private how it is. A wish to stop ends it at once and blames nobody."""

from bothways.connections import events
from bothways.connections.actions import connections, dues, locks, quiet
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.models import Connection, Due
from bothways.connections.rules import lifetimes
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

STOP = "stop"
ANSWERS = (quiet.Answer.GOOD, quiet.Answer.NOT_SURE)


def ask(connection: Connection, about: str = "") -> None:
    """The fixed time has come: ask both, unless it rests or has ended."""
    if connection.state in (Connection.State.ACQUAINTED, Connection.State.AGREED):
        quiet.ask(connection, quiet.Question.FIT)
        dues.appoint(connection, Due.What.FIT_OVER, at=time.now() + lifetimes.FIT_LASTS)
        record(events.FitAsked(connection=connection.key))


def close(connection: Connection, about: str = "") -> None:
    """The question's time is over: what was answered goes, and so does the question."""
    quiet.forget(connection, [quiet.Question.FIT])
    record(events.FitOver(connection=connection.key))


@verb
def answer(connection: Connection, said: str, *, by: Person) -> None:
    """Good and not sure stay with whoever said it; stop ends the connection."""
    connection = locks.alive(connection)
    if not quiet.is_asked(connection, quiet.Question.FIT):
        raise NoLongerThere
    if said == STOP:
        connections.end(connection)
        return
    quiet.put(connection, quiet.Question.FIT, by=by, answer=quiet.Answer(said))
