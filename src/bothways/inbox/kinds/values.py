"""What the sentences of a kind may name: the other one, the kind of connection, a time."""

from typing import Any

from bothways.ask.models import StewardAsk
from bothways.connections.models import Connection, Introduction, Meeting, MoreAsked, Reflection
from bothways.connections.rules.kinds import Kind as ConnectionKind
from bothways.inbox.rules.words import isolated, one_line
from bothways.people.models import Invitation, Person
from bothways.ui import moments

Values = dict[str, str]


def values_of(subject: Any, person: Person) -> Values:
    """What the sentences of a kind may name: the other one, the kind of connection, a time."""
    connection = connection_of(subject)
    values = {"other": _name(other_of(subject, person)), "kind": "", "when": "", "question": "", "round": ""}
    what = subject if isinstance(subject, Introduction) else connection
    if what is not None:
        values["kind"] = str(ConnectionKind(what.kind).label)
    if isinstance(subject, Introduction):
        values["when"] = moments.day(subject.ends_at, person.time_zone)
        values["round"] = isolated(one_line(subject.queue.named)) if subject.queue else ""
    if isinstance(subject, Connection) and subject.proposed_kind:
        values["kind"] = str(ConnectionKind(subject.proposed_kind).label)
    if isinstance(subject, Meeting) and subject.starts_at:
        values["when"] = moments.said(subject.starts_at)
    if isinstance(subject, MoreAsked):
        values["question"] = one_line(subject.question, most=600)
    if isinstance(subject, Invitation):
        values |= _of_invitation(subject)
    return values


def _of_invitation(invitation: Invitation) -> Values:
    """Who is invited where, and by whom; by the organisation, where nobody did who is still here."""
    person, by = invitation.person, invitation.by
    organisation = isolated(one_line(person.organisation.name, most=60))
    here = by is not None and by.state == Person.State.ACTIVE
    return {
        "reader": _name(person),
        "organisation": organisation,
        "other": _name(by) if here else organisation,
    }


def other_of(subject: Any, person: Person) -> Person | None:
    """The other of the two that the subject is about, where there are two."""
    if isinstance(subject, MoreAsked):
        return subject.introduction.other(person)
    if isinstance(subject, Introduction | StewardAsk):
        return subject.other(person)
    connection = connection_of(subject)
    return connection.other(person) if connection else None


def connection_of(subject: Any) -> Connection | None:
    if isinstance(subject, Connection):
        return subject
    if isinstance(subject, Reflection):
        return subject.meeting.connection
    return getattr(subject, "connection", None)


def _name(person: Person | None) -> str:
    return isolated(one_line(person.name)) if person else ""
