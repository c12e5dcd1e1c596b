"""Programs for tests, with people who take part."""

from datetime import timedelta
from typing import Any

from bothways.core import time
from bothways.people.models import Offer, Person, Want
from bothways.programs.actions import participations, programs
from bothways.programs.models import Participation, Program
from tests.factories.people import member, topic

PURPOSE = "Somebody outside your team to think aloud with, for half a year.\n\nAn hour every two weeks is plenty."
WEEK = [[day, hour] for day in range(5) for hour in range(9, 17)]


def program(by: Person, name: str = "Half a year together", **fields: Any) -> Program:
    """Open from today on, run by this steward."""
    said = {"purpose": PURPOSE, "kind": "mentoring", "starts_on": time.today(), "ends_on": None}
    return programs.open(by, name=name, **(said | {"ends_on": time.today() + timedelta(days=180)} | fields))


def takes_part(person: Person, of: Program, *, seeks: bool = True, gives: bool = False) -> Participation:
    return participations.take_part(of, person, seeks=seeks, gives=gives)
