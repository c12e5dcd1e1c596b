"""How the demo's people get on once they are connected: they meet, write, learn, agree, rest, end."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db.models import QuerySet

from bothways.cli.demo import content
from bothways.cli.demo.cast import ALWAYS_HERE
from bothways.cli.demo.plot import Plot
from bothways.connections.actions import agreements, connections, life, meetings, messages, reflections
from bothways.connections.actions.refusals import Refusal
from bothways.connections.models import Connection, Meeting
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import Person

LEARNED = [row["learned"] for row in content.rows("learned")]
WORDS = [row["message"] for row in content.rows("messages")]


MEETINGS = ((1, 45), (2, 25), (4, 20), (7, 10))  # how many they would like, share
LASTING = (2, 5)  # still to come after the second of four and of seven: time for an agreement


@prepared
def _since(seen: Any) -> QuerySet[Connection]:
    return Connection.objects.filter(pk__gt=seen).select_related("first", "second").order_by("pk")


class Relationships:
    """Watches for new connections and gives each a life of its own."""

    def __init__(self, plot: Plot, dice: Random) -> None:
        self.plot, self.dice = plot, dice
        self.seen = 0

    def look(self) -> None:
        """Called every day: whoever has been connected since begins to get on."""
        for connection in _since(self.seen):
            self.seen = connection.pk
            if all(person.email.startswith(ALWAYS_HERE) for person in connection.pair()):
                continue  # whom one steps into have a story of their own
            wants = content.weighted(self.dice, MEETINGS)
            self.plot.after(self._days(1, 3), partial(self.meet, connection, wants))

    def meet(self, connection: Connection, still: int) -> None:
        connection.refresh_from_db()
        if not connection.is_alive:
            return
        meeting = connection.meetings.filter(state=Meeting.State.PROPOSED).first()
        try:
            if meeting is None:
                start = self._morning()
                times = [start, start + timedelta(days=1, hours=2)]
                meeting = meetings.propose(connection, times, by=self._one(connection))
            self._pick(connection, meeting, still)
        except Refusal:
            return
        if self.dice.random() < 0.6:
            self.write(connection)

    def _pick(self, connection: Connection, meeting: Meeting, still: int) -> None:
        if self.dice.random() < 0.1:
            return  # nobody picks; the nudges have something to do
        start = datetime.fromisoformat(self.dice.choice(meeting.times))
        if start <= time.now():
            start = self._morning()
            meeting = meetings.propose(connection, [start], by=self._one(connection))
        picked = meetings.pick(meeting, start, by=self._other(connection, meeting.proposed_by_id))
        self.plot.at(start + timedelta(hours=3), partial(self.reflect, connection, picked, still))

    def reflect(self, connection: Connection, meeting: Meeting, still: int) -> None:
        while life.advance():  # it is held once its end has come; the worker does not work every night
            pass
        for person in connection.pair():
            if self.dice.random() < 0.7:
                try:
                    self._reflect(meeting, person)
                except Refusal:
                    return
        self._go_on(connection, still - 1)

    def _reflect(self, meeting: Meeting, person: Person) -> None:
        reflections.write(
            meeting,
            by=person,
            learned=self.dice.choice(LEARNED),
            useful=self.dice.choices(("yes", "somewhat", "no"), (75, 20, 5))[0],
            shared=self.dice.random() < 0.5,
        )

    def _go_on(self, connection: Connection, still: int) -> None:
        if still in LASTING:
            self.agree(connection)
        if still > 0:
            self.plot.after(self._days(12, 35), partial(self.meet, connection, still))
        elif self.dice.random() < 0.25:
            self.plot.after(self._days(5, 30), partial(connections.end, connection))

    def agree(self, connection: Connection) -> None:
        first, second = connection.pair()
        words = agreements.Words(
            brings=first.brings or "Questions, and time to listen.",
            hopes=first.hopes or "To see my work from outside.",
            cadence="Every three weeks, forty minutes, walking where we can.",
            confidentiality="What we say stays between us. Either of us may tell our own part.",
            boundaries="No work for each other, no favours in the line of duty.",
            months=self.dice.choice((3, 6)),
        )
        try:
            written = agreements.write(connection, words, by=first, upon=0)
            if self.dice.random() < 0.85:
                theirs = replace(
                    words,
                    brings=second.brings or "What I have seen, and where it went wrong.",
                    hopes=second.hopes or "To hear how it looks from where you are.",
                )
                agreements.sign(
                    agreements.write(connection, theirs, by=second, upon=written.version), by=first
                )
        except Refusal:
            return

    def write(self, connection: Connection) -> None:
        try:
            messages.send(connection, self.dice.choice(WORDS), by=self._one(connection))
        except Refusal:
            return

    def _one(self, connection: Connection) -> Person:
        return self.dice.choice(connection.pair())

    def _other(self, connection: Connection, pk: int) -> Person:
        return connection.second if connection.first_id == pk else connection.first

    def _days(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.dice.randint(least, most), hours=self.dice.randint(0, 8))

    def _morning(self) -> datetime:
        """A working hour some days from now."""
        day = time.add_working_days(time.now(), self.dice.randint(1, 5))
        return day.replace(
            hour=self.dice.randint(9, 15), minute=self.dice.choice((0, 30)), second=0, microsecond=0
        )
