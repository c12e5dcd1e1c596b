"""What the pages of connections need to know, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from bothways.connections.models import Agreement, Connection, Meeting
from bothways.connections.queries import own_wishes
from bothways.connections.rules import kind_texts, next_step
from bothways.connections.rules.next_step import Facts, Step
from bothways.core import time
from bothways.core.prepared import among, prepared
from bothways.people.models import Person

A_PAGE = 25
ON_HOME = 3
State = Connection.State


@dataclass
class Standing:
    """Where a connection stands for one of its two people."""

    connection: Connection
    person: Person
    picked: Meeting | None = None
    offered_to_me: list[Meeting] = field(default_factory=list)
    offered_by_me: list[Meeting] = field(default_factory=list)
    met: int = 0
    reflect_on: Meeting | None = None
    in_force: Agreement | None = None
    unsigned: Agreement | None = None
    asked: dict[str, str] = field(default_factory=dict)

    @property
    def other(self) -> Person:
        return self.connection.other(self.person)

    @property
    def step(self) -> Step:
        return next_step.step(self.facts, time.now())

    @property
    def also_waiting(self) -> list[Step]:
        """What waits for this person besides the next step."""
        return next_step.waiting(self.facts, time.now())[1:]

    @property
    def sign_for_me(self) -> bool:
        return self.unsigned is not None and not self.unsigned.signed_by(self.person)

    @property
    def kind_for_me(self) -> str:
        """A kind the other proposed, unless this person has left it as it is."""
        offered = self.connection.kind_on_offer(time.now())
        mine = self.connection.kind_proposed_by_id == self.person.pk
        return "" if mine or self.asked.get("kind") == "leave" else offered

    @property
    def kind_by_me(self) -> str:
        mine = self.connection.kind_proposed_by_id == self.person.pk
        return self.connection.kind_on_offer(time.now()) if mine else ""

    @cached_property
    def facts(self) -> Facts:
        """What the next step depends on; a page asks for it more than once."""
        connection = self.connection
        return Facts(
            ended=not connection.is_alive,
            resting=connection.state == State.RESTING,
            asked=frozenset(question for question, said in self.asked.items() if not said),
            proposed_to_me=bool(self.offered_to_me),
            proposed_by_me=bool(self.offered_by_me),
            picked_at=self.picked.starts_at if self.picked else None,
            other_times_for_me=self.has_other_times(),
            met=self.met,
            reflect_since=self.reflect_on.ends_at if self.reflect_on else None,
            kind_open=connection.kind not in kind_texts.LASTING and not connection.kind_on_offer(time.now()),
            kind_for_me=bool(self.kind_for_me),
            kind_lasts=connection.kind in kind_texts.LASTING,
            sign_for_me=self.sign_for_me,
            agreement_waits=self.unsigned is not None,
            in_force_until=self.in_force.ends_on if self.in_force else None,
        )

    def has_other_times(self) -> bool:
        """Whether the other offers other times for the picked meeting."""
        picked = self.picked
        return bool(picked and picked.proposed_by_id != self.person.pk and picked.starts(time.now()))


def standings(person: Person, connections: Sequence[Connection]) -> list[Standing]:
    """Where these connections stand for this person; six queries, however many they are."""
    found = {one.pk: Standing(one, person) for one in connections}
    ids = list(found)
    for meeting in _to_come(ids):
        _put(found[meeting.connection_id], meeting)
    for pk, met in _met(ids):
        found[pk].met = met
    for meeting in _to_reflect_on(ids, person.pk, time.now() - next_step.REFLECT_WITHIN):
        found[meeting.connection_id].reflect_on = meeting
    for agreement in _agreements(ids):
        _settle(found[agreement.connection_id], agreement)
    for pk, asked in own_wishes.of(person, connections).items():
        found[pk].asked = asked
    return list(found.values())


@prepared
def _to_come(connections: Any) -> QuerySet[Meeting]:
    return Meeting.objects.to_come().filter(among("connection", connections)).order_by("proposed_at", "key")


@prepared
def _met(connections: Any) -> QuerySet[Meeting, tuple[int, int]]:
    return (
        _held(connections)
        .values("connection_id")
        .annotate(met=Count("pk"))
        .values_list("connection_id", "met")
    )


@prepared
def _to_reflect_on(connections: Any, person: Any, since: Any) -> QuerySet[Meeting]:
    recently = _held(connections).filter(starts_at__gt=since)
    return recently.exclude(reflections__author=person).order_by("starts_at")


def _held(connections: Any) -> QuerySet[Meeting]:
    return Meeting.objects.filter(among("connection", connections), state=Meeting.State.HELD)


@prepared
def _agreements(connections: Any) -> QuerySet[Agreement]:
    return Agreement.objects.filter(among("connection", connections), closed_at=None).order_by("version")


def _put(standing: Standing, meeting: Meeting) -> None:
    meeting.connection = standing.connection
    if meeting.state == Meeting.State.PICKED:
        standing.picked = meeting
    elif meeting.starts(time.now()):
        mine = meeting.proposed_by_id == standing.person.pk
        (standing.offered_by_me if mine else standing.offered_to_me).append(meeting)


def _settle(standing: Standing, agreement: Agreement) -> None:
    agreement.connection = standing.connection
    if agreement.in_force:
        standing.in_force = agreement
    else:
        standing.unsigned = agreement


def standing(person: Person, connection: Connection) -> Standing:
    return standings(person, [connection])[0]


def coming_up(person: Person) -> list[Meeting]:
    """The next meetings of this person, the soonest first; of people the names alone."""
    return _coming_up(person.pk, time.now())


@prepared
def _coming_up(person: Any, now: Any) -> QuerySet[Meeting]:
    picked = Meeting.objects.ours(person).filter(state=Meeting.State.PICKED, starts_at__gte=now)
    people_alone = picked.select_related(None).select_related("connection__first", "connection__second")
    named = people_alone.only("key", "starts_at", "connection__first__name", "connection__second__name")
    return named.order_by("starts_at", "key")[:ON_HOME]


def mine(person: Person, number: int | str = 1) -> tuple[Page[Connection], list[Standing]]:
    """A page of this person's connections: alive ones, the soonest meeting first; resting; ended."""
    soonest = Meeting.objects.filter(connection=OuterRef("pk"), state=Meeting.State.PICKED)
    order = Case(
        When(state=State.RESTING, then=Value(1)),
        When(state=State.ENDED, then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    ours = Connection.objects.ours(person).annotate(
        soonest=Subquery(soonest.values("starts_at")[:1]), place=order
    )
    ordered = ours.order_by("place", F("soonest").asc(nulls_last=True), "-moved_at", "key")
    page = Paginator(ordered, A_PAGE).get_page(number)
    return page, standings(person, list(page))
