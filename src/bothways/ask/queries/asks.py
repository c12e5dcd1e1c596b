"""What an author may know of an ask: its plan, never its introductions (consent.md 27)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from bothways.ask.models import Ask, StewardAsk
from bothways.ask.queries.topics import index_of
from bothways.ask.rules import notes
from bothways.ask.rules.away import asks_until
from bothways.connections.models import Connection, Meeting, Queue, QueueEntry
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import Person
from bothways.ui import moments

A_PAGE = 25
ON_HOME = 3
YES_IS_NEWS = timedelta(days=14)


@dataclass(frozen=True)
class Progress:
    """An ask as its author reads it: dates, and the connection there may be."""

    ask: Ask
    next_at: datetime | None = None
    hear_by: datetime | None = None
    connection: Connection | None = None
    steward_asks: tuple[StewardAsk, ...] = ()
    one_alone: bool = False
    topics: tuple[str, ...] = ()

    @property
    def next_day(self) -> str:
        return moments.day(self.next_at) if self.next_at else ""

    @property
    def hear_by_day(self) -> str:
        return moments.day(self.hear_by) if self.hear_by else ""

    @property
    def until_away(self) -> str:
        """The day on which its author goes away, where that comes first."""
        if self.hear_by is None:
            return ""
        author = self.ask.author
        ends = asks_until(author.away_from, author.time_zone, hear_by=self.hear_by, now=time.now())
        return moments.day(ends) if ends else ""

    @property
    def sentence_is_in_note(self) -> bool:
        """Whether its author put the sentence into the note, for those to read who are asked."""
        queue = self.ask.queue
        return queue is not None and notes.holds(queue.note, notes.in_one_line(self.ask.sentence))

    @property
    def other(self) -> Person | None:
        return self.connection.other(self.ask.author) if self.connection else None


def progress(given: Ask) -> Progress:
    """All that the ask's page needs."""
    told = tuple(StewardAsk.objects.ours(given.author).filter(ask=given).order_by("-sent_at", "key"))
    queue = given.queue
    shown = Progress(given, steward_asks=told, topics=_topics(given))
    if queue is None:
        return shown
    shown = replace(shown, one_alone=_one_alone(queue))
    if given.found:
        ours = Connection.objects.ours(given.author)
        return replace(shown, connection=ours.filter(queues=queue).first())
    return replace(shown, next_at=queue.fallback_at, hear_by=queue.closes_at) if given.is_running else shown


def _topics(given: Ask) -> tuple[str, ...]:
    """The names of the topics that its author picked, as they stand now."""
    if not given.topics:
        return ()
    index = index_of(given.author.organisation_id)
    standing = dict.fromkeys(index.stands[key] for key in given.topics if key in index.stands)
    return tuple(index.names[key] for key in standing if key in index.names)


def _one_alone(queue: Queue) -> bool:
    """Whether its author's list has one name. By the list alone, whatever anybody answers."""
    return queue.entries.filter(approved=True).count() == 1


def mine(person: Person, number: str | int = 1) -> Page[Ask]:
    """A page of this person's asks, newest first."""
    return Paginator(Ask.objects.mine(person).order_by("-asked_at", "key"), A_PAGE).get_page(number)


def said_yes(person: Person) -> list[Connection]:
    """The newest connection that came of this person's ask, while it is theirs to find a time to meet."""
    return list(_said_yes(person.pk, time.now() - YES_IS_NEWS))


@prepared
def _said_yes(person: Any, since: Any) -> QuerySet[Connection]:
    asked = Ask.objects.filter(author=person).values("queue")
    theirs_to_pick = Q(state=Meeting.State.PROPOSED) & ~Q(proposed_by=person)
    others = Meeting.objects.filter(~theirs_to_pick, connection=OuterRef("pk"))
    new = Connection.objects.filter(queues__in=asked, state=Connection.State.ACQUAINTED, since__gt=since)
    return new.filter(~Exists(others)).select_related("first", "second").order_by("-since", "key")[:1]


def times_from(connection: Connection, person: Person) -> Meeting | None:
    """What the other offers this person to pick from, as long as one of the times is still to come."""
    offered = connection.meetings.filter(state=Meeting.State.PROPOSED).exclude(proposed_by=person)
    ordered = offered.order_by("-proposed_at", "key")
    return next((meeting for meeting in ordered if meeting.starts(time.now())), None)


def running(person: Person) -> list[Progress]:
    """The few that people are being asked for, whichever ends first."""
    found = [Progress(one, hear_by=one.queue.closes_at) for one in _running(person.pk) if one.queue]
    for each in found:
        each.ask.author = person
    return found


def that_may_reach(person: Person, others: Collection[Person]) -> list[tuple[Ask, Person]]:
    """Open asks with one of these on the list that this person approved, whoever's turn has come."""
    entries = QueueEntry.objects.mine(person).filter(approved=True, person__in=others)
    listed = list(entries.filter(queue__state=Queue.State.OPEN).order_by("queue__closes_at", "key"))
    asks = Ask.objects.mine(person).filter(queue__in={entry.queue_id for entry in listed})
    of_queue = {ask.queue_id: ask for ask in asks}
    return [(of_queue[entry.queue_id], entry.person) for entry in listed if entry.queue_id in of_queue]


@prepared
def _running(person: Any) -> QuerySet[Ask]:
    asked = Ask.objects.filter(author=person, queue__state=Queue.State.OPEN).select_related("queue")
    return asked.order_by("queue__closes_at", "key")[:ON_HOME]
