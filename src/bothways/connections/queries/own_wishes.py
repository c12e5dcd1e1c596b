"""A person's own private answers about their connections, for that person's pages alone."""

from collections import defaultdict
from collections.abc import Iterable

from bothways.connections.models import Connection
from bothways.connections.models.quiet import QuietAnswer
from bothways.people.models import Person


def of(person: Person, connections: Iterable[Connection]) -> dict[int, dict[str, str]]:
    """By connection id: each question asked of this person, and what they answered so far."""
    mine: dict[int, dict[str, str]] = defaultdict(dict)
    asked = QuietAnswer.objects.filter(person=person, connection__in=[one.pk for one in connections])
    for connection, question, answer in asked.values_list("connection_id", "question", "answer"):
        mine[connection][question] = answer
    return mine
