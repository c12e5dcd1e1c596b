"""Events, tasks and jobs that exist in these tests alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django_tasks import task

from bothways.core import breath, events, ticks
from bothways.core.events import Event
from bothways.core.models import Organisation
from bothways.core.tasks import PASSING

seen: list[str] = []
long_work: list[Callable[[], None]] = []


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    thing: str
    number: int = 0


def record(*noted: Noted) -> None:
    with transaction.atomic():
        for one in noted:
            events.record(one)


@contextmanager
def listening(**handlers: Callable[[Noted], None]) -> Iterator[None]:
    """Subscribe for the length of a test."""
    name = Noted.event_name()
    before = events._subscribers.get(name)
    events._subscribers[name] = dict(handlers)
    try:
        yield
    finally:
        events._subscribers.pop(name)
        if before:
            events._subscribers[name] = before


@contextmanager
def only_these_jobs(**rhythms: ticks.Rhythm) -> Iterator[None]:
    jobs, always = dict(ticks._rhythms), list(ticks._always)
    ticks._rhythms.clear()
    ticks._rhythms.update(rhythms)
    ticks._always.clear()
    try:
        yield
    finally:
        ticks._rhythms.clear()
        ticks._rhythms.update(jobs)
        ticks._always[:] = always


@task()
def note(text: str) -> None:
    seen.append(text)


@task(queue_name=PASSING)
def note_in_passing(code: str) -> None:
    seen.append(code)
    if code == "wrong":
        raise ValueError("on purpose")


@task()
def fail() -> None:
    seen.append("tried")
    raise ValueError("on purpose")


@task()
def be_long() -> None:
    for work in long_work:
        work()


@task()
def rename_in_slices(slug: str) -> None:
    """Remembers its progress in a row, breathes between slices."""
    organisation = Organisation.objects.get(slug=slug)
    while len(organisation.name) < 5:
        breath.breathe()
        organisation.name += "."
        organisation.save()
        if len(organisation.name) == 3:
            breath.stop()
