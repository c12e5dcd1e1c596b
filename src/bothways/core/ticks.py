"""Periodic jobs. A row per job says when it is due; whoever moves the row runs the job."""

import logging
from collections.abc import Callable
from datetime import timedelta

from bothways.core import time
from bothways.core.models import Tick

log = logging.getLogger("bothways.ticks")

Job = Callable[[], None]
_jobs: dict[str, tuple[timedelta, Job]] = {}


def every(interval: timedelta) -> Callable[[Job], Job]:
    """Register a job that is safe to run twice and works off everything due, in due order."""

    def register(job: Job) -> Job:
        _jobs[f"{job.__module__.removeprefix('bothways.')}.{job.__name__}"] = (interval, job)
        return job

    return register


def run_due() -> int:
    """Run the jobs that are due; returns how many ran. A failing job is logged and comes again."""
    now, ran = time.now(), 0
    due = dict(Tick.objects.values_list("name", "due_at"))
    for name, (interval, job) in _jobs.items():
        if name not in due:
            Tick.objects.get_or_create(name=name, defaults={"due_at": now})
        if due.get(name, now) > now:
            continue
        claimed = Tick.objects.filter(name=name, due_at__lte=now).update(due_at=now + interval)
        if claimed:
            ran += 1
            _run(name, job)
    return ran


def _run(name: str, job: Job) -> None:
    try:
        job()
    except Exception:
        log.exception("The periodic job %s failed; it will run again when it is due.", name)
