"""The demo is the same for everybody who begins it on the same day."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import transaction

from bothways.cli.demo import content, year
from bothways.cli.demo.cast import ALWAYS_HERE
from bothways.inbox.models import Message
from bothways.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]
UNTIL = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_year() -> Sequence[tuple[str, ...]]:
    """What became of a small organisation."""
    with transaction.atomic():
        year.live(12, until=UNTIL, tell=lambda what: None)
        people = Person.objects.order_by("key").values_list("key", "name", "hopes")
        told = Message.objects.order_by("key").values_list("key", "kind", "about")
        seen = [*people, *told]
        transaction.set_rollback(True)
    return seen


def test_the_same_day_brings_the_same_year() -> None:
    first = a_year()
    assert len(first) > 12, "twelve people, and something that happened"
    assert a_year() == first


@pytest.mark.parametrize("count", [12, 40, 120])
def test_those_one_may_step_into_each_bring_something_of_their_own(count: int) -> None:
    known = [
        figure
        for figure in content.figures(count, seed=year.SEED, today=UNTIL.date())
        if figure.email.startswith(ALWAYS_HERE)
    ]
    assert len({figure.texts["brings"] for figure in known}) == len(known) == 5
