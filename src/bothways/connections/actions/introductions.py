"""Opening introductions: from a queue, or by a colleague. Everything here reads public state only."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from bothways.connections import events
from bothways.connections.actions import connecting, endings, locks, sealing
from bothways.connections.actions.refusals import Refusal
from bothways.connections.models import Connection, Introduction, PassedOn, Queue, QueueEntry
from bothways.connections.rules import consent
from bothways.connections.rules.consent import Ending, State
from bothways.connections.rules.kinds import Kind, Pace, pace
from bothways.core import time
from bothways.core.events import record
from bothways.core.prepared import prepared
from bothways.core.transactions import verb
from bothways.people.actions import budgets
from bothways.people.models import NotWanted, Person


class NotTwoOthers(Exception):
    """One introduces two people of one's own organisation to each other, not oneself."""


class TooManyPassedOn(Refusal):
    """The introducer has as many introductions under way as one may have at once."""


@verb
def introduce(first: Person, second: Person, *, by: Person, why: str, asked_for: bool = False) -> PassedOn:
    """Introduce two colleagues. The answer is always "passed on" (consent.md 19).

    `asked_for`: one of the two asked the introducer for help, who need not count then.
    """
    wall = {person.organisation_id for person in (first, second, by)}
    if len({first.pk, second.pk, by.pk}) < 3 or len(wall) > 1:
        raise NotTwoOthers
    present = locks.around([(first, [second]), (by, [])]).people
    first, second = present[first.pk], present[second.pk]
    if not asked_for and introduces_again_at(by):
        raise TooManyPassedOn
    drafted = Introduction(
        organisation=first.organisation,
        introducer=by,
        first=first,
        second=second,
        kind=Kind.CONVERSATION,
        note=why,
    )
    made = None if recently_introduced(first, second) else open_now(drafted)
    return PassedOn.objects.create(
        introducer=by, first=first, second=second, why=why, passed_at=time.now(), introduction=made
    )


def introduces_again_at(person: Person) -> datetime | None:
    """When this person's next introduction fits; None where it does now.

    Counts what they passed on, for as long as an introduction lasts at most: whether anything came of it,
    and when, would tell them of an answer.
    """
    lasts = pace(Kind.CONVERSATION).lasts
    lately = PassedOn.objects.filter(introducer=person, passed_at__gt=time.now() - lasts)
    passed = lately.order_by("-passed_at").values_list("passed_at", flat=True)[: consent.INTRODUCED_AT_ONCE]
    return min(passed) + lasts if len(passed) == consent.INTRODUCED_AT_ONCE else None


@verb
def tell(passed: PassedOn, *, by: Person, yes: bool) -> None:
    """Let the introducer know that the two met, or not after all; they read it once both say so."""
    side = "first_tells" if by.pk == passed.first_id else "second_tells"
    connected = PassedOn.objects.filter(pk=passed.pk, introduction__state=State.CONNECTED)
    connected.update(**{side: yes})


def recently_introduced(first: Person, second: Person) -> bool:
    """Rule 16, for others than the author of an ask: 180 days from `opens_at`, whatever happened."""
    between = Introduction.objects.between(first, second)
    return between.filter(opens_at__gt=time.now() - consent.APART).exists()


def open_from(queue: Queue, entry: QueueEntry, *, asked: Person) -> Introduction | None:
    """Ask the next person of a queue; None where they have no room. Lock all that is around them first."""
    return open_now(
        Introduction(
            organisation=queue.organisation,
            queue=queue,
            both_asked=queue.of_round,
            first=queue.author,
            second=asked,
            kind=queue.kind,
            note=queue.note,
            reason_first=entry.reason,
            reason_second=entry.reason_back,
        )
    )


def open_now(drafted: Introduction) -> Introduction | None:
    """Open it and hold its places and minutes; None, with nothing changed, where that cannot be."""
    now = time.now()
    overdue = Introduction.objects.due(now).between(drafted.first, drafted.second)
    endings.end(overdue, how=Ending.TIME)
    if not _may_open(drafted) or not _hold_minutes(drafted):
        return None
    rhythm = _pace(drafted)
    drafted.opens_at, drafted.ends_at = now, now + rhythm.lasts
    drafted.reminds_at = now + rhythm.reminds_after
    pair = [drafted.first, drafted.second]
    drafted.delivered = not NotWanted.objects.filter(person__in=pair, other__in=pair).exists()
    drafted.save(force_insert=True)
    sealing.seal(drafted)
    if connecting.connect_if_both_yes(drafted, last=drafted.first) is None and drafted.delivered:
        record(events.IntroductionOpened(introduction=drafted.key))
    return drafted


def places_taken(person: Person) -> int:
    """What holds one of this person's places: open introductions, and their parts in rounds (rule 13)."""
    return len(_holding_a_place(person.pk, time.now())) + len(_parts_in_rounds(person.pk))


@prepared
def _holding_a_place(person: Any, now: Any) -> QuerySet[Introduction, int]:
    as_asked = Q(second=person) | Q(first=person, queue=None)
    return Introduction.objects.open_at(now).filter(as_asked).values_list("pk", flat=True)


@prepared
def _parts_in_rounds(person: Any) -> QuerySet[Queue, int]:
    return Queue.objects.open().filter(author=person, of_round=True).values_list("pk", flat=True)


def _pace(drafted: Introduction) -> Pace:
    return pace(drafted.kind, of_round=drafted.of_round)


def is_here(person: Person) -> bool:
    return person.state == Person.State.ACTIVE and not person.is_away(time.today(person.time_zone))


def _may_open(drafted: Introduction) -> bool:
    """Both are here and have a place; the two are neither connected nor being introduced."""
    if not (is_here(drafted.first) and is_here(drafted.second)):
        return False
    for person in drafted.holders():
        if places_taken(person) >= _pace(drafted).open_introductions:
            return False
    if Connection.objects.ours(drafted.first).ours(drafted.second).alive().exists():
        return False
    return not Introduction.objects.between(drafted.first, drafted.second).filter(state=State.OPEN).exists()


def _hold_minutes(drafted: Introduction) -> bool:
    """In the month of now, on the organisation's calendar (rule 13)."""
    month = time.month_of(time.now(), drafted.organisation.time_zone)
    for person in drafted.holders():
        try:
            budgets.reserve(person, month=month, minutes=_pace(drafted).minutes, source_key=drafted.hold)
        except budgets.Full:
            budgets.release(source_key=drafted.hold)
            return False
    return True
