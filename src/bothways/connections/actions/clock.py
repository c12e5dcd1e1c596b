"""The promise clock: whatever is due happens in due order, whatever was answered (consent.md 9, 10)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from bothways.connections.actions import endings, locks, queues
from bothways.connections.models import Introduction, Queue
from bothways.connections.rules.consent import Ending
from bothways.core import time
from bothways.core.transactions import verb

BATCH = 200
Due = tuple[datetime, int, str, Callable[[], None]]


def advance(until: Callable[[], bool] = lambda: False) -> int:
    """Work off what is due, oldest first; returns how much. `until` may stop it between two."""
    done = 0
    while batch := sorted(_due(), key=lambda due: due[:3])[:BATCH]:
        for _, _, _, act in batch:
            if until():
                return done
            act()
            done += 1
    return done


def _due() -> Iterator[Due]:
    now = time.now()
    for introduction in Introduction.objects.due(now).order_by("ends_at", "key")[:BATCH]:
        yield introduction.ends_at, 0, introduction.key, partial(expire, introduction)
    open_queues = Queue.objects.open()
    for queue in open_queues.filter(fallback_at__lte=now).order_by("fallback_at", "key")[:BATCH]:
        yield queue.fallback_at or now, 1, queue.key, partial(queues.fall_back, queue)
    for queue in open_queues.filter(fallback_at=None, closes_at__lte=now).order_by("closes_at", "key")[
        :BATCH
    ]:
        yield queue.closes_at, 2, queue.key, partial(queues.expire, queue)


@verb
def expire(introduction: Introduction) -> None:
    """At `ends_at` an open introduction becomes ended (rule 9)."""
    current = locks.introduction(introduction)
    if current.ends_at <= time.now():
        endings.end(Introduction.objects.filter(pk=current.pk), how=Ending.TIME)
