"""The last two days of the five whom a visitor steps into: something waits for each, by the same verbs."""

from datetime import timedelta
from functools import partial
from random import Random

from bothways.ask.actions import asks, steward_asks
from bothways.ask.sources import Inquiry
from bothways.cli.demo import content
from bothways.cli.demo.asking import ASKS, Asking
from bothways.cli.demo.cast import ALWAYS_HERE
from bothways.cli.demo.plot import Plot
from bothways.connections.actions import queues
from bothways.connections.models import Connection, Introduction
from bothways.connections.rules.kinds import Kind
from bothways.people.models import Person

ASK = (("newcomer", 2), ("manager", 8))  # who asks, and which ask
ARE_ASKED = (("giver", 0), ("leader", 12), ("manager", 5))
FOR_THE_STEWARD = (
    "I said yes to a first conversation and now I dread it a little: she has been here for twenty years. "
    "How do others begin? And would you tell me if it is silly to bring a list?"
)


def plan(plot: Plot, asking: Asking, dice: Random) -> None:
    lately = _Lately(asking, dice)
    for role, row in ASK:
        plot.at(plot.until - timedelta(hours=26), partial(lately.asks, role, ASKS[row]))
    for hours, (role, row) in enumerate(ARE_ASKED, start=20):
        plot.at(plot.until - timedelta(hours=hours), partial(lately.is_asked, role, ASKS[row]))
    plot.at(plot.until - timedelta(hours=30), lately.steward_is_asked)


class _Lately:
    def __init__(self, asking: Asking, dice: Random) -> None:
        self.asking, self.dice = asking, dice

    def asks(self, role: str, row: dict[str, str]) -> None:
        if person := _of(role):
            self.asking.ask(person, row)

    def is_asked(self, role: str, row: dict[str, str]) -> None:
        asked = _of(role)
        author = self._stranger(asked) if asked else None
        if asked and author:
            inquiry = Inquiry(person=author, sentence=row["sentence"])
            try:
                asks.ask(inquiry, [asked], kind=Kind.CONVERSATION, note=row["note"])
            except queues.TooManyOpen:
                return

    def steward_is_asked(self) -> None:
        steward = _of("steward")
        author = self._stranger(steward) if steward else None
        if steward and author:
            steward_asks.send(author, steward, text=FOR_THE_STEWARD)

    def _stranger(self, person: Person) -> Person | None:
        """Somebody of another team whom this person has not met, and neither of the two manages the other."""
        members = Person.objects.filter(state=Person.State.ACTIVE, welcomed=True).exclude(team=None)
        others = members.exclude(team=person.team).select_related("organisation", "team").order_by("email")
        for other in self.dice.sample(list(others), len(others)):
            near = person.pk in (other.manager_id, other.pk) or person.manager_id == other.pk
            if not (near or other.email.startswith(ALWAYS_HERE) or _have_met(person, other)):
                return other
        return None


def _have_met(person: Person, other: Person) -> bool:
    introduced = Introduction.objects.between(person, other)
    return Connection.objects.ours(person).ours(other).exists() or introduced.exists()


def _of(role: str) -> Person | None:
    known = Person.objects.select_related("organisation", "team")
    return known.filter(email=f"{role}@{content.DOMAIN}", welcomed=True).first()
