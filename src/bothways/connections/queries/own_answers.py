"""A person's own sealed answer, for that person's pages, reminders and export alone (consent.md 2).

Whoever has an ask open to the other has said yes with it; it is not an answer to replace (rules 5, 25).
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from bothways.connections.models import Introduction, QueueEntry
from bothways.connections.models.sealed import SealedAnswer
from bothways.connections.rules.consent import Answer
from bothways.people.models import Person


def of(person: Person, introductions: Iterable[Introduction]) -> dict[int, Answer]:
    """This person's answers by introduction id, in two queries."""
    introductions = list(introductions)
    mine = SealedAnswer.objects.filter(person=person, introduction__in=introductions)
    found = {row: Answer(answer) for row, answer in mine.values_list("introduction_id", "answer")}
    asking = asked_by(person, [introduction.other(person) for introduction in introductions])
    for introduction in introductions:
        if introduction.pk in found and introduction.other(person).pk in asking:
            found[introduction.pk] = Answer.YES
    return found


def asked_by(person: Person, others: Iterable[Person]) -> set[int]:
    """Whom of the others this person's own open asks hold, by id."""
    return set(_asks(person).filter(person__in=list(others)).values_list("person_id", flat=True))


def _asks(person: Person) -> QuerySet[QueueEntry]:
    entries = QueueEntry.objects.filter(queue__author=person, queue__state="open", approved=True)
    return entries.filter(queue__of_round=False)
