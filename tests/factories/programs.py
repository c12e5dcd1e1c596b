"""Programs for tests, with people who take part, and their rounds."""

from datetime import timedelta
from typing import Any

from bothways.core import time
from bothways.people.models import Offer, Person, Topic, Want
from bothways.programs import tasks
from bothways.programs.actions import participations, programs, rehearsals, rounds, sending
from bothways.programs.models import Pairing, Participation, Program, Rehearsal, Round
from tests.factories.people import member

PURPOSE = (
    "Somebody outside your team to think aloud with, for half a year.\n\nAn hour every two weeks is plenty."
)
WEEK = [[day, "09:00", "17:00"] for day in range(5)]


def program(by: Person, name: str = "Half a year together", **fields: Any) -> Program:
    """Open from today on, run by this steward."""
    today = time.today()
    said: dict[str, Any] = {"purpose": PURPOSE, "kind": "mentoring", "starts_on": today}
    return programs.open(by, name=name, **(said | {"ends_on": today + timedelta(days=180)} | fields))


def takes_part(person: Person, of: Program, *, seeks: bool = True, gives: bool = False) -> Participation:
    return participations.take_part(of, person, seeks=seeks, gives=gives)


def seeker(of: Program, name: str, *wants: Topic, shown: bool = True, **fields: Any) -> Person:
    """Somebody new who takes part and looks for somebody for these topics."""
    person = member(of.organisation, name, **fields)
    Want.objects.bulk_create(Want(person=person, topic=topic, shown=shown) for topic in wants)
    takes_part(person, of)
    return person


def giver(of: Program, name: str, *offers: Topic, **fields: Any) -> Person:
    """Somebody new who takes part and is there for others with these topics."""
    person = member(of.organisation, name, **fields)
    Offer.objects.bulk_create(Offer(person=person, topic=topic) for topic in offers)
    takes_part(person, of, seeks=False, gives=True)
    return person


def round_of(program: Program, by: Person) -> Round:
    return rounds.open(program, by=by)


def rehearsed(round_: Round, by: Person | None = None) -> Rehearsal:
    """A rehearsal that has come to its end."""
    made = tasks.rehearse(round_, by=by)
    rehearsals.run(made)
    return Rehearsal.objects.select_related("round__program__organisation", "asked_by").get(pk=made.pk)


def sent(rehearsal: Rehearsal, by: Person | None = None, *, anyway: bool = False) -> Round:
    """Sent, and all its introductions opened that can be."""
    round_ = sending.send(rehearsal, by=by, anyway=anyway)
    while sending.advance():
        pass
    return round_


def introduced(rehearsal: Rehearsal, rank: int = 1) -> set[tuple[str, str]]:
    """The first names of whom it introduces to whom."""
    found = Pairing.objects.filter(rehearsal=rehearsal, rank=rank).select_related("seeker", "giver")
    return {(pairing.seeker.first_name, pairing.giver.first_name) for pairing in found}
