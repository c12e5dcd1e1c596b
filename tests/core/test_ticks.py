"""Periodic jobs: claimed, leased, tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from bothways.core import breath, ticks, time
from bothways.core.models import Tick
from tests.core.noted import only_these_jobs

pytestmark = pytest.mark.django_db

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_a_job_runs_when_due_and_not_before(clock: time.Clock) -> None:
    ran: list[datetime] = []
    with only_these_jobs(job=ticks.Rhythm(MINUTE, None, lambda: ran.append(time.now()))):
        assert [ticks.run_due() for _ in range(2)] == [1, 0]
        clock.advance(MINUTE)
        assert ticks.run_due() == 1
        clock.advance(3 * DAY)
        assert [ticks.run_due() for _ in range(2)] == [1, 0], "missed times are one time"
    assert len(ran) == 3


def test_a_nightly_job_keeps_its_hour(clock: time.Clock) -> None:
    with only_these_jobs(job=ticks.Rhythm(DAY, timedelta(hours=3), lambda: None)):
        ticks.run_due()
    assert Tick.objects.get(name="job").due_at == datetime(2026, 3, 3, 3, 0, tzinfo=UTC)


def test_a_failing_job_is_tried_again_soon_and_counted(clock: time.Clock) -> None:
    def job() -> None:
        if len(ticks.failing()) < 1:
            raise ValueError("on purpose")

    with only_these_jobs(job=ticks.Rhythm(DAY, None, job)):
        for pause in (30, 60, 120):
            assert ticks.run_due() == 1
            assert ticks.run_due() == 0
            clock.advance(timedelta(seconds=pause))
        assert ticks.failing() == ["job"]
        assert ticks.run_due() == 1
        assert ticks.failing() == []


def test_a_job_whose_worker_was_killed_comes_again_after_its_lease(clock: time.Clock) -> None:
    class Killed(BaseException):
        pass

    def job() -> None:
        raise Killed

    with only_these_jobs(job=ticks.Rhythm(DAY, None, job)):
        with pytest.raises(Killed):
            ticks.run_due()
        assert ticks.run_due() == 0
        clock.advance(ticks.LONGEST_LEASE)
        with pytest.raises(Killed):
            ticks.run_due()


def test_a_stopped_job_is_due_at_once_again(clock: time.Clock) -> None:
    def job() -> None:
        breath.stop()
        breath.breathe()

    try:
        with only_these_jobs(job=ticks.Rhythm(DAY, None, job)):
            ticks.run_due()
            assert Tick.objects.get(name="job").due_at == time.now()
            assert ticks.run_due() == 0, "nothing begins in a worker that stops"
    finally:
        breath.start()


def test_only_one_of_two_workers_runs_a_job(clock: time.Clock) -> None:
    """The second worker has read the table before the first one moved the row."""
    with only_these_jobs(job=ticks.Rhythm(MINUTE, None, lambda: None)):
        Tick.objects.create(name="job", due_at=time.now())
        assert ticks._claim("job")
        assert not ticks._claim("job")
        assert ticks.run_due() == 0


def test_who_took_longer_than_the_lease_leaves_the_row_to_whoever_has_it_now(clock: time.Clock) -> None:
    """Another worker has run the job meanwhile, and it failed there."""

    def slow() -> None:
        clock.advance(2 * MINUTE)
        Tick.objects.filter(name="job").update(due_at=time.now() + MINUTE, failures=1)

    with only_these_jobs(job=ticks.Rhythm(60 * MINUTE, None, slow)):
        Tick.objects.create(name="job", due_at=time.now())
        assert ticks.run_due() == 1
        theirs = Tick.objects.get(name="job")
        assert (theirs.due_at, theirs.failures) == (time.now() + MINUTE, 1)


def test_what_ran_before_a_kill_keeps_its_time(clock: time.Clock) -> None:
    class Killed(BaseException):
        pass

    def killed() -> None:
        raise Killed

    done = ticks.Rhythm(DAY, None, lambda: None)
    with only_these_jobs(done=done, killed=ticks.Rhythm(DAY, None, killed)):
        with pytest.raises(Killed):
            ticks.run_due()
        assert Tick.objects.get(name="done").due_at == time.now() + DAY
        assert Tick.objects.get(name="killed").due_at == time.now() + ticks.LONGEST_LEASE
