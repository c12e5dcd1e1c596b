"""A person's own sealed answer, for that person's pages, reminders and export alone (consent.md 2).

Whoever has an ask open to the other has said yes with it; it is not an answer to replace (rules 5, 25).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from bothways.connections.models import Introduction, QueueEntry
from bothways.connections.models.sealed import SealedAnswer
from bothways.connections.rules.consent import Answer
from bothways.core.prepared import among, prepared
from bothways.people.models import Person


def of(person: Person, introductions: Iterable[Introduction]) -> dict[int, Answer]:
    """This person's answers by introduction id, in two queries."""
    introductions = list(introductions)
    mine = _answers(person.pk, [introduction.pk for introduction in introductions])
    found = {row: Answer(answer) for row, answer in mine}
    asking = asked_by(person, [introduction.other(person) for introduction in introductions])
    for introduction in introductions:
        if introduction.pk in found and introduction.other(person).pk in asking:
            found[introduction.pk] = Answer.YES
    return found


def asked_by(person: Person, others: Iterable[Person]) -> set[int]:
    """Whom of the others this person's own open asks hold, by id."""
    return set(_asked(person.pk, [other.pk for other in others]))


@prepared
def _answers(person: Any, introductions: Any) -> QuerySet[SealedAnswer, tuple[int, str]]:
    mine = SealedAnswer.objects.filter(among("introduction", introductions), person=person)
    return mine.values_list("introduction_id", "answer")


@prepared
def _asked(person: Any, others: Any) -> QuerySet[QueueEntry, int]:
    entries = QueueEntry.objects.filter(queue__author=person, queue__state="open", approved=True)
    asked = entries.filter(among("person", others), queue__of_round=False)
    return asked.values_list("person_id", flat=True)
