"""The demo is the same for everybody who begins it on the same day."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import transaction

from bothways.cli.demo import content, year
from bothways.cli.demo.cast import ALWAYS_HERE
from bothways.connections.models import Connection, Meeting, Reflection
from bothways.core.models import Tick
from bothways.inbox.models import Message
from bothways.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]
UNTIL = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_year(until: datetime = UNTIL) -> Sequence[tuple[str, ...]]:
    """What became of a small organisation."""
    with transaction.atomic():
        year.live(12, until=until, tell=lambda what: None)
        people = Person.objects.order_by("key").values_list("key", "name", "hopes")
        told = Message.objects.order_by("key").values_list("key", "kind", "about")
        seen = [*people, *told]
        transaction.set_rollback(True)
    return seen


def test_the_same_day_brings_the_same_year() -> None:
    early = UNTIL.replace(hour=4, minute=3)
    first = a_year(early)
    assert len(first) > 12, "twelve people, and something that happened"
    assert a_year(early) == first


@pytest.mark.parametrize("hour", [0, 23])
def test_it_can_begin_at_any_hour(hour: int) -> None:
    assert len(a_year(UNTIL.replace(hour=hour, minute=3))) > 12


def test_newcomer_and_giver_have_met_and_meet_again() -> None:
    """And the night that loads the engine comes afterwards."""
    year.live(12, until=UNTIL, tell=lambda what: None)
    assert Tick.objects.get(name=year.AFTERWARDS).due_at > UNTIL
    meetings = Meeting.objects.filter(connection__in=known_to_each_other()).order_by("starts_at")
    assert [meeting.state for meeting in meetings] == ["held", "picked"]
    assert Reflection.objects.filter(meeting=meetings[0], shared=True).count() == 2


def known_to_each_other() -> list[Connection]:
    newcomer, giver = (Person.objects.get(email=f"{role}@{content.DOMAIN}") for role in ("newcomer", "giver"))
    return list(Connection.objects.ours(newcomer).ours(giver).alive())


@pytest.mark.parametrize("count", [12, 40, 120])
def test_those_one_may_step_into_each_bring_something_of_their_own(count: int) -> None:
    known = [
        figure
        for figure in content.figures(count, seed=year.SEED, today=UNTIL.date())
        if figure.email.startswith(ALWAYS_HERE)
    ]
    assert len({figure.texts["brings"] for figure in known}) == len(known) == 5
