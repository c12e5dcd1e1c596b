"""The newcomer and the giver: they have met once, each noted what they learned, and they meet again soon."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet

from bothways.ask.actions import asks
from bothways.ask.sources import Inquiry
from bothways.cli.demo import content
from bothways.cli.demo.plot import Plot
from bothways.connections.actions import answers, life, meetings, messages, reflections
from bothways.connections.actions.refusals import Refusal
from bothways.connections.models import Connection, Introduction, Meeting
from bothways.connections.rules.kinds import Kind
from bothways.core import time
from bothways.people.models import Person

NOTE = (
    "I am three weeks in and do not yet see how things fit together here. Would you have half an hour for me?"
)
THANKS = "Thank you again. I drew the map you described, and it already helped me once."
LEARNED = (
    "Nobody expects me to know the history. Asking for it is welcome.",
    "How odd our words are to new ears.",
)


def plan(plot: Plot) -> None:
    """Two weeks of it, each step by the verb that anybody would use; what is refused is left out."""
    for days, step in ((15, _ask), (14, _say_yes), (13, _pick), (7, _note), (6, _write), (2, _again)):
        plot.at(plot.until - timedelta(days=days), partial(_try, step))


def _try(step: Callable[[Person, Person], None]) -> None:
    known = Person.objects.select_related("organisation", "team").filter(welcomed=True)
    newcomer = known.filter(email=f"newcomer@{content.DOMAIN}").first()
    giver = known.filter(email=f"giver@{content.DOMAIN}").first()
    if newcomer and giver:
        try:
            step(newcomer, giver)
        except (Refusal, answers.Over):
            return


def _ask(newcomer: Person, giver: Person) -> None:
    asks.ask(Inquiry(person=newcomer, sentence=""), [giver], kind=Kind.CONVERSATION, note=NOTE)


def _say_yes(newcomer: Person, giver: Person) -> None:
    for asked in Introduction.objects.between(newcomer, giver).open_at(time.now()):
        answers.accept(asked, by=giver, times=[_at_ten(2), _at_ten(3)])


def _pick(newcomer: Person, giver: Person) -> None:
    for proposed in _of(newcomer, giver).filter(state=Meeting.State.PROPOSED):
        by = giver if proposed.proposed_by_id == newcomer.pk else newcomer
        meetings.pick(proposed, proposed.starts(time.now())[0], by=by)


def _note(newcomer: Person, giver: Person) -> None:
    while life.advance():  # it is held once its end has come
        pass
    for held in _of(newcomer, giver).filter(state=Meeting.State.HELD):
        for person, learned in zip((newcomer, giver), LEARNED, strict=True):
            reflections.write(held, by=person, learned=learned, useful="yes", shared=True)


def _write(newcomer: Person, giver: Person) -> None:
    for connection in _between(newcomer, giver):
        messages.send(connection, THANKS, by=newcomer)


def _again(newcomer: Person, giver: Person) -> None:
    for connection in _between(newcomer, giver):
        start = _at_ten(4)
        meetings.pick(meetings.propose(connection, [start], by=giver), start, by=newcomer)


def _between(newcomer: Person, giver: Person) -> list[Connection]:
    return list(Connection.objects.ours(newcomer).ours(giver).alive())


def _of(newcomer: Person, giver: Person) -> QuerySet[Meeting]:
    return Meeting.objects.filter(connection__in=_between(newcomer, giver))


def _at_ten(days: int) -> datetime:
    day = time.add_working_days(time.now(), days)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)
