"""Fixtures that every test may use. Real parts only: a missing browser or database fails, never skips."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bothways.core import time
from bothways.core.models import Organisation
from tests import factories
from tests.stories.browser import chromium, opens

__all__ = ["chromium", "opens"]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


@pytest.fixture
def clock() -> Iterator[time.Clock]:
    """The driven clock, on a Monday morning in March 2026."""
    with time.driven(START) as driven:
        yield driven


@pytest.fixture
def organisation(db: None) -> Organisation:
    return factories.organisation()
