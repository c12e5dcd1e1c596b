"""What the worker does at night, and that it stays at night."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from bothways.core import ticks, time, worker
from bothways.core.models import Tick
from bothways.people.tasks import forget

pytestmark = pytest.mark.django_db


def test_whole_days_work_keeps_its_hour_whenever_the_worker_began(clock: time.Clock) -> None:
    """Nothing of a day's length drifts into the morning."""
    daily = {name for name, rhythm in ticks._rhythms.items() if rhythm.interval == timedelta(days=1)}
    assert {"people.tasks.take_snapshot", "people.tasks.heal_search", "people.tasks.forget"} <= daily
    for _ in range(2):
        worker.drain()
        due = dict(Tick.objects.filter(name__in=daily).values_list("name", "due_at"))
        assert set(due) == daily
        tomorrow = time.now().replace(hour=0, minute=0) + timedelta(days=1)
        assert all(tomorrow < at <= tomorrow + timedelta(hours=4) for at in due.values()), due
        clock.advance(timedelta(hours=25))


def test_sessions_that_nobody_can_use_any_more_go(clock: time.Clock) -> None:
    for key, days in (("old", -1), ("new", 1)):
        ends = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    forget()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_the_night_is_the_one_that_comes(clock: time.Clock) -> None:
    worker.drain()
    assert Tick.objects.get(name="people.tasks.take_snapshot").due_at == datetime(2026, 3, 3, 2, tzinfo=UTC)
