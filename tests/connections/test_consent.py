"""Quiet consent's rules, each by its number in consent.md."""

from datetime import UTC, datetime, timedelta

import pytest

from bothways.connections.actions import answers, queues
from bothways.connections.actions import clock as promise_clock
from bothways.connections.models import Connection, Introduction, Queue
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


def ask(author: Person, *people: Person) -> Queue:
    approved = [queues.Approved(person) for person in people]
    return queues.open(author, approved, kind="conversation", note="A word about talks?")


def test_a_yes_connects(organisation: Organisation, clock: time.Clock) -> None:
    ada, ben, cleo = (factories.member(organisation, name) for name in ("Ada", "Ben", "Cleo"))
    queue = ask(ada, ben, cleo)
    assert Introduction.objects.count() == 2
    connection = answers.accept(
        Introduction.objects.get(second=ben), by=ben, times=[datetime(2026, 3, 4, 10, tzinfo=UTC)]
    )
    assert connection is not None
    assert Connection.objects.get().meetings.get().times == ["2026-03-04T10:00:00+00:00"]
    queue.refresh_from_db()
    assert queue.closed_how == "connected"
    assert Introduction.objects.get(second=cleo).ended_how == "found"


def test_the_fallback_comes_whatever_was_answered(organisation: Organisation, clock: time.Clock) -> None:
    ada, *others = (factories.member(organisation, name) for name in ("Ada", "Ben", "Cleo", "Dan"))
    queue = ask(ada, *others)
    answers.not_now(Introduction.objects.get(second=others[0]), by=others[0])
    clock.advance(timedelta(days=2))
    promise_clock.advance()
    assert Introduction.objects.filter(second=others[2]).exists()
    clock.advance(timedelta(days=7))
    promise_clock.advance()
    queue.refresh_from_db()
    assert (queue.state, queue.closed_how) == ("closed", "time")
    assert not Introduction.objects.filter(state="open").exists()
