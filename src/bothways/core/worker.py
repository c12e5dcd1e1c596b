"""The worker: periodic jobs, the outbox, queued tasks, in one loop and one process."""

import logging
import signal
import threading
from datetime import timedelta
from types import FrameType

from django.db import OperationalError, close_old_connections

from bothways.core import events, tasks, ticks

log = logging.getLogger("bothways.worker")

IDLE = timedelta(seconds=0.5)


def drain(most_rounds: int = 1000) -> None:
    """Work off everything that is due now, then return. For tests, the demo and maintenance."""
    worker = tasks.new_worker_id()
    for _ in range(most_rounds):
        if not step(worker):
            break
    tasks.leave(worker)


def step(worker: str) -> bool:
    """One turn of the loop; says whether there was anything to do."""
    tasks.beat(worker)
    ran = ticks.run_due()
    delivered = events.deliver()
    worked = tasks.run_one(worker)
    return bool(ran or delivered or worked)


class Loop:
    """Turns until told to stop; a database that is away for a moment is waited for."""

    def __init__(self) -> None:
        self.worker = tasks.new_worker_id()
        self.stopped = threading.Event()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopped.set()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopped.is_set():
            close_old_connections()
            if not self._turn():
                self.stopped.wait(IDLE.total_seconds())
        tasks.leave(self.worker)

    def _turn(self) -> bool:
        try:
            return step(self.worker)
        except OperationalError:
            log.exception("The database did not answer; trying again in a moment.")
            return False
