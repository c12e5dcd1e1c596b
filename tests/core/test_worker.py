"""The worker's loop: goes on whatever fails, stops when told to."""

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from time import sleep

import pytest
from django.db import OperationalError, connection, transaction

from bothways.core import breath, ticks, time, worker
from bothways.core.models import Heartbeat, RecordedEvent, Tick
from tests.core import noted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worker, "IDLE", 0.02)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    noted.seen.clear()
    noted.long_work.clear()
    yield
    breath.start()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@dataclass(frozen=True)
class Thing:
    key: str


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


def test_a_long_task_holds_up_neither_mail_nor_codes_nor_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on until all of them had their turn; were they to wait for its end, it would have none."""
    monkeypatch.setattr(breath, "A_SLICE", 0.0)
    done = threading.Event()
    ran: set[str] = set()

    def always() -> int:
        if "long" in ran:
            ran.add("mail")
        return 0

    def long() -> None:
        ran.add("long")
        noted.record(noted.Noted(thing="a"))
        noted.note_in_passing.enqueue("1234")
        tick.update(due_at=time.now())
        for _ in range(1000):
            breath.breathe()
            if {"mail", "event", "clock"} <= ran and noted.seen == ["1234"]:
                break
        ran.add("ended")
        done.set()

    noted.long_work.append(long)
    noted.be_long.enqueue()
    clock = ticks.Rhythm(timedelta(days=1), None, lambda: ran.add("clock") if "long" in ran else None)
    tick = Tick.objects.filter(name="clock")
    with noted.only_these_jobs(clock=clock), noted.listening(handler=lambda event: ran.add("event")):
        ticks.always(always)
        run_until(done)
    assert (ran, noted.seen) == ({"long", "mail", "event", "clock", "ended"}, ["1234"])


def test_no_turn_is_taken_within_a_transaction_nor_within_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breath, "A_SLICE", 0.0)
    turns: list[int] = []

    def turn() -> None:
        turns.append(1)
        breath.breathe()

    with breath.meanwhile(turn):
        with transaction.atomic():
            breath.breathe()
        assert turns == []
        breath.breathe()
    breath.breathe()
    assert turns == [1]


@pytest.mark.sqlite
def test_long_work_leaves_the_lock_to_others_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(breath, "wait", waits.append)
    with breath.leaving_the_lock():
        breath.breathe()
        assert waits == [], "it has not been at it for long"
        monkeypatch.setattr(breath, "LOCKS_FOR", 0.0)
        with transaction.atomic():
            breath.breathe()
        assert waits == [], "within a transaction that would be no help"
        breath.breathe()
    breath.breathe()
    assert waits == [breath.LEAVES_FOR], "outside, nobody waits"


@pytest.mark.sqlite
def test_that_the_heartbeat_sleeps_leaves_the_lock_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breath, "LOCKS_FOR", 0.05)
    with breath.leaving_the_lock():
        sleep(0.06)
        beside = threading.Thread(target=breath.wait, args=(0.001,))
        beside.start()
        beside.join()
        waits: list[float] = []
        monkeypatch.setattr(breath, "wait", waits.append)
        breath.breathe()
    assert waits == [breath.LEAVES_FOR]


def test_a_long_job_does_a_slice_a_turn_and_mail_goes_between() -> None:
    """Each turn is one slice; what is always done has its turn before the next."""
    did: list[str] = []
    due = [Thing(f"{number}") for number in range(2 * ticks.A_SLICE + 1)]

    def job() -> bool:
        waiting = [each for each in due if each.key not in did]
        return ticks.work_off(waiting, lambda each: did.append(each.key))

    def mail() -> int:
        did.append("mail")
        return 0

    with noted.only_these_jobs(job=ticks.Rhythm(timedelta(days=1), None, job)), noted.listening():
        ticks.always(mail)
        worker.drain()
    turns = [len(list(part)) for sent, part in groupby(did, key="mail".__eq__) if not sent]
    assert turns == [ticks.A_SLICE, ticks.A_SLICE, 1]


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
