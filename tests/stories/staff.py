"""Three hundred colleagues: the list that another system writes of them, and how they come in."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import time as clock_time
from itertools import cycle

from bothways.cli.demo import content
from bothways.cli.demo.content import Figure
from bothways.core.models import Organisation
from bothways.people.actions import first_visits, invitations
from bothways.people.models import Invitation, Person, Topic
from bothways.people.rules.hours import Shift
from bothways.programs.actions import participations
from bothways.programs.models import Program
from tests.conftest import START

HOW_MANY = 300
HEADINGS = (
    *("Employee ID", "Surname", "First name", "Work e-mail", "Job title", "Department"),
    *("Line manager's email", "Location", "Hire date", "Time zone", "Languages", "Date of birth"),
)
SUBJECTS = ("Public speaking", "Delegation", "Negotiation", "Saying no", "Giving feedback")
WEEK = [Shift(day, clock_time(9), clock_time(17)) for day in range(5)]


def colleagues() -> list[Figure]:
    """With teams, managers, places, languages, starting days and clocks of their own; always the same."""
    found = content.figures(HOW_MANY, seed=300, today=START.date())
    for one in found:
        one.email = content.address(one.name, one.number).replace(content.DOMAIN, "harbour.example")
    return found


def written(people: Sequence[Figure]) -> bytes:
    """As the other system writes it: with semicolons, days first, and more than anybody needs."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(HEADINGS)
    rows.writerows(_row(one) for one in people)
    rows.writerow([9999, "Doe", "Jane", "not known yet", "", "Housing", "", "", "", "", "", ""])
    return text.getvalue().encode("utf-8-sig")


def _row(one: Figure) -> list[object]:
    first, last = one.name.split(" ", 1)
    boss = one.manager.email if one.manager else ""
    work = [one.title, one.team, boss, one.place, one.started_on.strftime("%d/%m/%Y"), one.time_zone]
    return [1000 + one.number, last, first, one.email, *work, ", ".join(one.languages), "01/01/1980"]


def come_in(invited: Iterable[Invitation], topics: Sequence[Topic]) -> list[Person]:
    """Each answers the invitation, offers two topics, wants two others, and says when they work."""
    return [_comes_in(*each) for each in zip(invited, _turning(topics), strict=False)]


def _comes_in(invitation: Invitation, topics: Sequence[Topic]) -> Person:
    person = invitations.confirm(invitation, offers=topics[:2], minutes=120)
    first_visits.hope(person, hopes="To learn from somebody else.", wants=topics[2:4])
    first_visits.give(person, minutes=120, hours=WEEK)
    return person


def _turning(topics: Sequence[Topic]) -> Iterator[Sequence[Topic]]:
    """The topics in their order, each time beginning with the next."""
    for first in cycle(range(len(topics))):
        yield [*topics[first:], *topics[:first]]


def subjects(of: Organisation) -> list[Topic]:
    found = {topic.name: topic for topic in Topic.objects.filter(organisation=of, name__in=SUBJECTS)}
    return [found[name] for name in SUBJECTS]


def take_part(people: Sequence[Person], program: Program) -> None:
    """Every third looks for somebody, so that there is room for all."""
    for place, person in enumerate(people):
        participations.take_part(program, person, seeks=place % 3 == 0, gives=place % 3 != 0)
