"""A year of an organisation, lived through the real verbs under the driven clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bothways.cli.demo import acquaintance, bulk, content, lately, rounds
from bothways.cli.demo.asking import Asking
from bothways.cli.demo.cast import ALWAYS_HERE, Cast
from bothways.cli.demo.plot import Plot
from bothways.cli.demo.relationships import Relationships
from bothways.core import keys, ticks, time
from bothways.core.models import Tick
from bothways.people.actions import first_visits, presence
from bothways.people.models import Person

LASTS = timedelta(days=365)
# What the worker does at night long ago. Offers, digests, second looks, tidying: only their last turns show.
ALWAYS = (
    "connections.tasks.promise_clock",
    "connections.tasks.life_of_connections",
    "people.tasks.take_snapshot",
)
ROUTINE = timedelta(days=6)
AFTERWARDS = "ask.tasks.show_anew"  # loads the engine, for which whoever opens a demo should not have to wait
NOT_YET = timedelta(days=7)
SETTLED = timedelta(hours=19)  # before the end, so that the administrator takes no part in the year
MOST_PEOPLE = 2000  # beyond, people come in bulk
LIVELY = 400  # in a larger organisation the others have only just come in
SEED = 7


def live(count: int, *, until: datetime, tell: Callable[[str], None], lived: int = MOST_PEOPLE) -> None:
    """Fill an empty database with `count` people and their year. Same count and day, same people.

    One of them is the administrator, who founded it. At most `lived` of the others live it; to the rest it
    happened in bulk.
    """
    dice = Random(f"year/{SEED}/{count}")
    figures = content.figures(min(count - 1, lived), seed=SEED, today=until.date())
    begins = (until - LASTS).replace(hour=8, minute=0, second=0, microsecond=0)
    with time.driven(begins) as clock:
        plot = Plot(clock, until, tell, f"demo/{SEED}/{count}")
        with keys.derived(plot.seed, "founding"):
            cast = Cast(plot, dice, figures)
            cast.begin()
        _fill(plot, dice, len(figures), begins)
        plot.at(until - SETTLED, partial(first_visits.skip, cast.administrator))
        _rest(until - ROUTINE)
        plot.run()
        if more := count - 1 - len(figures):
            bulk.add(cast.organisation, more, seed=plot.seed, tell=tell)


def _rest(until: datetime) -> None:
    for job in ticks.names() - set(ALWAYS):
        wait = NOT_YET if job == AFTERWARDS else timedelta()
        Tick.objects.update_or_create(name=job, defaults={"due_at": until + wait})


def _fill(plot: Plot, dice: Random, count: int, begins: datetime) -> None:
    asking, relationships = Asking(plot, dice), Relationships(plot, dice)
    for day in range(LASTS.days + 1):
        morning = begins + timedelta(days=day)
        if morning.weekday() == 0:
            plot.at(morning + timedelta(minutes=30), partial(_visits, dice))
        plot.at(morning + timedelta(hours=1), asking.look)
        plot.at(morning + timedelta(hours=1), relationships.look)
        if morning.weekday() < 5 and day > 7:
            for _ in range(_how_many(dice, min(count, LIVELY) / 300)):
                plot.at(morning + timedelta(hours=dice.randint(1, 9)), asking.somebody_asks)
            if dice.random() < min(count, LIVELY) / 1500:
                plot.at(morning + timedelta(hours=5), asking.somebody_introduces)
    acquaintance.plan(plot)
    lately.plan(plot, asking, dice)
    rounds.plan(plot, dice)


def _how_many(dice: Random, mean: float) -> int:
    """A whole number with this mean."""
    return int(mean) + (dice.random() < mean % 1)


def _visits(dice: Random) -> None:
    """Some come by in a week for no reason; whoever stays away for long is not suggested any more."""
    here = Person.objects.filter(state=Person.State.ACTIVE).order_by("email").values_list("email", "pk")
    come = [pk for email, pk in here if dice.random() < 0.2 or email.startswith(ALWAYS_HERE)]
    for person in Person.objects.filter(pk__in=come).order_by("email"):
        presence.note(person, on=time.today())
