"""What was said, met and learned in a connection; what somebody learned in all of theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from bothways.connections.models import Concern, Connection, ConnectionMessage, Meeting, Reflection
from bothways.core.prepared import among, prepared
from bothways.people.models import Person

A_PAGE = 25
FEW_MESSAGES = 10
FEW_MEETINGS = 3


@dataclass
class Past:
    """A meeting that is over, and what this person may read of what was learned in it."""

    meeting: Meeting
    mine: Reflection | None = None
    theirs: Reflection | None = None
    learned: list[Reflection] = field(default_factory=list)


def messages(connection: Connection, number: int | str = 1) -> Page[ConnectionMessage]:
    """A page of messages; page 1 holds the newest, and on each the newest stands last."""
    page = Paginator(_newest_first(connection.pk), A_PAGE).get_page(number)
    page.object_list = _as_said(connection, list(page.object_list))
    return page


def latest_messages(connection: Connection) -> tuple[list[ConnectionMessage], bool]:
    """The last few, the newest last, and whether there are earlier ones."""
    found = _latest_messages(connection.pk)
    return _as_said(connection, found[:FEW_MESSAGES]), len(found) > FEW_MESSAGES


@prepared
def _latest_messages(connection: Any) -> QuerySet[ConnectionMessage]:
    return _newest_first(connection)[: FEW_MESSAGES + 1]


def _newest_first(connection: Any) -> QuerySet[ConnectionMessage]:
    return ConnectionMessage.objects.filter(connection=connection).order_by("-sent_at", "-key")


def _as_said(connection: Connection, newest_first: Sequence[ConnectionMessage]) -> list[ConnectionMessage]:
    """In their order, each with its author, who is one of the two."""
    pair = {person.pk: person for person in connection.pair()}
    for message in newest_first:
        message.author = pair[message.author_id]
    return list(reversed(newest_first))


def meetings(
    person: Person, connection: Connection, number: int | str = 1
) -> tuple[Page[Meeting], list[Past]]:
    """Meetings that are over, the newest first, with what both learned, as far as this person may read it."""
    page = Paginator(_over(connection.pk), A_PAGE).get_page(number)
    return page, _with_learnings(person, list(page))


def latest_meetings(person: Person, connection: Connection) -> list[Past]:
    """The last few that are over, alike."""
    return _with_learnings(person, _latest_meetings(connection.pk))


@prepared
def _latest_meetings(connection: Any) -> QuerySet[Meeting]:
    return _over(connection)[:FEW_MEETINGS]


def _over(connection: Any) -> QuerySet[Meeting]:
    over = Meeting.objects.filter(connection=connection, state__in=(Meeting.State.HELD, Meeting.State.MISSED))
    return over.order_by("-starts_at", "key")


def past(person: Person, meeting: Meeting) -> Past:
    return _with_learnings(person, [meeting])[0]


def _with_learnings(person: Person, over: Iterable[Meeting]) -> list[Past]:
    found = {meeting.pk: Past(meeting) for meeting in over}
    for reflection in _readable(list(found), person.pk):
        entry = found[reflection.meeting_id]
        if reflection.author_id == person.pk:
            entry.mine = reflection
        else:
            entry.theirs = reflection
        if reflection.learned:
            entry.learned.append(reflection)
    return list(found.values())


@prepared
def _readable(meetings: Any, person: Any) -> QuerySet[Reflection]:
    readable = Reflection.objects.filter(Q(author=person) | Q(shared=True), among("meeting", meetings))
    return readable.select_related("author").order_by("written_at", "key")


@dataclass(frozen=True)
class Learning:
    """A sentence, and the other one of the meeting that it came about in."""

    reflection: Reflection
    other: Person
    mine: bool


def learnings(person: Person, number: int | str = 1) -> tuple[Page[Reflection], list[Learning]]:
    """What this person wrote after their meetings, and what was shared with them; the newest first."""
    ours = Connection.objects.ours(person).values("pk")
    readable = Q(author=person) | Q(shared=True) & ~Q(learned="")
    found = Reflection.objects.filter(readable, meeting__connection__in=ours).select_related(
        "meeting__connection__first", "meeting__connection__second"
    )
    page = Paginator(found.order_by("-written_at", "key"), A_PAGE).get_page(number)
    return page, [
        Learning(one, one.meeting.connection.other(person), one.author_id == person.pk) for one in page
    ]


def concerns(person: Person, number: int | str = 1) -> Page[Concern]:
    """Told to this person or by them; what waits for this person's reply first, then the newest."""
    waits = When(told_to=person, replied_at=None, then=Value(0))
    ours = Concern.objects.ours(person).annotate(
        place=Case(waits, default=Value(1), output_field=IntegerField())
    )
    return Paginator(ours.order_by("place", "-told_at", "key"), A_PAGE).get_page(number)
