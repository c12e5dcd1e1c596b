"""The sealed answers: made when an introduction opens, put by their author, gone when it ends.

Together with `queries.own_answers` the only code that knows their table (consent.md 2); an import
contract holds it. Nothing here tells anybody but the both-yes check what an answer is.
"""

from collections.abc import Iterable
from datetime import datetime

from bothways.connections.models import Introduction, Queue
from bothways.connections.models.sealed import SealedAnswer
from bothways.connections.rules import consent
from bothways.connections.rules.consent import Answer
from bothways.people.models import Person


def seal(introduction: Introduction) -> None:
    """Make both rows; an ask is its author's yes to everybody on the approved list, a round is not (7)."""
    first = Answer.NONE if introduction.both_asked else Answer.YES
    SealedAnswer.objects.bulk_create(
        [
            SealedAnswer(introduction=introduction, person=introduction.first, answer=first),
            SealedAnswer(introduction=introduction, person=introduction.second),
        ]
    )


def put(introduction: Introduction, *, by: Person, answer: Answer, times: list[str]) -> None:
    """Replace the author's answer; the last one counts (rule 5)."""
    SealedAnswer.objects.filter(introduction=introduction, person=by).update(
        answer=answer, times=times if answer == Answer.YES else []
    )


def both_yes(introduction: Introduction) -> bool:
    """Whether two yeses stand. Whoever asks the other has said yes, whatever they answered (rules 5, 25)."""
    asking = set(
        Queue.objects.between(introduction.first, [introduction.second]).values_list("author", flat=True)
    )
    answers = SealedAnswer.objects.filter(introduction=introduction).values_list("person", "answer")
    return consent.connects(Answer.YES if person in asking else answer for person, answer in answers)


def open_up(introduction: Introduction) -> dict[int, list[datetime]]:
    """The times that came with the two yeses, by person's id; the answers are deleted."""
    sealed = SealedAnswer.objects.filter(introduction=introduction).values_list("person", "times")
    times = {person: [datetime.fromisoformat(start) for start in starts] for person, starts in sealed}
    forget([introduction])
    return times


def forget(introductions: Iterable[Introduction]) -> None:
    """However an introduction ends, both answers go in that transaction (rule 9)."""
    SealedAnswer.objects.filter(introduction__in=list(introductions)).delete()
