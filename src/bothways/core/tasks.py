"""Long work in the background: django-tasks' queue, with the retries and the reaper that it lacks.

A task function loads by id, calls a verb and is safe to run twice. Long ones work in slices of two
seconds at most and call `breath.breathe()` between them, so that a stop is quick.

What nobody may read later, as a code, goes through the queue `PASSING`: nothing of it is kept once it is
done, nor for more than a day and a night where it failed.
"""

import logging
import os
import socket
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult, get_date_max

from bothways.core import breath, keys, time
from bothways.core.models import Heartbeat
from bothways.core.prepared import prepared

Stored = DBTaskResult[Any, Any]

log = logging.getLogger("bothways.tasks")

MOST_ATTEMPTS = 5
SILENT_AFTER = timedelta(seconds=45)
KEPT = timedelta(days=14)
PASSING = "passing"
PASSING_KEPT = timedelta(days=1)
_STOPPED = f"{breath.Stopped.__module__}.{breath.Stopped.__qualname__}"


def new_worker_id() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{keys.new()}"[:64]


def beat(worker: str) -> None:
    """Say that this worker lives."""
    now = Heartbeat(worker=worker, beat_at=time.now())
    Heartbeat.objects.bulk_create(
        [now], update_conflicts=True, unique_fields=["worker"], update_fields=["beat_at"]
    )


def leave(worker: str) -> None:
    """Say that this worker has stopped; what it left running goes back to the queue."""
    Heartbeat.objects.filter(worker=worker).delete()
    for task in _running():
        if task.worker_ids[-1:] == [worker]:
            _reap(task)


def run_one(worker: str, *, queue: str = "") -> bool:
    """Run the next waiting task, of this queue alone if one is named; says whether there was one."""
    task = _claim(worker, queue)
    if task is None:
        return False
    _runner(worker).run_task(task)
    if task.status == "FAILED":
        retry(task)
    elif task.queue_name == PASSING:
        task.delete()
    return True


def _claim(worker: str, queue: str = "") -> Stored | None:
    if not _one_ready(time.now(), get_date_max()):
        return None
    ready = _ready(time.now(), get_date_max())
    if queue:
        ready = ready.filter(queue_name=queue)
    with transaction.atomic():
        task: Stored | None = ready.select_for_update(skip_locked=True).first()
        if task is not None:
            task.claim(worker)
    return task


def _ready(now: Any, whenever: Any) -> QuerySet[Stored]:
    due = Q(run_after=whenever) | Q(run_after__lte=now)
    return DBTaskResult.objects.filter(due, status="READY")


@prepared
def _one_ready(now: Any, whenever: Any) -> QuerySet[Stored, Any]:
    return _ready(now, whenever).order_by().values_list("pk", flat=True)[:1]


def _runner(worker: str) -> QueueWorker:
    """The library's worker, for the running of one claimed task alone."""
    return QueueWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    )


def retry(failed: Stored) -> None:
    """Queue a failed task again with growing pauses; leave it failed after the last attempt."""
    attempts = len(failed.worker_ids)
    mine = DBTaskResult.objects.filter(pk=failed.pk, status="FAILED")
    if failed.exception_class_path == _STOPPED:
        mine.update(status="READY", worker_ids=failed.worker_ids[:-1], finished_at=None)
    elif attempts >= MOST_ATTEMPTS:
        log.error("Task %s is given up after %s attempts.", failed.task_path, attempts)
    else:
        log.warning("Task %s failed (%s); it is tried again.", failed.task_path, failed.exception_class_path)
        pause = timedelta(seconds=4**attempts)
        mine.update(status="READY", run_after=time.now() + pause, finished_at=None)


def reap() -> int:
    """Put tasks whose worker no longer beats back into the queue; returns how many.

    A task whose worker died under it every time, as one does that eats all memory, is given up.
    """
    silent = time.now() - SILENT_AFTER
    Heartbeat.objects.filter(beat_at__lt=silent).delete()
    alive = set(_alive())
    orphans = [task for task in _running() if not task.worker_ids or task.worker_ids[-1] not in alive]
    return sum(_reap(task) for task in orphans)


@prepared
def _alive() -> QuerySet[Heartbeat, str]:
    return Heartbeat.objects.values_list("worker", flat=True)


@prepared
def _running() -> QuerySet[Stored]:
    return DBTaskResult.objects.filter(status="RUNNING").only("pk", "worker_ids", "task_path")


def _reap(orphan: Stored) -> int:
    attempts = len(orphan.worker_ids)
    mine = DBTaskResult.objects.filter(pk=orphan.pk, status="RUNNING", worker_ids=orphan.worker_ids)
    if attempts >= MOST_ATTEMPTS:
        log.error("Task %s ended its worker %s times and is given up.", orphan.task_path, attempts)
        return mine.update(status="FAILED", finished_at=time.now())
    log.warning("Task %s lost its worker and was queued again.", orphan.task_path)
    return mine.update(status="READY")


def arguments_waiting(path: str) -> list[list[Any]]:
    """What the tasks of this function that wait, run or are tried again were given, each in its order."""
    found = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"), task_path=path)
    return [given.get("args", []) for given in found.values_list("args_kwargs", flat=True)]


def given_up() -> int:
    """How many tasks nobody tries any more; they stay until the operator says `try_again`."""
    return DBTaskResult.objects.filter(status="FAILED").count()


def try_again() -> int:
    return DBTaskResult.objects.filter(status="FAILED").update(
        status="READY", worker_ids=[], finished_at=None, run_after=time.now()
    )


def prune() -> int:
    """Forget finished tasks; returns how many rows went."""
    now = time.now()
    successful = Q(status="SUCCESSFUL") & (Q(queue_name=PASSING) | Q(finished_at__lt=now - KEPT))
    failed = Q(status="FAILED", queue_name=PASSING, finished_at__lt=now - PASSING_KEPT)
    return DBTaskResult.objects.filter(successful | failed).delete()[0]
