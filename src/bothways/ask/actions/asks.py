"""Asks: press, keep open, withdraw, put away; and looking again for those kept open."""

from collections.abc import Sequence
from datetime import timedelta

from bothways.ask import events
from bothways.ask.matchmaking import suggesting
from bothways.ask.models import Ask
from bothways.ask.models.ask import AskQuerySet
from bothways.ask.sources import Inquiry
from bothways.connections.actions import queues
from bothways.connections.actions.queues import Approved
from bothways.connections.models import Queue
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

A_MOMENT = timedelta(minutes=1)
MOST_KEPT_OPEN = 10  # by one person: each is looked for anew every day
MOST_KNOWN = 200  # people; who was seen longest ago may be told of again


class TooManyKeptOpen(Exception):
    """Its author keeps as many asks open as one may."""


class _AskedTwice(Exception):
    """The same was asked a moment ago; what this press began is undone."""


def ask(
    inquiry: Inquiry,
    people: Sequence[Person],
    *,
    kind: str,
    note: str,
    one_at_a_time: bool = False,
    tell_topic: bool = False,
) -> Ask:
    """Ask these people quietly, in this order. Raises what `queues.open` raises; else always the same.

    Pressing twice is pressing once. Nothing that follows from the sentence goes with it, unless `tell_topic`:
    the asked person's own topic. Reasons are looked for before anything is locked.
    """
    back = suggesting.reasons_back(inquiry.person, people)
    if tell_topic:
        back |= suggesting.topics_told(inquiry, people)
    approved = [Approved(person, reason_back=back[person.pk]) for person in people]
    try:
        return _ask(inquiry, approved, kind=kind, note=note, at_once=1 if one_at_a_time else None)
    except (_AskedTwice, queues.TooManyOpen):
        if first := _just_asked(inquiry, approved, note):
            return first
        raise


@verb
def _ask(inquiry: Inquiry, approved: list[Approved], *, kind: str, note: str, at_once: int | None) -> Ask:
    queue = queues.open(inquiry.person, approved, kind=kind, note=note, at_once=at_once)
    if _just_asked(inquiry, approved, note):
        raise _AskedTwice
    return _store(inquiry, queue=queue, known=[each.person.key for each in approved])


def _just_asked(inquiry: Inquiry, approved: list[Approved], note: str) -> Ask | None:
    """The ask of the same people in the same words that its author pressed a moment ago."""
    lately = Ask.objects.mine(inquiry.person).filter(asked_at__gt=time.now() - A_MOMENT, queue__note=note)
    same = (inquiry.sentence, list(inquiry.topics), [each.person.key for each in approved])
    asked = (each for each in lately if (each.sentence, each.topics, each.known) == same)
    return next((each for each in asked if each.is_running), None)


def keep_open(inquiry: Inquiry) -> Ask:
    """Nobody yet: tell the author when somebody turns up. Raises `TooManyKeptOpen`.

    People are looked for before anything is locked.
    """
    here = Person.objects.in_organisation(inquiry.person)
    struck = here.filter(key__in=inquiry.struck).order_by("key").values_list("key", flat=True)
    return _keep_open(inquiry, [*struck, *_seen(inquiry)])


@verb
def _keep_open(inquiry: Inquiry, known: list[str]) -> Ask:
    _check_room(inquiry.person, Ask.objects.all())
    return _store(inquiry, queue=None, known=known, kept_open=True)


def _check_room(author: Person, others: AskQuerySet) -> None:
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=author.pk)
    if others.filter(author=author, kept_open=True).count() >= MOST_KEPT_OPEN:
        raise TooManyKeptOpen


def _seen(inquiry: Inquiry) -> list[str]:
    return [each.person.key for each in suggesting.people_for(inquiry)]


def _latest(known: list[str]) -> list[str]:
    """Each once, and no more than a list that never grows for ever."""
    return list(dict.fromkeys(known))[-MOST_KNOWN:]


def _store(inquiry: Inquiry, *, queue: Queue | None, known: list[str], kept_open: bool = False) -> Ask:
    return Ask.objects.create(
        author=inquiry.person,
        sentence=inquiry.sentence,
        topics=list(inquiry.topics),
        queue=queue,
        known=_latest(known),
        kept_open=kept_open,
    )


@verb
def withdraw(given: Ask) -> None:
    """No longer needed: nobody else is asked, and who was asked reads so (consent.md 17)."""
    if given.queue:
        queues.withdraw(given.queue)
    _put_away(given)


@verb
def put_away(given: Ask) -> None:
    """Nobody need turn up any more. What is running goes on until its time."""
    _put_away(given)


def _put_away(given: Ask) -> None:
    Ask.objects.filter(pk=given.pk).update(kept_open=False, closed_at=time.now())


def keep(given: Ask) -> None:
    """An ask that found nobody stays open; whoever turns up is told of. Raises `TooManyKeptOpen`."""
    _keep(given, _seen(_inquiry(given)))


@verb
def _keep(given: Ask, seen: list[str]) -> None:
    _check_room(given.author, Ask.objects.exclude(pk=given.pk))
    known = _latest([*given.known, *seen])
    Ask.objects.filter(pk=given.pk).update(
        kept_open=True, known=known, looked_at=time.now(), turned_up_at=None, closed_at=None
    )


def look_again(given: Ask) -> bool:
    """Whether somebody has turned up whom its author has not seen; tells the author once."""
    there = Ask.objects.filter(pk=given.pk, kept_open=True).select_related("author__organisation", "queue")
    found = there.first()
    if found is None:
        return False
    return _looked_again(found, _seen(_inquiry(found)) if _waits(found) else [])


@verb
def _looked_again(given: Ask, seen: list[str]) -> bool:
    current = Ask.objects.select_for_update(of=("self",), no_key=True).select_related("author", "queue")
    found = current.filter(pk=given.pk, kept_open=True).first()
    if found is None:
        return False
    new = set(seen) - set(found.known) if _waits(found) else set()
    changes = {"turned_up_at": time.now(), "known": _latest([*found.known, *sorted(new)])} if new else {}
    Ask.objects.filter(pk=found.pk).update(looked_at=time.now(), **changes)
    if new:
        record(events.SomebodyTurnedUp(ask=found.key))
    return bool(new)


def _waits(kept: Ask) -> bool:
    return not kept.is_running and kept.author.state == Person.State.ACTIVE


def _inquiry(given: Ask) -> Inquiry:
    return Inquiry(person=given.author, sentence=given.sentence, topics=tuple(given.topics))


@verb
def nobody_yet(queue: Queue) -> None:
    """The time of an ask is over, and nobody was found: say so."""
    ended = Ask.objects.filter(queue=queue).first()
    if ended and not ended.closed_at:
        record(events.NobodyYet(ask=ended.key))
