"""What the pages of introductions need to know, each for the person who reads it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from bothways.connections.models import (
    Connection,
    Introduction,
    Meeting,
    MoreAsked,
    PassedOn,
    Queue,
    QueueEntry,
)
from bothways.connections.queries import own_answers, suggestions
from bothways.connections.rules import consent, reasons
from bothways.connections.rules.consent import Answer, Ending, State, Told
from bothways.connections.rules.kinds import pace
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import Person

A_PAGE = 25


@dataclass
class Shown:
    """An introduction as one of those asked reads it."""

    introduction: Introduction
    person: Person
    answer: Answer = Answer.NONE
    asks_them: bool = False
    my_question: MoreAsked | None = None
    their_question: MoreAsked | None = None
    connection: Connection | None = None
    meeting: Meeting | None = None
    passed: PassedOn | None = None

    @property
    def other(self) -> Person:
        return self.introduction.other(self.person)

    @property
    def open(self) -> bool:
        return self.introduction.is_open(time.now())

    @property
    def why(self) -> str:
        """Nothing where its title says all there is."""
        reason = self.introduction.reason_for(self.person)
        return (
            ""
            if reason.get("kind") in (reasons.ASKED, reasons.ROUND)
            else reasons.beside(reason, self.other.name)
        )

    @property
    def asked_stands_above(self) -> bool:
        """Whether what this person asked comes before the choices: it has its reply, or they are folded."""
        replied = self.my_question is not None and bool(self.my_question.reply)
        return replied or self.answer != Answer.NONE

    @property
    def told(self) -> Told:
        return consent.told(self.introduction.ended_how)

    @property
    def i_handed_on(self) -> bool:
        return self.introduction.handed_on_by_id == self.person.pk

    @property
    def i_tell(self) -> bool:
        """Whether this person lets the introducer know that they met."""
        if self.passed is None:
            return False
        return self.passed.first_tells if self.person.pk == self.passed.first_id else self.passed.second_tells


def show(introduction: Introduction, person: Person) -> Shown:
    """Everything its page says; reads no answer but this person's own."""
    shown = Shown(introduction, person)
    shown.answer = own_answers.of(person, [introduction]).get(introduction.pk, Answer.NONE)
    shown.asks_them = bool(own_answers.asked_by(person, [shown.other]))
    for asked in introduction.more_asked.all():
        if asked.by_id == person.pk:
            shown.my_question = asked
        else:
            shown.their_question = asked
    if introduction.state == State.CONNECTED:
        between = Connection.objects.ours(person).ours(shown.other)
        shown.connection = between.order_by("-since", "key").first()
        shown.meeting = _to_come(shown.connection) if shown.connection else None
        shown.passed = PassedOn.objects.filter(introduction=introduction).select_related("introducer").first()
    return shown


def _to_come(connection: Connection) -> Meeting | None:
    """The meeting that is planned, or whose times one of the two may still pick."""
    planned = Meeting.objects.to_come().filter(connection=connection).order_by("state", "-proposed_at", "key")
    return next((one for one in planned if one.starts_at or one.starts(time.now())), None)


def waiting_for(person: Person) -> list[Introduction]:
    """Those this person has not answered, the longest waiting first; of people the names alone."""
    there = _named(person.pk, time.now())
    answers = own_answers.of(person, there) if there else {}
    return [one for one in there if answers.get(one.pk) == Answer.NONE]


@prepared
def _named(person: Any, now: Any) -> QuerySet[Introduction]:
    people_alone = _open(person, now).select_related(None).select_related("first", "second")
    return people_alone.only("key", "ends_at", "first__name", "second__name")


def open_for(person: Person) -> QuerySet[Introduction]:
    """Open introductions in which this person is asked, answered or not."""
    return _open(person, time.now())


def _open(person: Any, now: Any) -> QuerySet[Introduction]:
    mine = Introduction.objects.ours(person).open_at(now)
    return mine.order_by("opens_at", "key")


def questions_to(person: Person) -> list[MoreAsked]:
    """What somebody wants to know before they answer, and this person has not replied to: who asks."""
    return _questions(person.pk, time.now())


@prepared
def _questions(person: Any, now: Any) -> QuerySet[MoreAsked]:
    asked = MoreAsked.objects.mine(person).waiting(now).order_by("asked_at", "key")
    return asked.select_related(None).select_related("by").only("key", "by__name")


@dataclass(frozen=True)
class Visible:
    """What an asker may see of who was asked: who asked for more, who handed on. Both know they are seen."""

    questions: list[MoreAsked] = field(default_factory=list)
    handed_on: list[Introduction] = field(default_factory=list)
    suggested: list[QueueEntry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.questions or self.handed_on)


def visible_in(queue: Queue) -> Visible:
    """Rule 27's exceptions for the author of this queue, in three queries."""
    asked = MoreAsked.objects.filter(introduction__queue=queue, by=F("introduction__second"))
    handed = Introduction.objects.filter(queue=queue, ended_how=Ending.HANDED_ON, delivered=True)
    suggested = QueueEntry.objects.filter(queue=queue, suggested_by__isnull=False)
    return Visible(
        list(asked.select_related("by__team", "introduction").order_by("asked_at", "key")),
        list(handed.select_related("handed_on_by").order_by("opens_at", "key")),
        list(suggested.select_related("person__team", "suggested_by").order_by("position")),
    )


def times_for(introduction: Introduction, person: Person) -> list[datetime]:
    """Up to three starts inside both people's usual hours, where this person has nothing planned."""
    return suggestions.of(introduction, person, minutes=pace(introduction.kind).minutes)


def open_between(person: Person, others: Collection[Person]) -> list[tuple[Introduction, Person]]:
    """What this person was asked with one of these, and may still answer, whatever they answered."""
    asked = Introduction.objects.ours(person).open_at(time.now())
    with_them = asked.filter(Q(first__in=others) | Q(second__in=others)).order_by("ends_at", "key")
    return [(introduction, introduction.other(person)) for introduction in with_them]
