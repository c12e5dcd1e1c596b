"""Whom to leave out of suggestions because they were introduced lately (consent.md 16)."""

from typing import Any

from django.db.models import Q

from bothways.connections.models import Introduction, QueueEntry
from bothways.connections.rules import consent
from bothways.core import time


def apart_from(person: Any, since: Any = None) -> Q:
    """Everybody introduced to this person within 180 days, whatever happened: `exclude(apart_from(me))`.

    For an ask's author the whole approved list, from the last turn of that ask on, for everybody alike:
    so what comes back says nothing of who was asked and who was passed over. Part of the same query.
    """
    since = since or time.now() - consent.APART
    lately = Introduction.objects.filter(opens_at__gt=since)
    lists = QueueEntry.objects.filter(queue__author=person, queue__asked_last_at__gt=since, approved=True)
    return (
        Q(pk__in=lately.filter(second=person).values("first"))
        | Q(pk__in=lately.filter(first=person).values("second"))
        | Q(pk__in=lists.values("person"))
    )
