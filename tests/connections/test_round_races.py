"""Parts in rounds, asks and answers at the same moment: one outcome, and nobody waits in a circle."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.apps import apps

from bothways.connections.actions import absences, answers, introductions, locks, queues, rounds
from bothways.connections.actions import clock as promise_clock
from bothways.connections.models import Connection, Introduction, Queue
from bothways.connections.models.sealed import SealedAnswer
from bothways.core import time
from bothways.people.models import Person, Reservation
from tests import factories
from tests.connections import relating
from tests.connections.test_races import meanwhile, nobody_waits_in_a_circle
from tests.factories.introductions import ask, introduction, several, take_part

pytestmark = pytest.mark.django_db(
    transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
)
__all__ = ["nobody_waits_in_a_circle"]  # a fixture for each test here

ROUNDS = range(5)
at_once = partial(relating.at_once, refusals=(answers.Over, queues.TooManyOpen))


@pytest.fixture
def people(clock: time.Clock) -> list[Person]:
    house = factories.organisation()
    return several(house, "Ada Ben Cleo Dan Eve Finn", budget_minutes=600)


def settled() -> None:
    """What holds after every race: nothing open in what is closed, and what is held is held by something."""
    for queue in Queue.objects.exclude(state="open"):
        assert not Introduction.objects.filter(queue=queue, state="open").exists()
    assert not SealedAnswer.objects.exclude(introduction__state="open").exists()
    holding = [*Introduction.objects.filter(state="open"), *Queue.objects.open().filter(of_round=True)]
    held = set(Reservation.objects.filter(kind="held").values_list("source_key", flat=True))
    assert held <= {one.hold for one in holding}
    for queue in Queue.objects.open().filter(of_round=True):
        assert queue.hold in held


@pytest.mark.parametrize("number", ROUNDS)
def test_both_sides_of_a_round_say_yes(number: int, people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    take_part(ada, ben, cleo)
    outcomes = at_once(*(partial(answers.accept, introduction(ben), by=one) for one in (ada, ben)))
    assert [type(one).__name__ for one in outcomes if one] == ["Connection"]
    assert set(Reservation.objects.values_list("kind", "minutes")) == {("booked", 60)}
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_a_yes_in_a_round_and_an_ask_for_the_same_person(number: int, people: list[Person]) -> None:
    """Whichever comes first, both have said yes: the part and the ask are over."""
    ada, ben, cleo, dan = people[:4]
    take_part(ada, ben, dan)
    at_once(partial(answers.accept, introduction(ben), by=ada), partial(ask, ben, ada, cleo))
    assert Connection.objects.count() == 1
    assert not Queue.objects.open().exists()
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_two_parts_that_begin_with_one_another(number: int, people: list[Person]) -> None:
    """Two rounds at the same moment introduce the two once, and neither is a yes."""
    ada, ben, cleo = people[:3]
    at_once(partial(take_part, ada, ben, cleo), partial(take_part, ben, ada, cleo))
    assert Introduction.objects.between(ada, ben).count() == 1
    assert not Connection.objects.exists()
    assert Queue.objects.open().count() == 2
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_a_yes_in_a_round_and_the_clock(number: int, people: list[Person], clock: time.Clock) -> None:
    ada, ben, cleo = people[:3]
    take_part(ada, ben, cleo)
    answers.accept(introduction(ben), by=ben)
    clock.advance(timedelta(days=7))
    at_once(partial(answers.accept, introduction(ben), by=ada), promise_clock.advance, promise_clock.advance)
    assert Connection.objects.count() == 1
    assert Introduction.objects.filter(state="open").count() == 0
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_leaving_a_round_and_a_yes(number: int, people: list[Person]) -> None:
    ada, ben, cleo = people[:3]
    part = take_part(ada, ben, cleo)
    assert part is not None
    answers.accept(introduction(ben), by=ben)
    at_once(partial(rounds.leave_round, part), partial(answers.accept, introduction(ben), by=ada))
    part.refresh_from_db()
    assert part.closed_how == ("connected" if Connection.objects.exists() else "withdrawn")
    settled()


@pytest.mark.parametrize("number", ROUNDS)
def test_everybody_at_once_in_a_round(number: int, people: list[Person], clock: time.Clock) -> None:
    ada, ben, cleo, dan, eve, finn = people
    first, second = take_part(ada, ben, cleo, dan), take_part(ben, cleo, dan, eve)
    assert first is not None
    assert second is not None
    clock.advance(timedelta(days=7))
    races: list[Callable[[], object]] = [
        partial(answers.hand_on, introduction(ben), by=ada),
        partial(answers.accept, introduction(cleo), by=cleo),
        partial(ask, dan, ada, ben),
        partial(take_part, cleo, ada, dan, finn),
        partial(rounds.stop_asking, dan, [first, second]),
        partial(introductions.introduce, eve, ada, by=finn, why="You both love maps."),
        partial(absences.end_everything_open, eve),
        promise_clock.advance,
    ]
    at_once(*races)
    settled()


def test_a_part_that_appears_before_the_locks_begins_the_verb_anew(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben, cleo = people[:3]
    introductions.introduce(ada, ben, by=cleo, why="You both love maps.")

    def part_of_another() -> None:
        now = time.now()
        part = Queue.objects.create(
            organisation=ben.organisation,
            author=ben,
            kind="mentoring",
            note="Meet.",
            of_round=True,
            at_once=1,
            opened_at=now,
            asked_last_at=now,
            closes_at=now,
        )
        part.entries.create(person=ada, position=1)

    calls = meanwhile(monkeypatch, locks, "people", part_of_another)
    answers.not_now(introduction(ben), by=ada)
    assert len(calls) == 2
