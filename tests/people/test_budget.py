"""The time budget holds under simultaneous reservations, with real connections; and its page."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import close_old_connections, connection, transaction
from django.db.models import Sum

from bothways.core.models import Organisation
from bothways.core.time import Clock
from bothways.people.actions import budgets
from bothways.people.models import Person, Reservation
from tests import factories

MONTH = date(2026, 3, 1)
TIME = "/harbour/me/time/"
AT_ONCE = 8
ROUNDS = 13  # of each of the four budgets


def reserved(person: Person) -> int:
    total = Reservation.objects.filter(person=person).aggregate(total=Sum("minutes"))["total"]
    return int(total or 0)


def at_once(person: Person, reserve: Callable[[Person, str, threading.Barrier], None]) -> list[BaseException]:
    """The same, eight times at once, each over a connection of its own; returns what went wrong."""
    together, wrong = threading.Barrier(AT_ONCE, timeout=30), list[BaseException]()

    def one(number: int) -> None:
        try:
            reserve(person, f"source:{number}", together)
        except BaseException as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    close_old_connections()
    return wrong


def by_the_verb(person: Person, source: str, together: threading.Barrier) -> None:
    together.wait()
    with transaction.atomic():
        budgets.reserve(person, month=MONTH, minutes=30, source_key=source)


def naively(person: Person, source: str, together: threading.Barrier) -> None:
    """What the verb must not be: read, then write, with nothing held in between."""
    room = budgets.taken(person, month=MONTH) + 30 <= person.budget_minutes
    together.wait()
    if room:
        Reservation.objects.create(
            person=person, month=MONTH, minutes=30, kind=Reservation.Kind.HELD, source_key=source
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("budget", [0, 30, 100, 120])
def test_the_sum_of_what_is_reserved_never_exceeds_the_budget(budget: int) -> None:
    organisation = factories.organisation()
    for _ in range(ROUNDS):
        person = factories.member(organisation, budget_minutes=budget)
        refused = at_once(person, by_the_verb)
        assert [problem for problem in refused if not isinstance(problem, budgets.Full)] == []
        assert reserved(person) == 30 * (budget // 30)
        assert len(refused) == AT_ONCE - budget // 30


@pytest.mark.django_db(transaction=True)
def test_reading_first_and_writing_then_would_exceed_it() -> None:
    """The race is real: without the lock the same eight overrun the budget."""
    person = factories.member(factories.organisation(), budget_minutes=60)
    assert at_once(person, naively) == []
    assert reserved(person) > 60


def test_a_lowered_budget_counts_from_the_next_introduction(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation, budget_minutes=120)
    with transaction.atomic():
        budgets.reserve(ada, month=MONTH, minutes=60, source_key="a")
    budgets.change(ada, minutes=30)
    assert reserved(ada) == 60
    with pytest.raises(budgets.Full), transaction.atomic():
        budgets.reserve(ada, month=MONTH, minutes=30, source_key="b")
    with transaction.atomic():
        assert (
            budgets.reserve(ada, month=MONTH + timedelta(days=31), minutes=30, source_key="c").minutes == 30
        )


def test_the_page_adds_up_what_is_promised_and_never_what_is_held(
    clock: Clock, organisation: Organisation
) -> None:
    """A hold of something that was never delivered would else be read out of the sum (consent.md 18)."""
    ada = factories.member(organisation, budget_minutes=300)
    budgets.take(ada, month=MONTH, minutes=45, source_key="meeting:1")
    client = factories.signed_in(ada)
    before = client.get(TIME).content.decode()
    assert "promised 45 minutes" in before
    with transaction.atomic():
        budgets.reserve(ada, month=MONTH, minutes=30, source_key="introduction:undelivered")
    after = client.get(TIME).content.decode()
    assert "promised 45 minutes" in after
    assert "75 minutes" not in after


@pytest.mark.parametrize(
    ("said", "minutes"),
    [({"amount": "60"}, 60), ({"amount": "0"}, 0), ({"amount": "-1", "minutes": "95"}, 95)],
)
def test_the_budget_is_set_in_words_or_figures(
    clock: Clock, organisation: Organisation, said: dict[str, str], minutes: int
) -> None:
    ada = factories.member(organisation)
    client = factories.signed_in(ada)
    assert client.post(TIME, said).status_code == 302
    ada.refresh_from_db()
    assert (ada.budget_minutes, ada.has_room) == (minutes, minutes >= 30)
    assert f'value="{minutes}"' in client.get(TIME).content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"amount": "61"},
        {"amount": "-1"},
        {"amount": "-1", "minutes": "-5"},
        {"amount": "-1", "minutes": "9999"},
    ],
)
def test_a_budget_that_makes_no_sense_is_asked_about(
    clock: Clock, organisation: Organisation, said: dict[str, str]
) -> None:
    ada = factories.member(organisation, budget_minutes=77)
    assert factories.signed_in(ada).post(TIME, said).status_code == 422
    ada.refresh_from_db()
    assert ada.budget_minutes == 77


def test_the_verb_refuses_what_no_form_lets_through(clock: Clock, organisation: Organisation) -> None:
    ada = factories.member(organisation)
    for minutes in (-1, budgets.MOST + 1):
        with pytest.raises(ValueError, match="minutes"):
            budgets.change(ada, minutes=minutes)
