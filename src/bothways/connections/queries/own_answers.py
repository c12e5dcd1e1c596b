"""A person's own sealed answer, for that person's pages, reminders and export alone (consent.md 2)."""

from collections.abc import Iterable

from bothways.connections.models import Introduction
from bothways.connections.models.sealed import SealedAnswer
from bothways.connections.rules.consent import Answer
from bothways.people.models import Person


def of(person: Person, introductions: Iterable[Introduction]) -> dict[int, Answer]:
    """This person's answers by introduction id, in one query."""
    mine = SealedAnswer.objects.filter(person=person, introduction__in=list(introductions))
    return {row: Answer(answer) for row, answer in mine.values_list("introduction_id", "answer")}
