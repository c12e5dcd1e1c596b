"""Quiet consent, as functions over values. The rules' numbers are those of consent.md."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

APART = timedelta(days=180)


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


@dataclass(frozen=True)
class Times:
    """An introduction's times, fixed when it opens (rule 1)."""

    opens_at: datetime
    ends_at: datetime


def is_open(state: str, ends_at: datetime, now: datetime) -> bool:
    return state == State.OPEN and now < ends_at


def connects(answers: list[str]) -> bool:
    """Rule 6: only two yeses connect."""
    return len(answers) == 2 and all(answer == Answer.YES for answer in answers)


def closes_at(opened_at: datetime, lasts: timedelta, ends: list[datetime]) -> datetime:
    """Rule 10: a queue whose list is used up closes at its last `ends_at`."""
    return max([opened_at + lasts, *ends])
