"""What an asked person does with an introduction: yes, not now, tell me more, hand on."""

from collections.abc import Sequence

from bothways.connections import events
from bothways.connections.actions import connecting, endings, locks, queues, sealing
from bothways.connections.models import Connection, Introduction, MoreAsked, QueueEntry
from bothways.connections.rules import consent
from bothways.connections.rules.consent import Answer, Ending
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person


class Over(Exception):
    """The introduction is no longer open; everybody reads the same text about it."""


@verb
def accept(introduction: Introduction, *, by: Person, times: Sequence[str] = ()) -> Connection | None:
    """Say yes, with times that suit. Connects, and returns the connection, where the other said yes."""
    introduction = _still_open(introduction)
    sealing.put(introduction, by=by, answer=Answer.YES, times=list(times))
    return connecting.connect_if_both_yes(introduction)


@verb
def not_now(introduction: Introduction, *, by: Person) -> None:
    """Changes the sealed answer and nothing else (rule 4)."""
    sealing.put(_still_open(introduction), by=by, answer=Answer.NOT_NOW, times=[])


@verb
def tell_me_more(introduction: Introduction, *, by: Person, question: str) -> MoreAsked:
    """Ask the other for more, once while open; moves no timer (rule 11)."""
    introduction = _still_open(introduction)
    asked, first_time = MoreAsked.objects.get_or_create(
        introduction=introduction, by=by, defaults={"question": question, "asked_at": time.now()}
    )
    if first_time:
        record(events.MoreAsked(introduction=introduction.key, by=by.key))
    return asked


@verb
def hand_on(introduction: Introduction, *, by: Person, to: Person | None = None) -> None:
    """End it for oneself, perhaps with a name; that name is asked once the author approves (rule 26)."""
    introduction = _still_open(introduction)
    endings.end(Introduction.objects.filter(pk=introduction.pk), how=Ending.HANDED_ON)
    queue = introduction.queue
    if queue is None:
        return
    if to is not None:
        last = queue.entries.count()
        QueueEntry.objects.get_or_create(
            queue=queue, person=to, defaults={"position": last + 1, "approved": False}
        )
    queues.ask_next(locks.queue(queue), most=1)


def _still_open(introduction: Introduction) -> Introduction:
    current = locks.introduction(introduction)
    if not consent.is_open(current.state, current.ends_at, time.now()):
        raise Over
    return current
