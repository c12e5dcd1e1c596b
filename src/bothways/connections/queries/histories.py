"""What was said, met and learned in a connection; what somebody learned in all of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Q

from bothways.connections.models import Concern, Connection, ConnectionMessage, Meeting, Reflection
from bothways.people.models import Person

A_PAGE = 25
LATEST = 3


@dataclass
class Past:
    """A meeting that is over, and what this person may read of what was learned in it."""

    meeting: Meeting
    mine: Reflection | None = None
    theirs: Reflection | None = None
    learned: list[Reflection] = field(default_factory=list)


def messages(connection: Connection, number: int | str = 1, size: int = A_PAGE) -> Page[ConnectionMessage]:
    """A page of messages; page 1 holds the newest, and on each the newest stands last."""
    newest_first = connection.messages.select_related("author").order_by("-sent_at", "-key")
    page = Paginator(newest_first, size).get_page(number)
    page.object_list = list(reversed(page.object_list))
    return page


def meetings(
    person: Person, connection: Connection, number: int | str = 1, size: int = A_PAGE
) -> tuple[Page[Meeting], list[Past]]:
    """Meetings that are over, the newest first, with what both learned, as far as this person may read it."""
    over = connection.meetings.filter(state__in=(Meeting.State.HELD, Meeting.State.MISSED))
    page = Paginator(over.order_by("-starts_at", "key"), size).get_page(number)
    return page, _with_learnings(person, list(page))


def past(person: Person, meeting: Meeting) -> Past:
    return _with_learnings(person, [meeting])[0]


def _with_learnings(person: Person, over: Iterable[Meeting]) -> list[Past]:
    found = {meeting.pk: Past(meeting) for meeting in over}
    readable = Reflection.objects.filter(Q(author=person) | Q(shared=True), meeting__in=found)
    for reflection in readable.select_related("author").order_by("written_at", "key"):
        entry = found[reflection.meeting_id]
        if reflection.author_id == person.pk:
            entry.mine = reflection
        else:
            entry.theirs = reflection
        if reflection.learned:
            entry.learned.append(reflection)
    return list(found.values())


def learnings(person: Person, number: int | str = 1) -> Page[Reflection]:
    """What this person wrote after their meetings, the newest first."""
    mine = Reflection.objects.mine(person).select_related(
        "meeting__connection__first", "meeting__connection__second"
    )
    return Paginator(mine.order_by("-written_at", "key"), A_PAGE).get_page(number)


def concerns(person: Person, number: int | str = 1) -> Page[Concern]:
    """Told to this person or by them, what waits for a reply first."""
    ours = Concern.objects.ours(person)
    return Paginator(ours.order_by("-told_at", "key"), A_PAGE).get_page(number)
