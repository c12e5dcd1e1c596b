"""Quiet consent, as functions over values. The rules' numbers are those of consent.md."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import models

APART = timedelta(days=180)
INTRODUCED_AT_ONCE = 3


class State(models.TextChoices):
    OPEN = "open"
    CONNECTED = "connected"
    ENDED = "ended"


class Answer(models.TextChoices):
    NONE = "none"
    YES = "yes"
    NOT_NOW = "not_now"


class Ending(models.TextChoices):
    """Why an introduction ended, as public state: never because of an answer."""

    TIME = "time"
    FOUND = "found"
    WITHDRAWN = "withdrawn"
    AWAY = "away"
    HANDED_ON = "handed_on"


class Told(models.TextChoices):
    """What those who knew of an introduction read once it is over. Time and absence read alike (rule 15)."""

    OVER = "over"
    FOUND = "found"
    WITHDRAWN = "withdrawn"
    HANDED_ON = "handed_on"


_TOLD = {Ending.FOUND: Told.FOUND, Ending.WITHDRAWN: Told.WITHDRAWN, Ending.HANDED_ON: Told.HANDED_ON}


def is_open(state: str, ends_at: datetime, now: datetime) -> bool:
    return state == State.OPEN and now < ends_at


def told(ended_how: str) -> Told:
    """By public state alone; one whose time is up reads the same before and after the clock saw it."""
    return _TOLD.get(Ending(ended_how), Told.OVER) if ended_how else Told.OVER


def connects(answers: Iterable[str]) -> bool:
    """Rule 6: only two yeses connect."""
    return list(answers) == [Answer.YES, Answer.YES]


def starts_to_offer(
    by_person: Sequence[tuple[int, Sequence[datetime]]], *, after: datetime, until: datetime
) -> tuple[int, list[datetime]]:
    """Whose times the other picks from, and which: those that suit both, if there are any.

    `by_person` is two, whoever said yes last at the end; their times come before the other's. Times that
    went by while the answers were sealed are left out.
    """
    (one, before), (last, latest) = [
        (person, [start for start in starts if after < start <= until]) for person, starts in by_person
    ]
    common = [start for start in latest if start in before]
    if common or latest:
        return last, common or latest
    return one, before
