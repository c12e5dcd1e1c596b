"""Introductions: to those who were asked, never to an ask's author, who reads the plan (consent.md 27).

In a round both were asked.
"""

from typing import Any

from django.db.models import QuerySet

from bothways.connections.events import (
    IntroductionEnded,
    IntroductionOpened,
    MoreAsked,
    MoreReplied,
    ReminderCame,
)
from bothways.connections.models import Introduction
from bothways.connections.models import MoreAsked as Asked
from bothways.connections.rules.consent import Ending
from bothways.core.events import subscribe
from bothways.core.prepared import prepared
from bothways.inbox.actions import mails, messages
from bothways.inbox.kinds import KINDS
from bothways.inbox.queries.subjects import about

_ENDINGS = {
    Ending.TIME: "introduction_time",
    Ending.AWAY: "introduction_time",
    Ending.HANDED_ON: "introduction_time",
    Ending.FOUND: "introduction_found",
    Ending.WITHDRAWN: "introduction_withdrawn",
}


def _introduction(key: str) -> Introduction:
    return _of_key(key)[0]


@prepared
def _of_key(key: Any) -> QuerySet[Introduction]:
    return Introduction.objects.select_related("first", "second", "queue").filter(key=key)


def _in_its_words(kind: str, introduction: Introduction) -> str:
    """A round has some words of its own; the rest is the same for all."""
    of_round = f"{kind}_of_round"
    return of_round if introduction.of_round and of_round in KINDS else kind


@subscribe(IntroductionOpened)
def ask(event: IntroductionOpened) -> None:
    introduction = _introduction(event.introduction)
    for person in introduction.asked():
        messages.put(person, _in_its_words("introduction", introduction), introduction)


@subscribe(IntroductionEnded)
def tell_of_the_end(event: IntroductionEnded) -> None:
    """Whatever was answered, with one and the same text (consent.md 9)."""
    introduction = _introduction(event.introduction)
    _clear(introduction)
    kind = _in_its_words(_ENDINGS[Ending(event.how)], introduction)
    for person in introduction.asked():
        if person.pk == introduction.handed_on_by_id:
            continue
        messages.put(person, kind, introduction)


def _clear(introduction: Introduction) -> None:
    asked = Asked.objects.filter(introduction=introduction)
    messages.clear_about([about(introduction), *(about(more) for more in asked)])


@subscribe(MoreAsked)
def pass_the_question_on(event: MoreAsked) -> None:
    asked = Asked.objects.select_related("introduction__first", "introduction__second", "by").get(
        introduction__key=event.introduction, by__key=event.by
    )
    messages.put(asked.introduction.other(asked.by), "more_asked", asked)


@subscribe(MoreReplied)
def pass_the_answer_on(event: MoreReplied) -> None:
    asked = Asked.objects.select_related("introduction__first", "introduction__second", "by").exclude(
        by__key=event.by
    )
    answered = asked.get(introduction__key=event.introduction)
    messages.clear(answered, kinds=("more_asked",))
    messages.put(answered.by, "more_told", answered)


@subscribe(ReminderCame)
def remind(event: ReminderCame) -> None:
    """A mail for everybody asked, whatever was answered; the one who sends it asks their own answer."""
    introduction = _introduction(event.introduction)
    for person in introduction.asked():
        mails.write(person, _in_its_words("reminder", introduction), about(introduction))
