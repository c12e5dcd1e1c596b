"""A program of the steward whom a visitor steps into: people take part, and its first round is rehearsed."""

from datetime import timedelta
from functools import partial
from random import Random

from bothways.cli.demo import content
from bothways.cli.demo.plot import Plot
from bothways.connections.models import Introduction
from bothways.connections.rules.kinds import Kind
from bothways.core import time
from bothways.people.actions import offers
from bothways.people.models import Person
from bothways.programs.actions import participations, programs, rehearsals, rounds

NAME = "Half a year across the harbour"
PURPOSE = (
    "Somebody outside your team to think aloud with, for half a year. An hour every two weeks is plenty.\n\n"
    "Both of you bring something. Whoever has been here for a month can be there for somebody."
)
MOST = 60
MINUTES = 120


def plan(plot: Plot, dice: Random) -> None:
    plot.at(plot.until - timedelta(hours=8), partial(_begin, dice))


def _begin(dice: Random) -> None:
    """About a third look, a third are there, and a third do both."""
    steward = Person.objects.filter(email=f"steward@{content.DOMAIN}", welcomed=True).first()
    if steward is None:
        return
    today = time.today(steward.organisation.time_zone)
    ends = today + timedelta(days=182)
    program = programs.open(
        steward, name=NAME, purpose=PURPOSE, kind=Kind.MENTORING, starts_on=today, ends_on=ends
    )
    known = _with_room(steward)
    for place, person in enumerate(dice.sample(known, min(MOST, len(known)))):
        participations.take_part(program, person, seeks=place % 3 != 1, gives=place % 3 != 0)
        if place % 4:
            _show_what_they_look_for(person)
    rehearsal, _fresh = rehearsals.begin(rounds.open(program, by=steward), by=steward)
    rehearsals.run(rehearsal)


def _show_what_they_look_for(person: Person) -> None:
    """Most do, once they look for somebody: then a rehearsal may say what two have to talk about."""
    for want in person.wants.select_related("topic").order_by("topic__key"):
        offers.want(person, want.topic, shown=True, suggest=want.suggest)


def _with_room(steward: Person) -> list[Person]:
    """Those whose month would hold another introduction: a round has something to do for them."""
    open_now = Introduction.objects.open_at(time.now())
    members = Person.objects.available(time.today()).filter(welcomed=True, budget_minutes__gte=MINUTES)
    found = members.exclude(pk__in=open_now.values("first")).exclude(pk__in=open_now.values("second"))
    return list(found.exclude(pk=steward.pk).select_related("organisation").order_by("email"))
