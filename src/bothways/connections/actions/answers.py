"""What an asked person does with an introduction: yes, not now, tell me more, hand on."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bothways.connections import events
from bothways.connections.actions import connecting, endings, locks, queues, sealing
from bothways.connections.models import Connection, Introduction, MoreAsked, Queue, QueueEntry
from bothways.connections.rules.consent import Answer, Ending
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person


class Over(Exception):
    """The introduction is no longer open; everybody reads the same text about it."""


class NotAsked(Exception):
    """Only who was asked answers; an asker withdraws the ask instead (rule 5)."""


@verb
def accept(introduction: Introduction, *, by: Person, times: Sequence[datetime] = ()) -> Connection | None:
    """Say yes, with times that suit. Connects, and returns the connection, where the other said yes."""
    introduction = _still_open(introduction, by=by)
    suits = [start.astimezone(UTC).isoformat() for start in times]
    sealing.put(introduction, by=by, answer=Answer.YES, times=suits)
    return connecting.connect_if_both_yes(introduction, last=by)


@verb
def not_now(introduction: Introduction, *, by: Person) -> None:
    """Changes the sealed answer and nothing else (rule 4)."""
    introduction = _still_open(introduction, by=by)
    sealing.put(introduction, by=by, answer=Answer.NOT_NOW, times=[])


@verb
def tell_me_more(introduction: Introduction, *, by: Person, question: str) -> MoreAsked:
    """Ask the other for more, once while open; moves no timer (rule 11)."""
    introduction = _still_open(introduction, by=by)
    asked, first_time = MoreAsked.objects.get_or_create(
        introduction=introduction, by=by, defaults={"question": question, "asked_at": time.now()}
    )
    if first_time:
        record(events.MoreAsked(introduction=introduction.key, by=by.key))
    return asked


@verb
def reply(asked: MoreAsked, *, by: Person, text: str) -> None:
    """The other one's reply, while open; a later one replaces it."""
    introduction = _lock(asked.introduction)
    if not introduction.is_open(time.now()):
        raise Over
    if by.pk == asked.by_id or by.pk not in (introduction.first_id, introduction.second_id):
        raise NotAsked
    MoreAsked.objects.filter(pk=asked.pk).update(reply=text, replied_at=time.now())
    record(events.MoreReplied(introduction=introduction.key, by=by.key))


@verb
def hand_on(introduction: Introduction, *, by: Person, to: Person | None = None) -> None:
    """End it for oneself, perhaps with a name; that name is asked once the author approves (rule 26).

    In a round no name: its list is the engine's.
    """
    to = None if introduction.of_round else to
    this = Introduction.objects.filter(pk=introduction.pk)
    if introduction.queue is None:
        _still_open(introduction, by=by)
        endings.end(this, how=Ending.HANDED_ON, by=by)
        return
    held, queue = queues.held_for(introduction.queue, by, *([to] if to else []))
    _open_for(locks.introduction(introduction), by=by)
    endings.end(this, how=Ending.HANDED_ON, by=by)
    if to:
        _suggest(queue, to, by=by)
    queues.ask_instead(queue, held)


def _suggest(queue: Queue, person: Person, *, by: Person) -> None:
    """Put a name at the end of the list, for its author to approve, unless it is there already."""
    if person.pk == queue.author_id or person.organisation_id != queue.organisation_id:
        return
    QueueEntry.objects.get_or_create(
        queue=queue,
        person=person,
        defaults={"position": queue.entries.count() + 1, "approved": False, "suggested_by": by},
    )


def _still_open(introduction: Introduction, *, by: Person) -> Introduction:
    return _open_for(_lock(introduction), by=by)


def _open_for(introduction: Introduction, *, by: Person) -> Introduction:
    if by.pk not in {person.pk for person in introduction.asked()}:
        raise NotAsked
    if not introduction.is_open(time.now()):
        raise Over
    return introduction


def _lock(introduction: Introduction) -> Introduction:
    locks.around([(introduction.first, [introduction.second])], also=[introduction.queue_id])
    return locks.introduction(introduction)
