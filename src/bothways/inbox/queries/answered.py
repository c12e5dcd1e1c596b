"""What the reader has answered already, for the reader's own pages and reminders alone (consent.md 2)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bothways.connections.models import Connection, Introduction, Reflection
from bothways.connections.queries import own_answers, own_wishes
from bothways.connections.rules.consent import Answer
from bothways.inbox.models import Message
from bothways.people.models import Person

Subjects = Sequence[Any]


def _introductions(person: Person, subjects: Subjects) -> set[str]:
    answers = own_answers.of(person, subjects)
    return {one.key for one in subjects if answers.get(one.pk, Answer.NONE) != Answer.NONE}


def _meetings(person: Person, subjects: Subjects) -> set[str]:
    written = Reflection.objects.mine(person).filter(meeting__in=subjects)
    return set(written.values_list("meeting__key", flat=True))


def _wishes(question: str) -> Callable[[Person, Subjects], set[str]]:
    def answered(person: Person, subjects: Subjects) -> set[str]:
        connections = [one if isinstance(one, Connection) else one.connection for one in subjects]
        given = own_wishes.of(person, connections)
        pairs = zip(subjects, connections, strict=True)
        return {one.key for one, connection in pairs if given[connection.pk].get(question, "unasked")}

    return answered


ANSWERED: dict[str, Callable[[Person, Subjects], set[str]]] = {
    "introduction": _introductions,
    "introduction_of_round": _introductions,
    "reflect": _meetings,
    "fit": _wishes("fit"),
    "quiet": _wishes("quiet"),
    "renewal": _wishes("renewal"),
    "kind_proposed": _wishes("kind"),
}


def among(person: Person, messages: Iterable[Message], subjects: dict[str, Any]) -> set[str]:
    """The keys of those messages whose question the person has answered; a query for each kind."""
    by_kind: dict[str, list[Message]] = {}
    for message in messages:
        if message.kind in ANSWERED and message.about in subjects:
            by_kind.setdefault(message.kind, []).append(message)
    done: set[str] = set()
    for kind, of_kind in by_kind.items():
        keys = ANSWERED[kind](person, [subjects[message.about] for message in of_kind])
        done |= {message.key for message in of_kind if subjects[message.about].key in keys}
    return done


def reminder_is_due(person: Person, introduction: Introduction) -> bool:
    """Reminders depend on one's own answer and fixed times only (consent.md 21)."""
    return own_answers.of(person, [introduction]).get(introduction.pk) == Answer.NONE


def wants_to_hear(person: Person, introduction: Introduction) -> bool:
    """A tell-me-more is mailed unless the receiver's own answer is "not now" (consent.md 11)."""
    return own_answers.of(person, [introduction]).get(introduction.pk) != Answer.NOT_NOW
