"""Events: typed, past tense, plain keys. Recorded with the change, delivered by the worker.

An action calls `record`; an upper app's `subscribers.py` says `@subscribe(Event)`. Lower apps never
know who listens. Delivery is at least once to each subscriber, and a `Delivery` row written in the
subscriber's own transaction makes it exactly once for whatever it does to the database.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, ClassVar, TypeVar, cast

from django.db import transaction

from bothways.core import time
from bothways.core.models import Delivery, RecordedEvent

log = logging.getLogger("bothways.events")

MOST_ATTEMPTS = 12


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Fields are strings, integers and booleans: keys, never content."""

    _by_name: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Event._by_name[cls.event_name()] = cls

    @classmethod
    def event_name(cls) -> str:
        """`connections.MeetingMoved`: the app and the class."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


AnyEvent = TypeVar("AnyEvent", bound=Event)
Subscriber = Callable[[Any], None]
_subscribers: dict[str, dict[str, Subscriber]] = {}


def subscribe(event: type[AnyEvent]) -> Callable[[Callable[[AnyEvent], None]], Callable[[AnyEvent], None]]:
    def register(handler: Callable[[AnyEvent], None]) -> Callable[[AnyEvent], None]:
        handlers = _subscribers.setdefault(event.event_name(), {})
        handlers[f"{handler.__module__.removeprefix('bothways.')}.{handler.__name__}"] = handler
        return handler

    return register


def record(event: Event) -> None:
    """Store the event in the running transaction. Refuses to run outside of one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.event_name()} must be recorded in the transaction of its change.")
    now = time.now()
    RecordedEvent.objects.create(
        name=event.event_name(), payload=asdict(event), recorded_at=now, not_before=now
    )


def deliver(limit: int = 100) -> int:
    """Hand waiting events to their subscribers, oldest first; returns how many were looked at."""
    due = RecordedEvent.objects.filter(delivered_at=None, not_before__lte=time.now()).order_by("id")
    waiting = list(due[:limit])
    for recorded in waiting:
        _deliver_one(recorded)
    return len(waiting)


def _deliver_one(recorded: RecordedEvent) -> None:
    event = Event._by_name[recorded.name](**cast("dict[str, Any]", recorded.payload))
    failed = False
    for name, handler in _subscribers.get(recorded.name, {}).items():
        try:
            _hand_over(recorded, name, handler, event)
        except Exception:
            log.exception("Subscriber %s failed on event %s; it will be tried again.", name, recorded.pk)
            failed = True
    if failed:
        _postpone(recorded)
    else:
        RecordedEvent.objects.filter(pk=recorded.pk).update(delivered_at=time.now())


def _hand_over(recorded: RecordedEvent, name: str, handler: Subscriber, event: Event) -> None:
    with transaction.atomic():
        _, first_time = Delivery.objects.get_or_create(event=recorded, subscriber=name)
        if first_time:
            handler(event)


def _postpone(recorded: RecordedEvent) -> None:
    attempts = recorded.attempts + 1
    wait = timedelta(seconds=min(2**attempts, 3600))
    gone = time.now() if attempts >= MOST_ATTEMPTS else None
    if gone:
        log.error("Event %s (%s) is given up after %s attempts.", recorded.pk, recorded.name, attempts)
    RecordedEvent.objects.filter(pk=recorded.pk).update(
        attempts=attempts, not_before=time.now() + wait, delivered_at=gone
    )


def prune(older_than: timedelta = timedelta(days=30)) -> int:
    """Forget delivered events; returns how many rows went."""
    return RecordedEvent.objects.filter(delivered_at__lt=time.now() - older_than).delete()[0]
