"""A person's messages with their words, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bothways.core.prepared import prepared
from bothways.inbox.kinds import KINDS, Kind
from bothways.inbox.kinds.values import connection_of, other_of, values_of
from bothways.inbox.models import Message
from bothways.inbox.queries import answered, subjects
from bothways.people.models import Person
from bothways.ui import addresses

ON_HOME = 5
MOST = 200  # in an inbox: those whose matter is settled meanwhile are known only once they are read
INTRODUCTION_PAGE = "connections_introduction"
STAND_BY_THEMSELVES = [
    kind.name for kind in KINDS.values() if kind.page in (INTRODUCTION_PAGE, "connections_question")
]
_PAGES_OF_CONNECTIONS = frozenset(
    f"connections_{page}"
    for page in ("agreement", "connection", "fit", "kind", "messages", "quiet", "renewal", "times")
)


@dataclass(frozen=True)
class Shown:
    """One message as its reader sees it. `waits`: for an answer that they have not given yet."""

    message: Message
    kind: Kind
    title: str
    text: str
    label: str
    link: str
    other: Person | None
    waits: bool
    answered: bool


def of(person: Person) -> QuerySet[Message]:
    """What is there for this person: what waits for an answer first, then the newest."""
    return Message.objects.mine(person).there().order_by("-waits", "-created_at", "key")


def shown(person: Person, messages: Iterable[Message]) -> list[Shown]:
    """With their words; without those whose matter is gone or settled in the meantime."""
    given = [message for message in messages if message.kind in KINDS]
    found = subjects.of(person, [message.about for message in given])
    there = [one for one in given if one.about in found and _kind(one, found[one.about])]
    done = answered.among(person, there, found)
    rows = [_shown(person, message, found[message.about], message.key in done) for message in there]
    return sorted(rows, key=lambda row: not row.waits)


def waiting_on_home(person: Person) -> list[Shown]:
    """The few that wait for this person's answer, for Home; introductions stand there by themselves."""
    rows = shown(person, _waiting(person.pk))
    return [row for row in rows if row.waits][:ON_HOME]


@prepared
def _waiting(person: Any) -> QuerySet[Message]:
    return of(person).filter(waits=True).exclude(kind__in=STAND_BY_THEMSELVES)[: 4 * ON_HOME]


def link_to(message: Message, person: Person, subject: Any) -> str:
    """The page that the message is about; the inbox where that page is missing."""
    kind, organisation = _kind(message, subject) or KINDS[message.kind], person.organisation.slug
    return page_of(kind.page, organisation, subject) or addresses.find("inbox", organisation=organisation)


def page_of(page: str, organisation: str, subject: Any) -> str:
    """The address of the page about the subject, whichever of its things that page is named after."""
    target = subject
    if page == INTRODUCTION_PAGE:
        target = getattr(subject, "introduction", subject)
    if page in _PAGES_OF_CONNECTIONS:
        target = connection_of(subject) or subject
    return addresses.find(page, organisation=organisation, key=target.key)


def _kind(message: Message, subject: Any) -> Kind | None:
    """The kind it is shown as; None where its matter is settled."""
    kind = KINDS[message.kind]
    if kind.still(subject):
        return kind
    then = KINDS.get(kind.then)
    return then if then and then.still(subject) else None


def _shown(person: Person, message: Message, subject: Any, is_answered: bool) -> Shown:
    kind, values = _kind(message, subject) or KINDS[message.kind], values_of(subject, person)
    return Shown(
        message=message,
        kind=kind,
        title=str(kind.title) % values,
        text=str(kind.text) % values,
        label=str(kind.label),
        link=addresses.find("inbox_open", organisation=person.organisation.slug, key=message.key),
        other=other_of(subject, person),
        waits=message.waits and kind.waits and not is_answered,
        answered=is_answered,
    )
