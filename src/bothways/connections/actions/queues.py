"""Queues: an ask goes to its approved people, in order, by a fixed clock (consent.md 7, 10, 13, 17, 25)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bothways.connections.actions import connecting, endings, introductions, locks, sealing
from bothways.connections.models import Introduction, Queue, QueueEntry
from bothways.connections.rules import consent, kinds
from bothways.connections.rules.consent import Answer, Ending
from bothways.core import time
from bothways.core.transactions import verb
from bothways.people.models import Person


class NobodyApproved(Exception):
    """A queue needs at least one person to ask."""


class TooManyOpen(Exception):
    """The author has as many asks open as one may have at once."""


@dataclass(frozen=True)
class Approved:
    """Somebody the author would like us to ask, and why: for the author, and for that person."""

    person: Person
    reason: dict[str, str] = field(default_factory=dict)
    reason_back: dict[str, str] = field(default_factory=dict)


@verb
def open(
    author: Person, approved: Sequence[Approved], *, kind: str, note: str, at_once: int | None = None
) -> Queue:
    """Start asking. Raises `NobodyApproved` or `TooManyOpen`; otherwise always answers the same."""
    if not approved:
        raise NobodyApproved
    met = _open_between(author, approved)
    for other in Queue.objects.filter(introductions__in=met).order_by("pk"):
        locks.queue(other)
    present = locks.people([author, *(entry.person for entry in approved)])
    queue = _draft(present[author.pk], approved, kind=kind, note=note, at_once=at_once)
    if not _meet(queue, _open_between(author, approved)):
        ask_next(queue)
    return queue


def places_left(author: Person, *, kind: str) -> int:
    """How many more queues of this pace the author may open (rule 13)."""
    alike = [other for other, rhythm in kinds.PACES.items() if rhythm is kinds.pace(kind)]
    taken = Queue.objects.open().filter(author=author, kind__in=alike).count()
    return kinds.pace(kind).open_queues - taken


def _draft(
    author: Person, approved: Sequence[Approved], *, kind: str, note: str, at_once: int | None
) -> Queue:
    if places_left(author, kind=kind) < 1:
        raise TooManyOpen
    now, rhythm = time.now(), kinds.pace(kind)
    queue = Queue.objects.create(
        organisation=author.organisation,
        author=author,
        kind=kind,
        note=note,
        at_once=at_once or rhythm.at_once,
        opened_at=now,
        closes_at=now + rhythm.lasts,
    )
    QueueEntry.objects.bulk_create(
        QueueEntry(
            queue=queue,
            person=entry.person,
            position=place,
            reason=entry.reason,
            reason_back=entry.reason_back,
        )
        for place, entry in enumerate(approved, start=1)
    )
    return queue


def _open_between(author: Person, approved: Sequence[Approved]) -> list[Introduction]:
    order = {entry.person.pk: place for place, entry in enumerate(approved)}
    mine = (
        Introduction.objects.open_at(time.now())
        .with_person(author)
        .select_related("queue", "first", "second")
    )
    among = [introduction for introduction in mine if introduction.other(author).pk in order]
    among = [introduction for introduction in among if not _asked_by(author, introduction)]
    return sorted(among, key=lambda introduction: order[introduction.other(author).pk])


def _asked_by(author: Person, introduction: Introduction) -> bool:
    return introduction.queue is not None and introduction.first_id == author.pk


def _meet(queue: Queue, among: list[Introduction]) -> bool:
    """Rule 25: an ask that holds somebody who already asks its author is a yes to them."""
    for introduction in among:
        sealing.put(introduction, by=queue.author, answer=Answer.YES, times=[])
        if connecting.connect_if_both_yes(introduction):
            endings.close(queue, how=connecting.CONNECTED, others=Ending.FOUND)
            return True
    return False


def ask_next(queue: Queue, *, most: int | None = None) -> None:
    """Ask the next approved and available people, and fix when the next ones' turn comes."""
    now = time.now()
    waiting = list(
        queue.entries.filter(tried_at=None, approved=True).order_by("position").select_related("person")
    )
    present = locks.people([queue.author, *(entry.person for entry in waiting)])
    queue.author = present[queue.author_id]
    asked = 0
    while waiting and asked < (most or queue.at_once):
        entry = waiting.pop(0)
        QueueEntry.objects.filter(pk=entry.pk).update(tried_at=now)
        if introductions.open_from(queue, entry, asked=present[entry.person_id]):
            asked += 1
    _set_clock(queue, more=bool(waiting))


def _set_clock(queue: Queue, *, more: bool) -> None:
    ends = list(Introduction.objects.filter(queue=queue).values_list("ends_at", flat=True))
    queue.fallback_at = kinds.fallback_after(queue.kind, time.now()) if more else None
    queue.closes_at = consent.closes_at(queue.opened_at, kinds.pace(queue.kind).lasts, ends)
    queue.save(update_fields=["fallback_at", "closes_at"])


@verb
def withdraw(queue: Queue) -> None:
    """The author no longer needs it: closes, and its introductions end at once (rule 17)."""
    endings.close(locks.queue(queue), how=Ending.WITHDRAWN, others=Ending.WITHDRAWN)


@verb
def fall_back(queue: Queue) -> None:
    """The turn of the next people has come, whatever was answered."""
    queue = locks.queue(queue)
    if queue.state == Queue.State.OPEN and queue.fallback_at and queue.fallback_at <= time.now():
        ask_next(queue)


@verb
def expire(queue: Queue) -> None:
    """The last introduction has ended and nobody is left to ask."""
    queue = locks.queue(queue)
    if queue.fallback_at is None and queue.closes_at <= time.now():
        endings.close(queue, how=Ending.TIME, others=Ending.TIME)


@verb
def approve(entry: QueueEntry) -> None:
    """The author would like us to ask the suggested person too; their turn comes with the clock."""
    queue = locks.queue(entry.queue)
    if queue.state != Queue.State.OPEN:
        return
    QueueEntry.objects.filter(pk=entry.pk).update(approved=True)
    if queue.fallback_at is None:
        ask_next(queue)
