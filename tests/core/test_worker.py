"""The worker's loop: goes on whatever fails, stops when told to."""

import os
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from bothways.core import breath, ticks, worker
from bothways.core.models import Heartbeat, RecordedEvent
from tests.core import noted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worker, "IDLE", 0.02)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    noted.seen.clear()
    yield
    breath.start()
    for number, handler in handlers.items():
        signal.signal(number, handler)


def run_until(done: threading.Event) -> None:
    """Run the loop in this thread; another one sends it SIGTERM once `done` is set."""

    def end() -> None:
        done.wait(timeout=20)
        os.kill(os.getpid(), signal.SIGTERM)

    ender = threading.Thread(target=end)
    ender.start()
    worker.Loop().run()
    ender.join()


def test_the_loop_delivers_beats_and_stops_on_sigterm() -> None:
    done = threading.Event()
    noted.record(noted.Noted(thing="a"))
    with noted.only_these_jobs(), noted.listening(handler=lambda event: done.set()):
        run_until(done)
    assert done.is_set()
    assert not RecordedEvent.objects.undelivered().exists()
    assert not Heartbeat.objects.exists(), "it takes its leave"


def test_the_loop_survives_a_database_that_is_away_for_a_moment() -> None:
    done = threading.Event()
    tries: list[int] = []

    def job() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        done.set()
        return 0

    with noted.only_these_jobs(), noted.listening():
        ticks.always(job)
        run_until(done)
    assert len(tries) >= 3


def test_one_failing_part_does_not_hold_up_the_others() -> None:
    done = threading.Event()

    def job() -> int:
        raise OperationalError("on purpose")

    noted.record(noted.Noted(thing="a"))
    with noted.only_these_jobs(), noted.listening(handler=lambda event: done.set()):
        ticks.always(job)
        run_until(done)
    assert done.is_set()


def test_drain_works_off_everything_due(clock: object) -> None:
    ran: list[int] = []
    noted.record(noted.Noted(thing="a"))
    noted.note.enqueue("hello")
    rhythm = ticks.Rhythm(timedelta(days=1), None, lambda: ran.append(1))
    with noted.only_these_jobs(job=rhythm), noted.listening():
        worker.drain()
    assert (ran, noted.seen) == ([1], ["hello"])
    assert not RecordedEvent.objects.undelivered().exists()
    assert connection.is_usable()
