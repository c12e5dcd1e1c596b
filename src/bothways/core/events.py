"""Events: typed, past tense, plain keys. Recorded with the change, delivered by the worker.

An action calls `record`; an upper app's `subscribers.py` says `@subscribe(Event)`. Lower apps never
know who listens. One event is delivered in one transaction that locks its row: whatever its
subscribers do to the database happens exactly once, also with several workers and under SIGKILL.
Events about the same thing (their first field) are delivered in the order in which they were recorded.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any, ClassVar, TypeVar, cast

from django.db import transaction
from django.db.models import QuerySet

from bothways.core import keys, time
from bothways.core.models import Delivery, RecordedEvent
from bothways.core.prepared import prepared
from bothways.core.transactions import verb

log = logging.getLogger("bothways.events")

MOST_ATTEMPTS = 12
A_BATCH = 100
LONGEST_WAIT = timedelta(hours=1)


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

    def stream(self) -> str:
        """`meeting:abc`: what it is about."""
        first = next(iter(fields(self)), None)
        return f"{first.name}:{getattr(self, first.name)}" if first else ""


AnyEvent = TypeVar("AnyEvent", bound=Event)
Subscriber = Callable[[Any], None]
_subscribers: dict[str, dict[str, Subscriber]] = {}
_passed_over: set[str] = set()


def subscribe(event: type[AnyEvent]) -> Callable[[Callable[[AnyEvent], None]], Callable[[AnyEvent], None]]:
    def register(handler: Callable[[AnyEvent], None]) -> Callable[[AnyEvent], None]:
        handlers = _subscribers.setdefault(event.event_name(), {})
        handlers[f"{handler.__module__.removeprefix('bothways.')}.{handler.__name__}"] = handler
        return handler

    return register


def known() -> dict[str, type[Event]]:
    """All events that code can record, by name."""
    return dict(Event._by_name)


def subscribers_of(name: str) -> dict[str, Subscriber]:
    found = _subscribers.get(name, {})
    return {each: handler for each, handler in found.items() if each.split(".")[0] not in _passed_over}


@contextmanager
def passing_over(app: str) -> Iterator[None]:
    """Inside, this app's subscribers hear of nothing: for the demo, whose old news nobody would see."""
    _passed_over.add(app)
    try:
        yield
    finally:
        _passed_over.discard(app)


def record(event: Event) -> None:
    """Store the event in the running transaction. Refuses to run outside of one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.event_name()} must be recorded in the transaction of its change.")
    now = time.now()
    RecordedEvent.objects.create(
        name=event.event_name(),
        payload=asdict(event),
        stream=event.stream(),
        recorded_at=now,
        not_before=now,
    )


def record_all(events: Iterable[Event]) -> None:
    """Store many at once, in their order; otherwise as `record`."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Events must be recorded in the transaction of their change.")
    now = time.now()
    RecordedEvent.objects.bulk_create(
        RecordedEvent(
            name=event.event_name(),
            payload=asdict(event),
            stream=event.stream(),
            recorded_at=now,
            not_before=now,
        )
        for event in events
    )


def deliver(limit: int = A_BATCH, until: Callable[[], bool] = lambda: False) -> int:
    """Hand waiting events to their subscribers, oldest first; returns how many were handed over."""
    handed = 0
    for pk in _due(time.now())[:limit]:
        if until():
            break
        handed += _deliver_one(pk)
    return handed


@prepared
def _due(now: Any) -> QuerySet[RecordedEvent, int]:
    due = RecordedEvent.objects.due(now).not_held_up(now).order_by("id").values_list("pk", flat=True)
    return due[:A_BATCH]


@transaction.atomic
def _deliver_one(pk: int) -> bool:
    """In one transaction: claim the row, run its subscribers, each in a savepoint, settle the row."""
    recorded = next(iter(_mine(time.now(), pk)), None)
    if recorded is None:
        return False
    if _hand_to_all(recorded):
        RecordedEvent.objects.filter(pk=pk).update(delivered_at=time.now())
    else:
        _postpone(recorded)
    return True


@prepared
def _mine(now: Any, pk: Any) -> QuerySet[RecordedEvent]:
    """The event, locked, if it is its turn and no other worker has it."""
    first = RecordedEvent.objects.due(now).first_of_its_stream()
    return first.filter(pk=pk).select_for_update(skip_locked=True)


def _hand_to_all(recorded: RecordedEvent) -> bool:
    event = _read(recorded)
    if event is None:
        return False
    handled = set(recorded.deliveries.values_list("subscriber", flat=True)) if recorded.attempts else set()
    results = {
        name: _hand_over(recorded, name, handler, event)
        for name, handler in subscribers_of(recorded.name).items()
        if name not in handled
    }
    if all(results.values()):
        return True
    Delivery.objects.bulk_create(
        Delivery(event=recorded, subscriber=name) for name, worked in results.items() if worked
    )
    return False


def _read(recorded: RecordedEvent) -> Event | None:
    try:
        return Event._by_name[recorded.name](**cast("dict[str, Any]", recorded.payload))
    except (KeyError, TypeError):
        log.error("Event %s (%s) is none that this version knows.", recorded.pk, recorded.name)
        return None


def _hand_over(recorded: RecordedEvent, name: str, handler: Subscriber, event: Event) -> bool:
    which = f"{recorded.stream}/{recorded.name}/{recorded.recorded_at}/{name}"
    try:
        with keys.within(which):
            verb(handler)(event)
    except Exception:
        log.exception("Subscriber %s failed on event %s; it will be tried again.", name, recorded.pk)
        return False
    return True


def _postpone(recorded: RecordedEvent) -> None:
    attempts = recorded.attempts + 1
    given_up = attempts >= MOST_ATTEMPTS
    if given_up:
        log.error("Event %s (%s) is given up after %s attempts.", recorded.pk, recorded.name, attempts)
    RecordedEvent.objects.filter(pk=recorded.pk).update(
        attempts=attempts,
        not_before=time.now() + min(timedelta(seconds=2**attempts), LONGEST_WAIT),
        given_up_at=time.now() if given_up else None,
    )


def given_up() -> int:
    """How many events nobody tries any more; they stay until the operator says `try_again`."""
    return RecordedEvent.objects.filter(given_up_at__isnull=False).count()


def late(since: timedelta = timedelta(hours=1)) -> int:
    """How many events have waited for longer than they should."""
    return RecordedEvent.objects.undelivered().filter(recorded_at__lt=time.now() - since).count()


def try_again() -> int:
    """Put what was given up back into the line."""
    return RecordedEvent.objects.filter(given_up_at__isnull=False).update(
        given_up_at=None, attempts=0, not_before=time.now()
    )


def prune(older_than: timedelta = timedelta(days=30)) -> int:
    """Forget delivered events; returns how many rows went."""
    return RecordedEvent.objects.filter(delivered_at__lt=time.now() - older_than).delete()[0]
