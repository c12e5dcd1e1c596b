"""Private answers of connected people: asked of both, put by one, read by the verb that needs both.

Together with `queries.own_wishes` the only code that knows their table; an import contract holds it.
"""

from collections.abc import Iterable

from bothways.connections.models import Connection
from bothways.connections.models.quiet import QuietAnswer
from bothways.core import time
from bothways.people.models import Person

Question = QuietAnswer.Question
Answer = QuietAnswer.Answer


def ask(connection: Connection, question: Question) -> None:
    """Ask both, anew: earlier answers to this question are forgotten."""
    forget(connection, [question])
    QuietAnswer.objects.bulk_create(
        QuietAnswer(connection=connection, person=person, question=question, asked_at=time.now())
        for person in connection.pair()
    )


def ask_back(connection: Connection, question: Question, *, by: Person) -> bool:
    """One of the two asks the other. Says whether it is asked: who left it once is not asked again."""
    rows = QuietAnswer.objects.filter(connection=connection, question=question)
    rows.filter(person=by).delete()
    row, _ = rows.get_or_create(
        connection=connection,
        person=connection.other(by),
        question=question,
        defaults={"asked_at": time.now()},
    )
    return row.answer != Answer.LEAVE


def put(connection: Connection, question: Question, *, by: Person, answer: Answer) -> bool:
    """Replace this person's answer; the last one counts. Says whether the question is open."""
    mine = QuietAnswer.objects.filter(connection=connection, person=by, question=question)
    return bool(mine.update(answer=answer))


def is_asked(connection: Connection, question: Question) -> bool:
    return QuietAnswer.objects.filter(connection=connection, question=question).exists()


def both_said(connection: Connection, question: Question, answer: Answer) -> bool:
    """Whether both gave this answer; nothing less is ever said."""
    said = QuietAnswer.objects.filter(connection=connection, question=question, answer=answer)
    return said.count() == 2


def forget(connection: Connection, questions: Iterable[Question] = tuple(Question)) -> None:
    QuietAnswer.objects.filter(connection=connection, question__in=list(questions)).delete()
