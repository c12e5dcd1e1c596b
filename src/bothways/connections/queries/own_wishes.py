"""A person's own private answers about their connections, for that person's pages alone."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from bothways.connections.models import Connection
from bothways.connections.models.quiet import QuietAnswer
from bothways.connections.rules import lifetimes
from bothways.core import time
from bothways.people.models import Person


def of(person: Person, connections: Iterable[Connection]) -> dict[int, dict[str, str]]:
    """By connection id: each question asked of this person, and what they answered so far.

    "How is it so far?" is no longer asked of somebody who left it for two weeks.
    """
    mine: dict[int, dict[str, str]] = defaultdict(dict)
    ours = QuietAnswer.objects.filter(person=person, connection__in=[one.pk for one in connections])
    old = Q(question=QuietAnswer.Question.FIT, asked_at__lte=time.now() - lifetimes.FIT_LASTS)
    asked = ours.exclude(old)
    for connection, question, answer in asked.values_list("connection_id", "question", "answer"):
        mine[connection][question] = answer
    return mine
