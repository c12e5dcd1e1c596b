"""Opening introductions: from a queue, or by a colleague. Everything here reads public state only."""

from bothways.connections import events
from bothways.connections.actions import locks, sealing
from bothways.connections.models import Connection, Introduction, PassedOn, Queue, QueueEntry
from bothways.connections.rules import consent
from bothways.connections.rules.kinds import Kind, pace
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.actions import budgets
from bothways.people.models import NotWanted, Person


def open_from(queue: Queue, entry: QueueEntry, *, asked: Person) -> Introduction | None:
    """Ask the next person of a queue; None where they have no room. Queue and person are locked."""
    drafted = Introduction(
        organisation=queue.organisation,
        queue=queue,
        first=queue.author,
        second=asked,
        kind=queue.kind,
        note=queue.note,
        reason_first=entry.reason,
        reason_second=entry.reason_back,
    )
    return _open(drafted)


@verb
def introduce(first: Person, second: Person, *, by: Person, why: str) -> PassedOn:
    """Introduce two colleagues. The answer is always "passed on" (consent.md 19)."""
    present = locks.people([first, second])
    first, second = present[first.pk], present[second.pk]
    if not recently_introduced(first, second):
        drafted = Introduction(
            organisation=by.organisation,
            introducer=by,
            first=first,
            second=second,
            kind=Kind.CONVERSATION,
            note=why,
        )
        _open(drafted)
    return PassedOn.objects.create(introducer=by, first=first, second=second, passed_at=time.now())


def recently_introduced(first: Person, second: Person) -> bool:
    """Rule 16, for others than the author of an ask: 180 days from `opens_at`, whatever happened."""
    between = Introduction.objects.with_person(first).with_person(second)
    return between.filter(opens_at__gt=time.now() - consent.APART).exists()


def _open(drafted: Introduction) -> Introduction | None:
    now = time.now()
    rhythm = pace(drafted.kind)
    if not _may_open(drafted):
        return None
    month = time.month_of(now, drafted.organisation.time_zone)
    drafted.opens_at, drafted.ends_at = now, now + rhythm.lasts
    try:
        for person in drafted.asked():
            budgets.reserve(person, month=month, minutes=rhythm.minutes, source_key=drafted.hold)
    except budgets.Full:
        budgets.release(source_key=drafted.hold)
        return None
    pair = [drafted.first, drafted.second]
    drafted.delivered = not NotWanted.objects.filter(person__in=pair, other__in=pair).exists()
    drafted.save(force_insert=True)
    sealing.seal(drafted)
    if drafted.delivered:
        record(events.IntroductionOpened(introduction=drafted.key))
    return drafted


def _may_open(drafted: Introduction) -> bool:
    """Both are here and have a place; the two are neither connected nor being introduced."""
    now = time.now()
    today = time.today(drafted.organisation.time_zone)
    for person in (drafted.first, drafted.second):
        if person.state != Person.State.ACTIVE or person.is_away(today):
            return False
    for person in drafted.asked():
        if places_taken(person) >= pace(drafted.kind).open_introductions:
            return False
    if Connection.objects.ours(drafted.first).ours(drafted.second).alive().exists():
        return False
    open_now = Introduction.objects.open_at(now)
    return not open_now.with_person(drafted.first).with_person(drafted.second).exists()


def places_taken(person: Person) -> int:
    """Open introductions that hold one of this person's places as somebody asked (rule 13)."""
    mine = Introduction.objects.open_at(time.now())
    return mine.filter(second=person).count() + mine.filter(first=person, queue=None).count()
