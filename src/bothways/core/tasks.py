"""Long work in the background: django-tasks' queue, with the retries and the reaper that it lacks.

A task function loads by id, calls a verb and is safe to run twice. Long ones work in slices of two
seconds at most and call `beat` between them, so that a stop is quick and the reaper knows they live.
"""

import logging
import os
import socket
from datetime import timedelta
from typing import Any

from django.db import transaction
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from bothways.core import keys, time
from bothways.core.models import Heartbeat

Stored = DBTaskResult[Any, Any]

log = logging.getLogger("bothways.tasks")

MOST_ATTEMPTS = 5
SILENT_AFTER = timedelta(seconds=60)


def new_worker_id() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{keys.new()}"[:64]


def beat(worker: str) -> None:
    """Say that this worker lives."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": time.now()})


def leave(worker: str) -> None:
    """Say that this worker has stopped; what it left running goes back to the queue."""
    Heartbeat.objects.filter(worker=worker).delete()
    reap()


class _OneTask(QueueWorker):
    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def run_task(self, db_task_result: Stored) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == "FAILED":
            retry(db_task_result)


def run_one(worker: str) -> bool:
    """Run the next waiting task, if there is one; says whether there was."""
    queue = _OneTask(worker)
    queue.run()
    return queue._run_tasks > 0


def retry(failed: Stored) -> None:
    """Queue a failed task again with growing pauses; leave it failed after the last attempt."""
    attempts = len(failed.worker_ids)
    if attempts >= MOST_ATTEMPTS:
        log.error("Task %s is given up after %s attempts.", failed.task_path, attempts)
        return
    DBTaskResult.objects.filter(pk=failed.pk, status="FAILED").update(
        status="READY", run_after=time.now() + timedelta(seconds=4**attempts), finished_at=None
    )


def reap() -> int:
    """Put tasks whose worker no longer beats back into the queue; returns how many."""
    silent = time.now() - SILENT_AFTER
    Heartbeat.objects.filter(beat_at__lt=silent).delete()
    alive = set(Heartbeat.objects.values_list("worker", flat=True))
    reaped = 0
    with transaction.atomic():
        for task in DBTaskResult.objects.filter(status="RUNNING").only("pk", "worker_ids", "task_path"):
            if not task.worker_ids or task.worker_ids[-1] not in alive:
                reaped += DBTaskResult.objects.filter(pk=task.pk, status="RUNNING").update(status="READY")
                log.warning("Task %s lost its worker and was queued again.", task.task_path)
    return reaped
