"""Two yeses make a connection, in one transaction, once (consent.md 6, 25)."""

from datetime import datetime

from django.db.models import Q

from bothways.connections import events
from bothways.connections.actions import endings, meetings, sealing
from bothways.connections.models import Connection, Introduction, Queue
from bothways.connections.rules import consent
from bothways.connections.rules.consent import Ending, State
from bothways.connections.rules.scheduling import FURTHEST, MOST_TIMES
from bothways.core import time
from bothways.core.events import record
from bothways.people.actions import budgets
from bothways.people.models import Person

CONNECTED = "connected"


def connect_if_both_yes(introduction: Introduction, *, last: Person) -> Connection | None:
    """Connect where two yeses stand, `last` said theirs just now. Lock all that is around it first.

    Closes every queue in which one of the two has the other on the list, an ask or a part in a round; what
    else is open in these ends. Somebody who has left connects no more, though what was open with them may
    not have ended yet.
    """
    here = all(person.state == Person.State.ACTIVE for person in (introduction.first, introduction.second))
    if not here or not introduction.delivered or not sealing.both_yes(introduction):
        return None
    still_open = Introduction.objects.open_at(time.now()).filter(
        Q(queue=None) | Q(queue__state=Queue.State.OPEN), pk=introduction.pk
    )
    if not still_open.update(state=State.CONNECTED, reminds_at=None):
        return None
    introduction.state = State.CONNECTED
    times = sealing.open_up(introduction)
    _book(introduction)
    found = Queue.objects.holding(introduction.first, [introduction.second])
    closed = list(found.order_by("opened_at", "key"))
    for queue in closed:
        endings.close(queue, how=CONNECTED, others=Ending.FOUND)
    connection = Connection.objects.create(
        organisation=introduction.organisation,
        first=introduction.first,
        second=introduction.second,
        kind=introduction.kind,
        note=introduction.note,
        since=time.now(),
        moved_at=time.now(),
    )
    Queue.objects.filter(pk__in=[queue.pk for queue in closed]).update(connection=connection)
    record(events.ConnectionMade(connection=connection.key))
    _propose(connection, introduction.other(last), last, times)
    return connection


def _book(introduction: Introduction) -> None:
    """What was held for the two is promised: under the introduction, whoever's part in a round held it."""
    if introduction.queue and introduction.of_round:
        part = introduction.queue.hold
        budgets.book(introduction.first, source_key=part, filed_under=introduction.hold)
    for person in (introduction.first, introduction.second):
        budgets.book(person, source_key=introduction.hold)


def _propose(connection: Connection, one: Person, last: Person, times: dict[int, list[datetime]]) -> None:
    by_person = [(person.pk, times[person.pk]) for person in (one, last)]
    now = time.now()
    whose, starts = consent.starts_to_offer(by_person, after=now, until=now + FURTHEST)
    if starts:
        meetings.propose(connection, starts[:MOST_TIMES], by=last if whose == last.pk else one)
