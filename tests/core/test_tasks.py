"""Queued tasks: retried with pauses, taken back from dead workers, given up in plain sight."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from bothways.core import breath, tasks, time
from bothways.core.models import Heartbeat, Organisation
from tests import factories
from tests.core import noted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    noted.seen.clear()
    yield
    breath.start()


def status() -> str:
    return str(DBTaskResult.objects.get().status)


def test_a_task_runs_once(clock: time.Clock) -> None:
    noted.note.enqueue("hello")
    assert tasks.run_one("ada")
    assert not tasks.run_one("ada")
    assert noted.seen == ["hello"]
    assert status() == "SUCCESSFUL"


def test_a_failing_task_is_tried_five_times_with_growing_pauses_then_given_up(clock: time.Clock) -> None:
    noted.fail.enqueue()
    for attempt in range(1, tasks.MOST_ATTEMPTS + 1):
        assert tasks.given_up() == 0
        assert tasks.run_one("ada")
        assert not tasks.run_one("ada"), "it waits"
        clock.advance(timedelta(seconds=4**attempt))
    assert not tasks.run_one("ada")
    assert len(noted.seen) == tasks.MOST_ATTEMPTS
    assert tasks.given_up() == 1
    clock.advance(timedelta(days=60))
    tasks.prune()
    assert tasks.try_again() == 1
    assert tasks.run_one("ada")


def test_a_dead_workers_task_is_queued_again_a_living_ones_is_not(clock: time.Clock) -> None:
    noted.note.enqueue("hello")
    tasks.beat("ada")
    task = tasks._claim("ada")
    assert task is not None
    assert tasks.reap() == 0
    clock.advance(tasks.SILENT_AFTER - timedelta(seconds=1))
    assert tasks.reap() == 0
    clock.advance(timedelta(seconds=2))
    assert tasks.reap() == 1
    assert tasks.run_one("ben")
    assert noted.seen == ["hello"]
    assert not Heartbeat.objects.exists()


def test_a_task_that_kills_every_worker_is_given_up(clock: time.Clock) -> None:
    noted.note.enqueue("heavy")
    for attempt in range(tasks.MOST_ATTEMPTS):
        assert tasks._claim(f"worker-{attempt}") is not None
        assert tasks.reap() == 1
    assert tasks._claim("another") is None
    assert tasks.given_up() == 1


def test_a_long_task_stops_between_slices_and_goes_on_where_it_was(clock: time.Clock) -> None:
    factories.organisation("slices", name=".")
    noted.rename_in_slices.enqueue("slices")
    assert tasks.run_one("ada")
    assert Organisation.objects.get().name == "..."
    assert status() == "READY"
    breath.start()
    assert tasks.run_one("ben")
    assert Organisation.objects.get().name == "....."
    assert DBTaskResult.objects.get().worker_ids == ["ben"], "being stopped is not an attempt"


def test_finished_tasks_are_forgotten(clock: time.Clock) -> None:
    noted.note.enqueue("hello")
    tasks.run_one("ada")
    DBTaskResult.objects.update(finished_at=time.now() - timedelta(days=15))
    assert tasks.prune() == 1


def test_nothing_is_kept_of_what_was_done_in_passing(clock: time.Clock) -> None:
    noted.note_in_passing.enqueue("1234")
    assert tasks.run_one("ada")
    assert noted.seen == ["1234"]
    assert not DBTaskResult.objects.exists()


def test_what_failed_in_passing_is_shown_for_a_day_and_forgotten(clock: time.Clock) -> None:
    noted.note_in_passing.enqueue("wrong")
    for attempt in range(1, tasks.MOST_ATTEMPTS + 1):
        assert tasks.run_one("ada")
        clock.advance(timedelta(seconds=4**attempt))
    DBTaskResult.objects.update(finished_at=time.now())
    assert (tasks.given_up(), tasks.prune()) == (1, 0)
    clock.advance(tasks.PASSING_KEPT + timedelta(seconds=1))
    assert tasks.prune() == 1
    assert tasks.given_up() == 0
