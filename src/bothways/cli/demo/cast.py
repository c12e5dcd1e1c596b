"""How the demo's people come in: on a list, then by invitation, answered or not, as in real life."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from datetime import time as clock_time
from functools import partial
from random import Random

from django.db.models import Count

from bothways.ask.rules import beginning
from bothways.cli.demo import content
from bothways.cli.demo.content import Figure
from bothways.cli.demo.plot import Plot
from bothways.core.models import Organisation
from bothways.people.actions import (
    applying,
    checking,
    first_visits,
    imports,
    invitations,
    organisations,
    roles,
)
from bothways.people.models import Invitation, Person, Topic
from bothways.people.rules.hours import Shift
from bothways.people.rules.roster import writing
from bothways.people.rules.roster.headings import OURS

SLUG = "demo"
NAME = "Larkfield Community Trust"
BUDGETS = ((0, 10), (30, 25), (60, 35), (120, 22), (240, 8))  # minutes, share
ALWAYS_HERE = ("leader@", "manager@", "steward@", "giver@", "newcomer@")


class Cast:
    """Founds the organisation and lets everybody in when their time comes."""

    def __init__(self, plot: Plot, dice: Random, figures: Sequence[Figure]) -> None:
        self.plot, self.dice, self.figures = plot, dice, figures
        self.organisation = organisations.create(SLUG, NAME, time_zone="Europe/London")
        self.administrator = organisations.begin(
            self.organisation, address="administrator@demo.example", name="Rosa Whitlock"
        )
        self.by_address = {figure.email: figure for figure in figures}
        self.topics: list[Topic] = list(Topic.objects.filter(organisation=self.organisation).order_by("key"))

    def begin(self) -> None:
        """Whoever is here already comes on the first list; the others on lists of their own, by quarter."""
        start = self.plot.clock.at.date()
        later = sorted({_quarter(f.started_on) for f in self.figures if f.started_on > start})
        self.take_in([figure for figure in self.figures if figure.started_on <= start])
        for quarter in later:
            new = [f for f in self.figures if f.started_on > start and _quarter(f.started_on) == quarter]
            arrives = max(figure.started_on for figure in new)
            wait = timedelta(days=max(1, (arrives - start).days), hours=3)
            self.plot.after(wait, partial(self.take_in, new))

    def take_in(self, figures: Sequence[Figure]) -> None:
        roster = imports.upload(
            self.organisation, by=self.administrator, name="people.csv", content=roster_of(figures)
        )
        roster = checking.check(imports.begin_check(roster))
        applying.apply(imports.begin_apply(roster))
        new = list(self.organisation.persons.filter(email__in=[figure.email for figure in figures]))
        for person in new:
            if person.email.startswith("steward@"):
                roles.change(person, to=Person.Role.STEWARD)
        invitations.invite(new, by=self.administrator)
        for person in sorted(new, key=lambda each: each.email):
            self._answer(person)

    def _answer(self, person: Person) -> None:
        """Most answer their invitation within days; one in seven never does."""
        known = person.email.startswith(ALWAYS_HERE)
        if known or self.dice.random() < 0.86:
            wait = timedelta(days=self.dice.randint(0, 6), hours=self.dice.randint(1, 9))
            self.plot.after(wait, partial(self.confirm, person))

    def confirm(self, person: Person) -> None:
        figure = self.by_address[person.email]
        invitation = Invitation.objects.open().filter(person=person).order_by("-sent_at").first()
        if invitation is None:
            return
        minutes = 120 if person.email.startswith(ALWAYS_HERE) else content.weighted(self.dice, BUDGETS)
        offers = self._offers(figure)
        person = invitations.confirm(invitation, offers=offers, minutes=minutes)
        first_visits.bring(person, brings=figure.texts["brings"], offers=offers)
        first_visits.hope(person, hopes=figure.texts["hopes"], wants=self._wants(person, figure))
        week = [Shift(day, clock_time(9), clock_time(17)) for day in range(5) if self.dice.random() < 0.9]
        first_visits.give(person, minutes=minutes, hours=week)

    def _wants(self, person: Person, figure: Figure) -> list[Topic]:
        """Two things that another team knows, and something that perhaps nobody does.

        The five whom a visitor steps into want what many offer, so that there is somebody for them.
        """
        offered = Topic.objects.filter(offers__person__organisation=self.organisation)
        elsewhere = offered.exclude(offers__person__team=person.team).annotate(number=Count("offers"))
        if person.email.startswith(ALWAYS_HERE):
            most = list(elsewhere.order_by("-number", "key")[:8])
            return [*most[:3], *self.dice.sample(most[3:], min(len(most[3:]), 2))]
        others = sorted({word for each in self.figures for word in each.topics} - set(figure.topics))
        known = self._about(others)
        return list({*self.dice.sample(known, min(len(known), 2)), self.dice.choice(self.topics)})

    def _about(self, words: Sequence[str]) -> list[Topic]:
        speaks_of = re.compile(rf"\b({'|'.join(map(re.escape, words))})", re.IGNORECASE)
        return [topic for topic in self.topics if speaks_of.search(topic.name)]

    def _offers(self, figure: Figure) -> list[Topic]:
        """What the team knows, what anybody may know who has worked a while, and perhaps one thing more."""
        near = self._about(figure.topics)
        known = self.dice.sample(near, min(len(near), self.dice.randint(1, 3)))
        lived = self.dice.choice([topic for topic in self.topics if topic.key in beginning.TOPICS])
        return list({*known, lived, *self.dice.sample(self.topics, self.dice.randint(0, 1))})


def _quarter(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def roster_of(figures: Sequence[Figure]) -> bytes:
    """The list as a personnel office would send it."""
    return "".join(writing.lines(_row(figure) for figure in figures)).encode()


def _row(figure: Figure) -> list[str]:
    cells = {
        "name": figure.name,
        "email": figure.email,
        "title": figure.title,
        "team": figure.team,
        "manager": figure.manager.email if figure.manager else "",
        "place": figure.place,
        "time_zone": figure.time_zone,
        "languages": ", ".join(figure.languages),
        "pronouns": figure.pronouns,
        "started_on": figure.started_on.isoformat(),
    }
    return [cells.get(field, "") for field in OURS]


def organisation() -> Organisation | None:
    return Organisation.objects.filter(slug=SLUG).first()
