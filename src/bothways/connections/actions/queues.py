"""Queues: an ask goes to its approved people, in order, by a fixed clock (consent.md 7, 10, 13, 17, 25)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from bothways.connections.actions import connecting, endings, introductions, locks
from bothways.connections.models import Introduction, Queue, QueueEntry
from bothways.connections.rules import kinds, plan
from bothways.connections.rules.consent import Ending, State
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.core.transactions import Again, verb
from bothways.people.actions import budgets
from bothways.people.models import Person

A_DAY, MOST_A_DAY = timedelta(days=1), 12  # withdrawn ones too, or one person could write to everybody


class NobodyApproved(Exception):
    """A queue needs at least one person to ask."""


class TooManyOpen(Exception):
    """The author has as many asks open as one may have at once, or has opened too many `today`."""

    def __init__(self, *, today: bool = False) -> None:
        self.today = today


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
    approved = _others_of_the_house(author, approved)
    if not approved:
        raise NobodyApproved
    held = locks.around([(author, [entry.person for entry in approved])])
    author = held.people[author.pk]
    _check_room(author, kind=kind)
    rhythm = kinds.pace(kind)
    queue = _drafted(author, kind, rhythm, note=note, at_once=min(at_once or rhythm.at_once, rhythm.at_once))
    _store(queue, approved)
    if not _meet(queue, [entry.person for entry in approved]):
        _take_turn(queue, held)
    return queue


@verb
def open_in_round(
    author: Person, approved: Sequence[Approved], *, kind: str, note: str, named: str
) -> Queue | None:
    """Begin somebody's part in a round called `named`, with the engine's list for them, in its order.

    None, with nothing made, where they are not here or their month has no room. Both sides are asked: it is
    no yes of theirs, so it meets nothing (rules 7, 25). It does not count among their asks, nor do these
    count here: nobody who sends a round may learn of them.
    """
    approved = _others_of_the_house(author, approved)
    held = locks.around([(author, [entry.person for entry in approved])])
    author = held.people[author.pk]
    if not approved or not introductions.is_here(author):
        return None
    rhythm = kinds.pace(kind, of_round=True)
    queue = _drafted(author, kind, rhythm, note=note, at_once=rhythm.at_once)
    queue.of_round, queue.named = True, named
    month = time.month_of(queue.opened_at, author.organisation.time_zone)
    try:
        budgets.reserve(author, month=month, minutes=rhythm.minutes, source_key=queue.hold)
    except budgets.Full:
        return None
    _store(queue, approved)
    _take_turn(queue, held)
    return queue


def places_left(author: Person, *, kind: str) -> int:
    """How many more queues of this pace the author may open (rule 13)."""
    alike = [other for other, rhythm in kinds.PACES.items() if rhythm is kinds.pace(kind)]
    taken = Queue.objects.asks().open().filter(author=author, kind__in=alike).count()
    return kinds.pace(kind).open_queues - taken


@verb
def withdraw(queue: Queue) -> None:
    """The author no longer needs it: closes, and its introductions end at once (rule 17)."""
    endings.close(locks.queue(queue), how=Ending.WITHDRAWN, others=Ending.WITHDRAWN)


@verb
def fall_back(queue: Queue) -> None:
    """The turn of the next people has come, whatever was answered."""
    held, queue = held_for(queue)
    if queue.state == Queue.State.OPEN and queue.fallback_at and queue.fallback_at <= time.now():
        _take_turn(queue, held)


@verb
def expire(queue: Queue) -> None:
    """The last introduction has ended and nobody is left to ask."""
    queue = locks.queue(queue)
    if queue.fallback_at is None and queue.closes_at <= time.now():
        endings.close(queue, how=Ending.TIME, others=Ending.TIME)


@verb
def approve(entry: QueueEntry) -> None:
    """The author would like us to ask the suggested person too; their turn comes with the clock."""
    held, queue = held_for(entry.queue, entry.person)
    mine = QueueEntry.objects.filter(pk=entry.pk, queue__state=Queue.State.OPEN, approved=False)
    if not mine.update(approved=True) or _meet(queue, [entry.person]):
        return
    if queue.fallback_at is None:
        _take_turn(queue, held)
        return
    promised = _planned(queue, begin=queue.fallback_at, turns=_turns_to_come(queue))
    Queue.objects.filter(pk=queue.pk).update(closes_at=max(queue.closes_at, promised.hear_by))


def held_for(queue: Queue, *others: Person) -> tuple[locks.Held, Queue]:
    """Lock a queue and all that is around its author and whoever is still to be asked."""
    people = [entry.person for entry in waiting(queue)]
    held = locks.around([(queue.author, [*people, *others])], also=[queue.pk])
    if not {entry.person_id for entry in waiting(queue)} <= held.people.keys():
        raise Again
    current = held.queues[queue.pk]
    current.author = held.people[current.author_id]
    return held, current


def ask_instead(queue: Queue, held: locks.Held) -> None:
    """Somebody is gone: ask one more now (rules 15, 26). The promised times stand.

    A round promises its author none, and goes on until what it opens now has had its time.
    """
    if not _ask_next(queue, held, most=1):
        return
    now, closes_at = time.now(), queue.closes_at
    if queue.of_round:
        closes_at = max(closes_at, now + kinds.pace(queue.kind, of_round=True).lasts)
    Queue.objects.filter(pk=queue.pk).update(asked_last_at=now, closes_at=closes_at)


def _others_of_the_house(author: Person, approved: Sequence[Approved]) -> list[Approved]:
    """Each once, in order; nobody beyond the wall, and not the author."""
    once: dict[int, Approved] = {}
    for entry in approved:
        if entry.person.pk != author.pk and entry.person.organisation_id == author.organisation_id:
            once.setdefault(entry.person.pk, entry)
    return list(once.values())


def _check_room(author: Person, *, kind: str) -> None:
    if places_left(author, kind=kind) < 1:
        raise TooManyOpen
    lately = Queue.objects.asks().filter(author=author, opened_at__gt=time.now() - A_DAY)
    if lately.count() >= MOST_A_DAY:
        raise TooManyOpen(today=True)


def _drafted(author: Person, kind: str, rhythm: kinds.Pace, *, note: str, at_once: int) -> Queue:
    now = time.now()
    return Queue(
        organisation=author.organisation,
        author=author,
        kind=kind,
        note=note,
        at_once=at_once,
        opened_at=now,
        asked_last_at=now,
        closes_at=now + rhythm.lasts,
    )


def _store(queue: Queue, approved: Sequence[Approved]) -> None:
    queue.save(force_insert=True)
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


def _meet(queue: Queue, people: Sequence[Person]) -> bool:
    """Rule 25: an ask that holds somebody who is being introduced to its author is a yes to them."""
    mine = (
        Introduction.objects.open_at(time.now()).with_person(queue.author).select_related("first", "second")
    )
    order = {person.pk: place for place, person in enumerate(people)}
    met = [introduction for introduction in mine if introduction.other(queue.author).pk in order]
    for introduction in sorted(met, key=lambda each: order[each.other(queue.author).pk]):
        if connecting.connect_if_both_yes(locks.introduction(introduction), last=queue.author):
            return True
    return False


def _take_turn(queue: Queue, held: locks.Held) -> None:
    """Ask the next people, and fix when the turn after theirs comes."""
    if _ask_next(queue, held, most=queue.at_once):
        queue.turns, queue.asked_last_at = queue.turns + 1, time.now()
        planned = _planned(queue, begin=time.now(), turns=1 + _turns_to_come(queue))
        queue.fallback_at, queue.closes_at = planned.next_at, max(queue.closes_at, planned.hear_by)
        queue.save(update_fields=["turns", "asked_last_at", "fallback_at", "closes_at"])


def _ask_next(queue: Queue, held: locks.Held, *, most: int) -> bool:
    """Ask the next approved and available people; says whether the queue goes on.

    Who has no room has had their turn, but in a round, where they may be asked at a later one (rule 10).
    """
    left, asked = waiting(queue), 0
    while left and asked < most:
        entry = left.pop(0)
        opened = introductions.open_from(queue, entry, asked=held.people[entry.person_id])
        if opened or not queue.of_round:
            QueueEntry.objects.filter(pk=entry.pk).update(tried_at=time.now())
        if opened and opened.state == State.CONNECTED:
            return False
        asked += bool(opened)
    return True


def waiting(queue: Queue) -> list[QueueEntry]:
    return _waiting(queue.pk)


@prepared
def _waiting(queue: Any) -> QuerySet[QueueEntry]:
    untried = QueueEntry.objects.filter(queue=queue, tried_at=None, approved=True)
    return untried.order_by("position").select_related("person")


def _turns_to_come(queue: Queue) -> int:
    """By the list's length alone: that it is used up sooner, where some had no room, is silent (rule 14).

    In a round those without room wait for a later turn, but there are no more turns than people on the list.
    """
    by_list = plan.turns(queue.entries.filter(approved=True).count(), queue.at_once) - queue.turns
    if queue.of_round:
        return by_list
    return max(by_list, plan.turns(len(waiting(queue)), queue.at_once))


def _planned(queue: Queue, *, begin: datetime, turns: int) -> plan.Plan:
    zone = queue.organisation.time_zone
    return plan.plan(queue.kind, turns, begin=begin, zone=zone, of_round=queue.of_round)
