"""The outbox: exactly once, in order, never silently lost."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from bothways.core import events, time
from bothways.core.models import Delivery, Organisation, RecordedEvent
from tests import factories
from tests.core.noted import Noted, listening, record

pytestmark = pytest.mark.django_db


def broken(event: Noted) -> None:
    raise ValueError("on purpose")


def test_an_event_needs_the_transaction_of_its_change(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="in the transaction of its change"):
        events.record(Noted(thing="a"))


def test_an_event_goes_with_its_transaction(transactional_db: None) -> None:
    def change() -> None:
        with transaction.atomic():
            events.record(Noted(thing="a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not RecordedEvent.objects.exists()


def test_each_subscriber_gets_it_once(clock: time.Clock) -> None:
    got: list[str] = []
    record(Noted(thing="a"), Noted(thing="b"))
    with listening(one=lambda e: got.append("1" + e.thing), two=lambda e: got.append("2" + e.thing)):
        assert events.deliver() == 2
        assert events.deliver() == 0
    assert got == ["1a", "2a", "1b", "2b"]
    assert not RecordedEvent.objects.undelivered().exists()


def test_a_failing_subscriber_is_tried_again_alone_and_leaves_nothing_behind(clock: time.Clock) -> None:
    well: list[str] = []
    attempts: list[str] = []

    def fails_once(event: Noted) -> None:
        attempts.append(event.thing)
        factories.organisation(f"made-{len(attempts)}")
        if len(attempts) == 1:
            factories.organisation("made-1")  # breaks the unique slug, and so the database's transaction

    record(Noted(thing="a"))
    with listening(well=lambda e: well.append(e.thing), unwell=fails_once):
        assert events.deliver() == 1
        assert not Organisation.objects.exists()
        assert Delivery.objects.get().subscriber == "well"
        assert events.deliver() == 0, "it waits before the next try"
        clock.advance(timedelta(seconds=2))
        assert events.deliver() == 1
    assert (well, attempts) == (["a"], ["a", "a"])
    assert Organisation.objects.get().slug == "made-2"


def test_what_follows_about_the_same_thing_waits_and_the_rest_does_not(clock: time.Clock) -> None:
    got: list[str] = []
    ill = [True]

    def handler(event: Noted) -> None:
        if event.number == 1 and ill[0]:
            raise ValueError("on purpose")
        got.append(f"{event.thing}{event.number}")

    record(Noted(thing="a", number=1), Noted(thing="a", number=2), Noted(thing="b", number=3))
    with listening(handler=handler):
        events.deliver()
        assert got == ["b3"]
        ill[0] = False
        clock.advance(timedelta(seconds=2))
        events.deliver()
    assert got == ["b3", "a1", "a2"]


def test_many_that_wait_behind_one_that_fails_hold_up_nobody_else(clock: time.Clock) -> None:
    got: list[str] = []

    def handler(event: Noted) -> None:
        if event.thing == "a":
            raise ValueError("on purpose")
        got.append(event.thing)

    record(*(Noted(thing="a", number=number) for number in range(6)), Noted(thing="b"))
    with listening(handler=handler):
        assert events.deliver(limit=5) == 1, "the first fails and waits for its next try"
        assert events.deliver(limit=5) == 1
    assert got == ["b"]


def test_given_up_is_counted_kept_and_can_be_tried_again(clock: time.Clock) -> None:
    got: list[int] = []
    record(Noted(thing="a", number=1), Noted(thing="a", number=2))
    with listening(handler=broken):
        for _ in range(events.MOST_ATTEMPTS):
            assert events.given_up() == 0
            assert events.deliver() >= 1
            clock.advance(events.LONGEST_WAIT)
    assert events.given_up() == 1
    with listening(handler=lambda e: got.append(e.number)):
        events.deliver()
        assert got == [2], "it holds nobody up for ever"
        clock.advance(timedelta(days=60))
        events.prune()
        assert events.try_again() == 1
        events.deliver()
    assert got == [2, 1]
    assert events.given_up() == 0


def test_an_event_of_another_version_is_given_up_not_a_crash(clock: time.Clock) -> None:
    now = time.now()
    RecordedEvent.objects.create(name="core.Gone", payload={}, recorded_at=now, not_before=now)
    RecordedEvent.objects.create(
        name=Noted.event_name(), payload={"no": "such"}, recorded_at=now, not_before=now
    )
    for _ in range(events.MOST_ATTEMPTS):
        assert events.deliver() == 2
        clock.advance(events.LONGEST_WAIT)
    assert events.given_up() == 2


def test_delivered_events_are_forgotten_after_a_month(clock: time.Clock) -> None:
    record(Noted(thing="a"))
    with listening():
        events.deliver()
    clock.advance(timedelta(days=31))
    record(Noted(thing="b"))
    assert events.prune() == 1
    assert RecordedEvent.objects.get().payload["thing"] == "b"


def test_two_workers_at_once_deliver_each_event_once_and_in_order(transactional_db: None) -> None:
    """Real threads, real connections: each delivery also makes a row that must be unique."""
    count = 40
    got: list[tuple[str, int]] = []

    def handler(event: Noted) -> None:
        factories.organisation(f"of-{event.number}")
        got.append((event.thing, event.number))

    record(*(Noted(thing="ab"[number % 2], number=number) for number in range(count)))
    with listening(handler=handler):
        start = threading.Barrier(3)
        troubles: list[Exception] = []

        def work() -> None:
            start.wait()
            try:
                while RecordedEvent.objects.undelivered().exists():
                    events.deliver(limit=5)
            except Exception as trouble:
                troubles.append(trouble)
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        start.wait()
        for worker in workers:
            worker.join(timeout=60)
    assert not troubles
    assert sorted(number for _, number in got) == list(range(count))
    for thing in "ab":
        numbers = [number for of, number in got if of == thing]
        assert numbers == sorted(numbers)
    assert not RecordedEvent.objects.filter(attempts__gt=0).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.organisation("of-1")
