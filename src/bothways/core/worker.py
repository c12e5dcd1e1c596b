"""The worker: periodic jobs, the outbox, queued tasks, in one loop and one process."""

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from types import FrameType

from django.db import close_old_connections, connection

from bothways.core import breath, events, tasks, ticks

log = logging.getLogger("bothways.worker")

IDLE = 0.5
BEATS_EVERY = 10.0
LONGEST_SILENCE = 30 * 60.0
LONGEST_PAUSE = 30.0

Part = Callable[[], object]


@ticks.every(timedelta(seconds=30))
def reap() -> None:
    tasks.reap()


@ticks.every(timedelta(days=1), at=timedelta(hours=3))
def forget_what_is_done() -> None:
    events.prune()
    tasks.prune()


def drain(most_rounds: int = 1000, *, always: bool = True) -> None:
    """Work off everything that is due now, then return. For tests, the demo and maintenance.

    `always=False` leaves out what has its turn every time, as sending mail.
    """
    worker = tasks.new_worker_id()
    tasks.beat(worker)
    for _ in range(most_rounds):
        parts = _parts(partial(tasks.run_one, worker))
        if not any([part() for part in parts if always or part is not ticks.run_always]):
            break
    tasks.leave(worker)


def _parts(task: Part) -> list[Part]:
    """One turn: each part says whether there was anything to do. All but the task work in short slices."""
    return [ticks.run_due, partial(events.deliver, until=breath.stopping), ticks.run_always, task]


class Loop:
    """Turns until told to stop. A part that fails, as while the database is away, is tried again."""

    def __init__(self) -> None:
        self.worker = tasks.new_worker_id()
        self.troubles = 0

    def stop(self, signum: int, frame: FrameType | None) -> None:
        breath.stop()

    def run(self) -> None:
        breath.start()
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        beating = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        beating.start()
        with breath.leaving_the_lock():
            while not breath.stopping():
                close_old_connections()
                with suppress(breath.Stopped):
                    self._turn()
        beating.join(timeout=1)
        self._try(partial(tasks.leave, self.worker))

    def _turn(self) -> None:
        breath.breathe()
        done = [self._try(part) for part in _parts(self._task)]
        if None in done:
            self.troubles += 1
            breath.wait(min(IDLE * 2**self.troubles, LONGEST_PAUSE))
            return
        self.troubles = 0
        if not any(done):
            breath.wait(IDLE)

    def _task(self) -> bool:
        with breath.meanwhile(self._others):
            return tasks.run_one(self.worker)

    def _others(self) -> None:
        """Between two slices of a long task: nobody's mail, code or promise waits for a list of people."""
        for part in _parts(partial(tasks.run_one, self.worker, queue=tasks.PASSING)):
            self._try(part)

    def _try(self, part: Part) -> bool | None:
        """What the part did; None where it failed, so that the others have their turn all the same."""
        try:
            return bool(part())
        except breath.Stopped:
            return False
        except Exception:
            log.exception("The worker stumbled; it tries again in a moment.")
            close_old_connections()
            return None

    def _beat(self) -> None:
        """Beats beside the work, for as long as the work breathes; a worker that hangs falls silent."""
        seen, silence = -1, 0.0
        while not breath.stopping():
            taken = breath.taken()
            silence = 0.0 if taken != seen else silence + BEATS_EVERY
            seen = taken
            if silence < LONGEST_SILENCE:
                self._try(partial(tasks.beat, self.worker))
                connection.close()
            breath.wait(BEATS_EVERY)
