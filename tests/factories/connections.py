"""Connected people, and what they do, for tests. Keywords override."""

from datetime import datetime, timedelta
from typing import Any

from bothways.connections.actions import agreements, connections, life, meetings, queues
from bothways.connections.actions import answers as introduction_answers
from bothways.connections.models import Agreement, Connection, Introduction, Meeting
from bothways.core import events, time
from bothways.people.models import Person


def connected(first: Person, second: Person, **fields: Any) -> Connection:
    """Two people who are connected from now on; `first` asked `second`."""
    made = Connection.objects.create(
        organisation=first.organisation,
        first=first,
        second=second,
        **({"kind": "conversation", "note": "How do you prepare a talk?"} | fields),
    )
    connections.begin(made)
    return made


def connected_by_asking(first: Person, second: Person) -> Connection:
    """The same through an ask and a yes, with what an introduction books."""
    queues.open(first, [queues.Approved(second)], kind="conversation", note="A word about talks?")
    made = introduction_answers.accept(Introduction.objects.get(first=first, second=second), by=second)
    assert made
    worked_off()
    return made


def in_days(days: float) -> datetime:
    return time.now() + timedelta(days=days)


def planned(connection: Connection, *, at: datetime | None = None, by: Person | None = None) -> Meeting:
    """A picked meeting, three days from now unless said otherwise."""
    by = by or connection.first
    start = at or in_days(3)
    proposed = meetings.propose(connection, [start], by=by)
    return meetings.pick(proposed, start, by=connection.other(by))


def held(connection: Connection, clock: time.Clock, *, by: Person | None = None) -> Meeting:
    """A meeting that has taken place; the clock stands at its end."""
    meeting = planned(connection, by=by)
    assert meeting.ends_at
    clock.move_to(meeting.ends_at)
    life.advance()
    meeting.refresh_from_db()
    return meeting


def words(**fields: Any) -> agreements.Words:
    return agreements.Words(
        **{
            "brings": "Ten years of talks",
            "hopes": "To see the work with fresh eyes",
            "cadence": "Every two weeks",
            "confidentiality": "Between us",
            "boundaries": "No reports",
            "months": 6,
            **fields,
        }
    )


def agreed(connection: Connection, **fields: Any) -> Agreement:
    """An agreement signed by both."""
    connection.refresh_from_db()
    latest = connection.agreements.order_by("-version").first()
    upon = latest.version if latest else 0
    written = agreements.write(connection, words(**fields), by=connection.first, upon=upon)
    return agreements.sign(written, by=connection.second)


def worked_off() -> None:
    """Deliver what was recorded and do what is due."""
    events.deliver()
    life.advance()
    events.deliver()
