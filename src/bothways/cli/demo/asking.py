"""How the demo's people ask and are asked: yes, not now, tell me more, silence, as people do."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db.models import QuerySet

from bothways.ask.actions import asks
from bothways.ask.matchmaking import suggesting
from bothways.ask.sources import Inquiry
from bothways.cli.demo import content
from bothways.cli.demo.cast import ALWAYS_HERE
from bothways.cli.demo.plot import Plot
from bothways.connections.actions import answers, introductions, queues
from bothways.connections.models import Introduction
from bothways.connections.rules.kinds import Kind
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import Person

ASKS = content.rows("asks")
KINDS = ((Kind.CONVERSATION, 70), (Kind.MENTORING, 15), (Kind.PEER, 10), (Kind.REVERSE, 5))
DOES = (("yes", 46), ("not now", 20), ("silence", 28), ("tell me more", 6))

LEFT_OPEN = timedelta(days=4)


@prepared
def _since(seen: Any) -> QuerySet[Introduction]:
    return Introduction.objects.filter(pk__gt=seen).select_related("first", "second").order_by("pk")


class Asking:
    """Every day a few people ask, and whoever was asked does something about it, or nothing."""

    def __init__(self, plot: Plot, dice: Random) -> None:
        self.plot, self.dice = plot, dice
        self.seen = 0

    def somebody_asks(self) -> None:
        here = Person.objects.filter(state=Person.State.ACTIVE, welcomed=True).order_by("email")
        if ids := list(here.values_list("pk", flat=True)):
            self.ask(Person(pk=self.dice.choice(ids)))

    def ask(self, author: Person, row: dict[str, str] | None = None) -> None:
        row = row or self.dice.choice(ASKS)
        author = Person.objects.select_related("organisation", "team").get(pk=author.pk)
        inquiry = Inquiry(person=author, sentence=row["sentence"])
        people = [found.person for found in suggesting.people_for(inquiry)]
        kind = content.weighted(self.dice, KINDS)
        try:
            if people:
                asks.ask(
                    inquiry, people, kind=kind, note=row["note"], one_at_a_time=self.dice.random() < 0.15
                )
            else:
                asks.keep_open(inquiry)
        except (queues.TooManyOpen, asks.TooManyKeptOpen):
            return

    def somebody_introduces(self) -> None:
        here = Person.objects.filter(state=Person.State.ACTIVE, confirmed_at__isnull=False).order_by("email")
        ids = list(here.values_list("pk", flat=True))
        if len(ids) < 3:
            return
        three = self.dice.sample(ids, 3)
        found = here.select_related("organisation").in_bulk(three)
        by, first, second = (found[pk] for pk in three)
        if not introductions.introduces_again_at(by):
            why = "You have both spoken to me about the same thing."
            introductions.introduce(first, second, by=by, why=why)

    def look(self) -> None:
        """Called every day: whoever has been asked since may answer."""
        for introduction in _since(self.seen):
            self.seen = introduction.pk
            for person in introduction.asked():
                does = content.weighted(self.dice, DOES)
                wait = timedelta(hours=self.dice.randint(2, 90))
                self.plot.after(wait, partial(self.answer, introduction, person, does))

    def answer(self, introduction: Introduction, person: Person, does: str) -> None:
        if person.email.startswith(ALWAYS_HERE) and introduction.opens_at > self.plot.until - LEFT_OPEN:
            return  # for whoever steps in
        try:
            if does == "yes":
                answers.accept(introduction, by=person, times=self._times())
            elif does == "not now":
                answers.not_now(introduction, by=person)
            elif does == "tell me more":
                answers.tell_me_more(introduction, by=person, question="What have you tried so far?")
                self.plot.after(timedelta(hours=30), partial(self.answer, introduction, person, "yes"))
        except answers.Over:
            return

    def _times(self) -> list[datetime]:
        day = time.add_working_days(time.now(), self.dice.randint(2, 5))
        first = day.replace(hour=self.dice.randint(9, 14), minute=0, second=0, microsecond=0)
        return [first, first + timedelta(days=1, hours=1)]
