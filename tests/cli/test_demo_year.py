"""The demo is the same for everybody who begins it on the same day."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import transaction

from bothways.cli.demo import year
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
    assert len(first) > 13, "twelve people, their administrator, and something that happened"
    assert a_year() == first
