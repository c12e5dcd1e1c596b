"""Ending introductions and closing queues. Why is public state, never an answer."""

from django.db.models import QuerySet

from bothways.connections import events
from bothways.connections.actions import sealing
from bothways.connections.models import Introduction, Queue
from bothways.connections.rules.consent import Ending, State
from bothways.core import time
from bothways.core.events import record
from bothways.people.actions import budgets
from bothways.people.models import Person


def end(introductions: QuerySet[Introduction], *, how: Ending, by: Person | None = None) -> None:
    """End those that are still open: state, hold and both answers at once. `by` handed it on."""
    now, ended = time.now(), []
    for introduction in introductions.filter(state=State.OPEN).order_by("ends_at", "key"):
        introduction.ended_how = how if introduction.ends_at > now else Ending.TIME
        mine = Introduction.objects.filter(pk=introduction.pk, state=State.OPEN)
        if mine.update(state=State.ENDED, ended_how=introduction.ended_how, reminds_at=None, handed_on_by=by):
            ended.append(introduction)
            budgets.release(source_key=introduction.hold)
    sealing.forget(ended)
    for introduction in ended:
        if introduction.delivered:
            record(events.IntroductionEnded(introduction=introduction.key, how=introduction.ended_how))


def close(queue: Queue, *, how: str, others: Ending) -> bool:
    """Close an open queue and end whatever is open in it; says whether it was open. Lock it first."""
    closed = Queue.objects.open().filter(pk=queue.pk)
    if not closed.update(state=Queue.State.CLOSED, closed_at=time.now(), closed_how=how, fallback_at=None):
        return False
    end(Introduction.objects.filter(queue=queue), how=others)
    if queue.of_round:
        budgets.release(source_key=queue.hold)
    record(events.QueueClosed(queue=queue.key, how=how))
    return True
