"""The promise clock works off everything due, and one thing that fails holds up nobody else."""

from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from bothways.connections import tasks
from bothways.connections.actions import clock as promise_clock
from bothways.connections.actions import endings, introductions, queues
from bothways.connections.models import Introduction, Queue
from bothways.core import time
from bothways.core.breath import Stopped
from bothways.core.models import Organisation
from bothways.core.ticks import SomeFailed
from tests.factories.introductions import ask, pass_time, recorded, several

pytestmark = pytest.mark.django_db


def test_one_that_fails_is_tried_again_and_holds_up_nobody(
    organisation: Organisation,
    clock: time.Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ada, ben, cleo = several(organisation, "Ada Ben Cleo")
    broken, fine = ask(ada, ben), ask(ben, cleo)
    ended = endings.end

    def failing(introductions: Any, **how: Any) -> None:
        if Introduction.objects.filter(queue=broken, state="open", second=ben).exists() and monkey["on"]:
            monkey["on"] = False
            raise RuntimeError("a bug")
        ended(introductions, **how)

    monkey = {"on": True}
    monkeypatch.setattr(endings, "end", failing)
    with pytest.raises(SomeFailed):
        pass_time(clock, days=7)
    assert "failed; it will be tried again" in caplog.text
    assert not Introduction.objects.filter(queue=fine, state="open").exists()
    pass_time(clock)
    assert not Introduction.objects.filter(state="open").exists()
    assert not Queue.objects.open().exists()


def test_what_stays_due_is_left_for_the_next_round(
    organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act that changes nothing must not hold the worker in a circle."""
    ada, ben, cleo = several(organisation, "Ada Ben Cleo")
    ask(ada, ben), ask(ben, cleo)
    expired: list[str] = []
    with monkeypatch.context() as broken:
        broken.setattr(promise_clock, "expire", lambda introduction: expired.append(introduction.key))
        pass_time(clock, days=7)
    assert len(expired) == len(set(expired)) == 2
    pass_time(clock)
    assert not Introduction.objects.filter(state="open").exists()


def test_it_stops_between_two_and_goes_on_later(
    organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben, cleo = several(organisation, "Ada Ben Cleo")
    ask(ada, ben, cleo)
    breaths = iter([None])

    def breathe() -> None:
        if next(breaths, "out of breath"):
            raise Stopped

    monkeypatch.setattr(promise_clock, "breathe", breathe)
    with pytest.raises(Stopped):
        pass_time(clock, days=7)
    assert Introduction.objects.filter(state="open").count() == 1
    monkeypatch.undo()
    tasks.promise_clock()
    assert not Introduction.objects.filter(state="open").exists()


def test_more_than_a_batch_is_worked_off_in_due_order(
    organisation: Organisation, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promise_clock, "BATCH", 2)
    people = several(organisation, "Ada Ben Cleo Dan Eve Finn")
    for author, asked in pairwise(people):
        ask(author, asked)
        pass_time(clock, hours=1)
    pass_time(clock, days=8)
    ends = [
        Introduction.objects.get(key=row["introduction"]).ends_at for row in recorded("IntroductionEnded")
    ]
    assert len(ends) == 5
    assert ends == sorted(ends)


def test_acts_that_came_too_late_change_nothing(organisation: Organisation, clock: time.Clock) -> None:
    ada, ben, cleo, dan = several(organisation, "Ada Ben Cleo Dan")
    queue = ask(ada, ben, cleo, dan)
    asked = Introduction.objects.get(second=ben)
    acts = [
        partial(promise_clock.expire, asked),
        partial(queues.fall_back, queue),
        partial(queues.expire, queue),
        partial(promise_clock.remind, asked),
    ]
    for act in acts[:3]:
        act()
    assert Introduction.objects.filter(state="open").count() == 2
    queues.withdraw(queue)
    for act in acts:
        act()
    assert Introduction.objects.count() == 2
    assert recorded("ReminderCame") == []


def test_a_colleagues_introduction_ends_by_the_clock_too(
    organisation: Organisation, clock: time.Clock
) -> None:
    ada, ben, cleo = several(organisation, "Ada Ben Cleo")
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    pass_time(clock, days=7)
    assert Introduction.objects.get().ended_how == "time"
