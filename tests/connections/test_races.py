"""Simultaneous verbs over real connections and threads: exactly one outcome, and nobody waits in a circle."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import connection as database

from bothways.connections.actions import absences, answers, introductions, locks, queues
from bothways.connections.actions import clock as promise_clock
from bothways.connections.models import Connection, Introduction, Queue
from bothways.connections.models.sealed import SealedAnswer
from bothways.core import time
from bothways.core.models import RecordedEvent
from bothways.people.actions import budgets
from bothways.people.models import Person, Reservation
from tests import factories
from tests.connections import relating
from tests.factories.introductions import ask, introduction, several

# Naming the apps lets PostgreSQL empty tables with everything that refers to them.
pytestmark = pytest.mark.django_db(
    transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
)

ROUNDS = range(5)


@pytest.fixture
def people(clock: time.Clock) -> list[Person]:
    house = factories.organisation()
    return several(house, "Ada Ben Cleo Dan Eve Finn Gus Hal")


@pytest.fixture(autouse=True)
def nobody_waits_in_a_circle(db: None) -> Iterator[None]:
    """PostgreSQL counts the deadlocks that it had to break; our order of locks leaves it none."""
    before = deadlocks()
    yield
    assert deadlocks() == before


def deadlocks() -> int:
    if database.vendor != "postgresql":
        return 0
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


at_once = partial(relating.at_once, refusals=(answers.Over, queues.TooManyOpen))


def settled() -> None:
    """What holds after every race."""
    for queue in Queue.objects.exclude(state="open"):
        assert not Introduction.objects.filter(queue=queue, state="open").exists()
    assert not SealedAnswer.objects.exclude(introduction__state="open").exists()
    open_holds = {one.hold for one in Introduction.objects.filter(state="open")}
    assert set(Reservation.objects.filter(kind="held").values_list("source_key", flat=True)) <= open_holds


@pytest.mark.parametrize("number", ROUNDS)
def test_two_yeses_of_one_queue_make_one_connection(number: int, people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    queue = ask(ada, ben, cleo)
    outcomes = at_once(*(partial(answers.accept, introduction(one), by=one) for one in (ben, cleo)))
    assert Connection.objects.count() == 1
    assert sorted(type(one).__name__ for one in outcomes) == ["Connection", "Over"]
    queue.refresh_from_db()
    assert queue.closed_how == "connected"
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_a_yes_and_a_withdrawal(number: int, people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    queue = ask(ada, ben, cleo)
    at_once(partial(answers.accept, introduction(ben), by=ben), partial(queues.withdraw, queue))
    queue.refresh_from_db()
    assert queue.closed_how == ("connected" if Connection.objects.exists() else "withdrawn")
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_a_yes_and_the_clock(number: int, people: list[Person], clock: time.Clock) -> None:
    ada, *others = people
    queue = ask(ada, *others[:4])
    clock.advance(timedelta(days=2))
    yes = partial(answers.accept, introduction(others[0]), by=others[0])
    at_once(yes, promise_clock.advance, promise_clock.advance)
    queue.refresh_from_db()
    assert Connection.objects.count() == 1
    assert queue.closed_how == "connected"
    assert Introduction.objects.count() in (2, 4)
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_two_who_ask_each_other(number: int, people: list[Person]) -> None:
    ada, ben, cleo, dan = people[:4]
    at_once(partial(ask, ada, ben, cleo), partial(ask, ben, ada, dan))
    assert Connection.objects.count() == 1
    assert set(Queue.objects.values_list("closed_how", flat=True)) == {"connected"}
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_three_who_ask_in_a_circle(number: int, people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    at_once(
        partial(ask, ada, ben, cleo),
        partial(ask, ben, cleo, ada),
        partial(ask, cleo, ada, ben),
    )
    assert Connection.objects.exists()
    for made in Connection.objects.all():
        assert not Queue.objects.between(made.first, [made.second]).exists()
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_handing_on_and_a_yes(number: int, people: list[Person]) -> None:
    ada, ben, cleo, dan, eve = people[:5]
    ask(ada, ben, cleo, dan)
    hand_on = partial(answers.hand_on, introduction(ben), by=ben, to=eve)
    outcomes = at_once(hand_on, partial(answers.accept, introduction(cleo), by=cleo))
    assert Connection.objects.count() == 1
    assert introduction(ben).ended_how == ("found" if isinstance(outcomes[0], answers.Over) else "handed_on")
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_a_yes_and_going_away(number: int, people: list[Person]) -> None:
    ada, ben, cleo, dan = people[:4]
    ask(ada, ben, cleo, dan)
    ask(ben, dan)
    Person.objects.filter(pk=ben.pk).update(state=Person.State.SUSPENDED)
    at_once(
        partial(answers.accept, introduction(cleo), by=cleo),
        partial(answers.accept, introduction(ben), by=ben),
        partial(absences.end_everything_open, ben),
    )
    assert Connection.objects.count() == 1
    assert not Introduction.objects.with_person(ben).filter(state="open").exists()
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_both_sides_of_a_colleagues_introduction(number: int, people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    asked = introduction(cleo)
    outcomes = at_once(*(partial(answers.accept, asked, by=one) for one in (ben, cleo)))
    assert [type(one).__name__ for one in outcomes if one] == ["Connection"]
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_a_yes_to_a_colleagues_introduction_and_an_ask(number: int, people: list[Person]) -> None:
    """Whichever comes first, both have said yes: they are connected and the ask is over."""
    ada, ben, cleo, dan = people[:4]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    asked = introduction(cleo)
    at_once(partial(answers.accept, asked, by=cleo), partial(ask, ben, cleo, dan))
    assert Connection.objects.count() == 1
    assert not Queue.objects.open().exists()
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_the_last_place_of_a_giver(number: int, people: list[Person]) -> None:
    giver, *authors = people
    Person.objects.filter(pk=giver.pk).update(budget_minutes=60)
    at_once(*(partial(ask, author, giver) for author in authors[:5]))
    assert Introduction.objects.filter(second=giver, state="open").count() == 2
    assert budgets.taken(giver, month=time.month_of(time.now())) == 60
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_the_last_place_of_an_author(number: int, people: list[Person]) -> None:
    ada, *others = people
    outcomes = at_once(*(partial(ask, ada, other) for other in others[:5]))
    assert sum(isinstance(one, queues.TooManyOpen) for one in outcomes) == 2
    assert Queue.objects.open().count() == 3


def test_everything_at_once(people: list[Person], clock: time.Clock) -> None:
    ada, ben, cleo, dan, eve, finn, gus, hal = people
    for _ in range(4):
        first, second = ask(ada, ben, cleo, dan, eve), ask(finn, ben, gus, cleo, ada)
        introductions.introduce(gus, hal, by=ada, why="You both love maps.")
        clock.advance(timedelta(days=2))
        at_once(
            partial(answers.not_now, introduction(ben), by=ben),
            partial(answers.hand_on, introduction(cleo), by=cleo, to=hal),
            promise_clock.advance,
            partial(ask, eve, ada, finn, ben),
            partial(introductions.introduce, dan, eve, by=ben, why="You both love maps."),
            partial(absences.end_everything_open, gus),
            partial(queues.withdraw, first),
        )
        settled()
        for queue in (first, second, *Queue.objects.open()):
            queues.withdraw(queue)
        clock.advance(timedelta(days=200))
        promise_clock.advance()


# What only another connection can bring about, brought about by hand, so that it is held on SQLite too.


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, place: Any, name: str, other: Callable[[], object]
) -> list[str]:
    """Something else happens before this is called for the first time; what was called, each time."""
    original, once = getattr(place, name), [other]
    calls: list[str] = []

    def called(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        if once:
            once.pop()()
        return original(*args, **kwargs)

    monkeypatch.setattr(place, name, called)
    return calls


def queue_of(author: Person, asked: Person) -> None:
    now = time.now()
    made = Queue.objects.create(
        organisation=author.organisation,
        author=author,
        kind="conversation",
        note="A word?",
        at_once=1,
        opened_at=now,
        asked_last_at=now,
        closes_at=now,
    )
    made.entries.create(person=asked, position=1)


def test_a_queue_that_appears_before_the_locks_begins_the_verb_anew(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben, cleo = people[:3]
    introductions.introduce(ada, ben, by=cleo, why="You both love maps.")
    calls = meanwhile(monkeypatch, locks, "people", partial(queue_of, ben, ada))
    answers.not_now(introduction(ben), by=ada)
    assert len(calls) == 2


def test_a_name_approved_before_the_locks_begins_the_verb_anew(
    people: list[Person], monkeypatch: pytest.MonkeyPatch, clock: time.Clock
) -> None:
    ada, ben, cleo, dan = people[:4]
    queue = ask(ada, ben, cleo)
    approve = partial(queue.entries.create, person=dan, position=9)
    calls = meanwhile(monkeypatch, locks, "around", approve)
    answers.hand_on(introduction(ben), by=ben)
    assert len(calls) == 2
    approve = partial(queue.entries.create, person=dan, position=9)
    calls = meanwhile(monkeypatch, locks, "around", approve)
    absences.end_everything_open(cleo)
    assert len(calls) == 2
    assert introduction(cleo).ended_how == "away"


def test_what_somebody_else_ended_is_not_ended_again(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben, cleo = people[:3]
    queue = ask(ada, ben, cleo)
    connected = partial(Introduction.objects.filter(queue=queue).update, state="connected")
    meanwhile(monkeypatch, budgets, "release", connected)
    queues.withdraw(queue)
    assert RecordedEvent.objects.filter(name="connections.IntroductionEnded").count() == 1
