"""Fixtures that every test may use. Real parts only: a missing browser or database fails, never skips."""

import gc
import os
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test.signals import template_rendered
from hypothesis import HealthCheck, settings

from bothways.core import time
from bothways.core.models import Organisation
from tests import factories
from tests.stories.browser import chromium, opens

__all__ = ["chromium", "opens"]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

settings.register_profile(
    "calm", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("calm")  # a busy machine is no mistake of ours; what is red is red again

HEAVY = (  # together more than half of the time; the rest is what a commit waits for
    "rails/",
    "cli/",
    *("connections/test_races", "connections/test_life", "connections/test_answer_links"),
    *("connections/test_far_times", "inbox/"),
    *("ask/test_asking", "ask/test_asks", "ask/test_quiet_offers", "ask/test_showings"),
    *(
        "people/test_budget",
        "people/test_imports_round_trip",
        "people/test_imports_nasty",
        "people/test_photo",
    ),
    *("matching/test_assign", "matching/test_factors", "matching/test_listed", "matching/test_suggestions"),
)
LONGEST = ("test_kills.py", "test_theorem.py", "test_thread.py", "test_axe.py", "test_bites.py")
PAGES = (  # what a page says; that each opens on PostgreSQL too, and how often it asks, is seen in `rails/`
    *("ask/test_home.py", "ask/test_nobody.py", "ask/test_reasons.py", "connections/test_answer_look.py"),
    *("connections/test_introduction_pages.py", "connections/test_round_pages.py", "inbox/test_pages.py"),
    *("people/test_first_visit.py", "people/test_hours.py", "people/test_imports_pages.py"),
    *("people/test_supply.py", "programs/test_program_pages.py", "programs/test_round_pages.py"),
    *("programs/test_told.py", "ui/", "web/"),
)
DATABASE = {"db", "transactional_db"}
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Marked before some are left out, put in order after."""
    mark(items)
    yield
    items[:] = in_shares(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def in_shares(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Each worker begins with its share of the longest, so that none is left alone with one at the end."""
    long = [item for item in items if item.path.name in LONGEST]
    others = [item for item in items if item.path.name not in LONGEST]
    ordered, share = [], len(items) // workers
    for number in range(workers):
        first = long[number::workers]
        most = share - len(first) if number < workers - 1 else len(others)
        ordered += first + others[: max(0, most)]
        del others[: max(0, most)]
    return ordered


def pytest_collection_finish() -> None:
    """What was imported stays until the end: to look through it for garbage is a twentieth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def mark(items: list[pytest.Item]) -> None:
    """The heavy are marked slow, and stay out of `bin/check`; what need not run on PostgreSQL, sqlite."""
    tests = Path(__file__).parent
    for item in items:
        where = str(item.path.relative_to(tests))
        if where.startswith(HEAVY):
            item.add_marker("slow")
        asks = DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
        if not asks or where.startswith(PAGES):
            item.add_marker("sqlite")


@pytest.fixture(autouse=True, scope="session")
def told_of_whole_pages_alone(django_test_environment: None) -> Iterator[None]:
    """Django's test client copies what each part of a page is drawn from; the page alone is cheaper."""

    def draw(template: Template, context: Context) -> str:
        if context.template is template:  # a part has the page there
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", draw)
        yield


@pytest.fixture
def clock() -> Iterator[time.Clock]:
    """The driven clock, on a Monday morning in March 2026."""
    with time.driven(START) as driven:
        yield driven


@pytest.fixture
def organisation(db: None) -> Organisation:
    return factories.organisation()
