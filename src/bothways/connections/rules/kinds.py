"""Kinds of connection, as data: their texts, their pace, what a meeting takes.

The figures are consent.md's defaults, found by simulation.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.core.time import add_working_days


class Kind(models.TextChoices):
    CONVERSATION = "conversation", _("a conversation")
    MENTORING = "mentoring", _("mentoring")
    REVERSE = "reverse", _("reverse mentoring")
    PEER = "peer", _("learning as peers")
    BUDDY = "buddy", _("buddies")


@dataclass(frozen=True)
class Pace:
    """How a queue of this kind goes about asking.

    `lasts` and `reminds_after` count calendar days; `minutes` are held of each asked person's month.
    """

    at_once: int
    fallback_working_days: int
    lasts: timedelta
    reminds_after: timedelta
    open_queues: int
    open_introductions: int
    minutes: int


QUICK = Pace(2, 2, timedelta(days=7), timedelta(days=3), open_queues=3, open_introductions=2, minutes=30)
STEADY = Pace(1, 5, timedelta(days=14), timedelta(days=6), open_queues=2, open_introductions=2, minutes=60)

PACES = {
    Kind.CONVERSATION: QUICK,
    Kind.MENTORING: STEADY,
    Kind.REVERSE: STEADY,
    Kind.PEER: STEADY,
    Kind.BUDDY: STEADY,
}


IN_ROUNDS = {kind: replace(STEADY, minutes=rhythm.minutes) for kind, rhythm in PACES.items()}


def pace(kind: str, *, of_round: bool = False) -> Pace:
    """Rounds of every kind go about it steadily."""
    return (IN_ROUNDS if of_round else PACES)[Kind(kind)]


def fallback_after(kind: str, moment: datetime, zone: str, *, of_round: bool = False) -> datetime:
    """When the next ones' turn comes, on the calendar of the organisation's `zone`."""
    return add_working_days(moment, pace(kind, of_round=of_round).fallback_working_days, zone)
