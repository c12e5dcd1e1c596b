"""A person's own private answers about their connections, for that person's pages alone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from bothways.connections.models import Connection
from bothways.connections.models.quiet import QuietAnswer
from bothways.connections.rules import lifetimes
from bothways.core import time
from bothways.core.prepared import among, prepared
from bothways.people.models import Person


def of(person: Person, connections: Iterable[Connection]) -> dict[int, dict[str, str]]:
    """By connection id: each question asked of this person, and what they answered so far.

    "How is it so far?" is no longer asked of somebody who left it for two weeks.
    """
    mine: dict[int, dict[str, str]] = defaultdict(dict)
    since = time.now() - lifetimes.FIT_LASTS
    for connection, question, answer in _asked(person.pk, [one.pk for one in connections], since):
        mine[connection][question] = answer
    return mine


@prepared
def _asked(person: Any, connections: Any, since: Any) -> QuerySet[QuietAnswer, tuple[int, str, str]]:
    ours = QuietAnswer.objects.filter(among("connection", connections), person=person)
    old = Q(question=QuietAnswer.Question.FIT, asked_at__lte=since)
    return ours.exclude(old).values_list("connection_id", "question", "answer")
