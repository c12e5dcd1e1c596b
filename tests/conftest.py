"""Fixtures that every test may use. Real parts only: a missing browser or database fails, never skips."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bothways.core import time
from bothways.core.models import Organisation
from tests import factories
from tests.stories.browser import chromium, opens

__all__ = ["chromium", "opens"]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")  # a busy machine is no mistake of ours

HEAVY = (
    "rails/",
    "cli/test_demo_",
    "connections/test_races",
    "connections/test_life_races",
    "inbox/test_calendar",
)
LONGEST = ("test_kills.py", "test_theorem.py")
DATABASE = {"db", "transactional_db"}
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest go first; the heavy stay out of `bin/check`; what asks no database runs beside one only."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        if str(item.path.relative_to(tests)).startswith(HEAVY):
            item.add_marker("slow")
        asks = DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
        if not asks:
            item.add_marker("sqlite")


@pytest.fixture
def clock() -> Iterator[time.Clock]:
    """The driven clock, on a Monday morning in March 2026."""
    with time.driven(START) as driven:
        yield driven


@pytest.fixture
def organisation(db: None) -> Organisation:
    return factories.organisation()
