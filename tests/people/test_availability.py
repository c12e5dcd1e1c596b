"""The nightly snapshot: confirmed, here lately, minutes for a talk, fewer than two holds; nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bothways.core.models import Organisation
from bothways.core.time import Clock
from bothways.people.actions import availability, budgets
from bothways.people.models import Person, Reservation
from tests import factories

MONTH = date(2026, 3, 1)
TODAY = date(2026, 3, 2)


def held(person: Person, minutes: int, source: str, month: date = MONTH, kind: str = "held") -> None:
    Reservation.objects.create(
        person=person, month=month, minutes=minutes, source_key=source, kind=Reservation.Kind(kind)
    )


@pytest.mark.parametrize(
    ("fields", "room"),
    [
        ({}, True),
        ({"confirmed_at": None}, False),
        ({"here_on": None}, False),
        ({"here_on": TODAY - timedelta(days=60)}, True),
        ({"here_on": TODAY - timedelta(days=61)}, False),
        ({"budget_minutes": 0}, False),
        ({"budget_minutes": 29}, False),
        ({"budget_minutes": 30}, True),
        ({"state": Person.State.INVITED}, False),
        ({"state": Person.State.SUSPENDED}, False),
        ({"state": Person.State.LEFT}, False),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_room_follows_from_public_state(
    clock: Clock, organisation: Organisation, fields: dict[str, Any], room: bool, before: bool
) -> None:
    ada = factories.member(organisation, has_room=before, **fields)
    assert availability.take_snapshot(organisation) == (room != before)
    ada.refresh_from_db()
    assert ada.has_room is room
    assert availability.take_snapshot(organisation) == 0


def test_minutes_of_this_month_and_open_holds_take_room(clock: Clock, organisation: Organisation) -> None:
    full = factories.member(organisation, budget_minutes=60)
    held(full, 31, "a", kind="booked")
    asked_twice = factories.member(organisation, budget_minutes=600)
    held(asked_twice, 30, "b")
    held(asked_twice, 30, "c", month=date(2026, 2, 1))
    free = factories.member(organisation, budget_minutes=60)
    held(free, 60, "d", month=date(2026, 2, 1), kind="booked")
    held(free, 30, "e")
    availability.take_snapshot(organisation)
    rooms = dict(Person.objects.values_list("pk", "has_room"))
    assert rooms == {full.pk: False, asked_twice.pk: False, free.pk: True}


def test_the_snapshot_stays_inside_the_wall(clock: Clock, organisation: Organisation) -> None:
    stranger = factories.member(factories.organisation("meadow"), confirmed_at=None)
    availability.take_snapshot(organisation)
    stranger.refresh_from_db()
    assert stranger.has_room


def test_one_person_is_seen_to_at_once(clock: Clock, organisation: Organisation) -> None:
    ada, bo = (factories.member(organisation, has_room=False) for _ in range(2))
    assert availability.of(ada)
    assert list(Person.objects.filter(has_room=True)) == [ada]
    assert not budgets.change(ada, minutes=0).has_room
    assert not Person.objects.filter(has_room=True).exists()
    assert bo.pk


def test_two_statements_whatever_the_number(clock: Clock, organisation: Organisation) -> None:
    for _ in range(12):
        factories.member(organisation, has_room=False)
    with CaptureQueriesContext(connection) as queries:
        availability.take_snapshot(organisation)
    assert len([query for query in queries if "UPDATE" in query["sql"]]) == 2
