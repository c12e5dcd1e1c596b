"""The promise clock: whatever is due happens in due order, whatever was answered (consent.md 9, 10, 21)."""

import logging
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from bothways.connections import events
from bothways.connections.actions import endings, locks, queues
from bothways.connections.models import Introduction, Queue
from bothways.connections.rules.consent import Ending
from bothways.core import keys, time
from bothways.core.breath import breathe
from bothways.core.events import record
from bothways.core.prepared import prepared
from bothways.core.ticks import SomeFailed
from bothways.core.transactions import verb

log = logging.getLogger("bothways.clock")

BATCH = 100
Due = tuple[datetime, int, str, Callable[[], None]]


def advance() -> bool:
    """Work off what is due, oldest first; says whether the rest is for the worker's next turn.

    What fails holds up nobody else, and nothing is tried twice for one and the same moment: it waits for
    the next round, and `SomeFailed` says so once the rest is done.
    """
    done, failed, tried = 0, set[str](), set[tuple[datetime, int, str]]()
    while done < BATCH and (batch := [due for due in _in_order(failed) if due[:3] not in tried]):
        for at, kind, key, act in batch:
            breathe()
            tried.add((at, kind, key))
            try:
                with keys.within(f"{kind}/{key}"):
                    act()
                done += 1
            except Exception:
                log.exception("What was due at %s (%s, %s) failed; it will be tried again.", at, kind, key)
                failed.add(key)
    if failed and done < BATCH:
        raise SomeFailed(f"{len(failed)} of what was due")
    return done >= BATCH


def _in_order(failed: Collection[str]) -> list[Due]:
    return sorted(_due(failed), key=lambda due: due[:3])[:BATCH]


def _due(failed: Collection[str]) -> Iterator[Due]:
    now, but = time.now(), ["", *failed]  # nothing has an empty key
    for introduction in _over(now, but):
        yield introduction.ends_at, 0, introduction.key, partial(expire, introduction)
    for queue in _falling_back(now, but):
        yield queue.fallback_at or now, 1, queue.key, partial(queues.fall_back, queue)
    for queue in _closing(now, but):
        yield queue.closes_at, 2, queue.key, partial(queues.expire, queue)
    for introduction in _unreminded(now, but):
        yield introduction.reminds_at or now, 3, introduction.key, partial(remind, introduction)


@prepared
def _over(now: Any, but: Any) -> QuerySet[Introduction]:
    return Introduction.objects.due(now).exclude(key__in=but).order_by("ends_at", "key")[:BATCH]


@prepared
def _falling_back(now: Any, but: Any) -> QuerySet[Queue]:
    waiting = Queue.objects.open().filter(fallback_at__lte=now)
    return waiting.exclude(key__in=but).order_by("fallback_at", "key")[:BATCH]


@prepared
def _closing(now: Any, but: Any) -> QuerySet[Queue]:
    waiting = Queue.objects.open().filter(fallback_at=None, closes_at__lte=now)
    return waiting.exclude(key__in=but).order_by("closes_at", "key")[:BATCH]


@prepared
def _unreminded(now: Any, but: Any) -> QuerySet[Introduction]:
    waiting = Introduction.objects.open_at(now).filter(reminds_at__lte=now)
    return waiting.exclude(key__in=but).order_by("reminds_at", "key")[:BATCH]


@verb
def expire(introduction: Introduction) -> None:
    """At `ends_at` an open introduction becomes ended (rule 9)."""
    if introduction.queue_id:
        locks.queues([introduction.queue_id])
    endings.end(Introduction.objects.due(time.now()).filter(pk=introduction.pk), how=Ending.TIME)


@verb
def remind(introduction: Introduction) -> None:
    """Say that the time of the reminder has come, of every open introduction alike (rule 21).

    Whether somebody is reminded depends on their own answer, which only the reminder itself may read.
    """
    once = Introduction.objects.open_at(time.now()).filter(pk=introduction.pk, reminds_at__isnull=False)
    if once.update(reminds_at=None) and introduction.delivered:
        record(events.ReminderCame(introduction=introduction.key))
