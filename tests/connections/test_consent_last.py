"""Quiet consent's rules 23 to 27, each by its number in consent.md."""

from datetime import timedelta

import pytest

from bothways.connections.actions import answers, connecting, introductions, queues, sealing
from bothways.connections.models import Connection, Introduction, Queue, QueueEntry
from bothways.connections.queries import introductions as reading
from bothways.connections.queries import own_answers
from bothways.connections.rules import consent
from bothways.core import keys, time
from bothways.people.models import Person
from tests import factories
from tests.factories.introductions import ask, introduction, pass_time, recorded, sealed

pytestmark = pytest.mark.django_db


def test_rule_23_keys_follow_from_seed_and_command_alone(ada: Person, others: list[Person]) -> None:
    with keys.derived("seed", "ask 1"):
        one = ask(ada, others[0]).key
    with keys.derived("seed", "ask 2"):
        ask(ada, others[1])
    queues.withdraw(Queue.objects.get(key=one))
    Queue.objects.all().delete()
    with keys.derived("seed", "ask 1"):
        assert ask(ada, others[0]).key == one


def test_rule_24_own_answers_are_ones_own(ada: Person, others: list[Person]) -> None:
    introductions.introduce(others[0], others[1], by=ada, why="You both love maps.")
    asked = introduction(others[1])
    answers.not_now(asked, by=others[1])
    assert own_answers.of(others[1], [asked]) == {asked.pk: "not_now"}
    assert own_answers.of(others[0], [asked]) == {asked.pk: "none"}
    assert own_answers.of(ada, [asked]) == {}
    assert list(reading.waiting_for(others[0])) == [asked]
    assert list(reading.waiting_for(others[1])) == []
    assert list(reading.open_for(others[1])) == [asked]


def test_rule_25_an_ask_meets_an_open_introduction_and_replaces_an_earlier_answer(
    ada: Person, others: list[Person]
) -> None:
    first = ask(ada, *others[:2])
    answers.not_now(introduction(others[0]), by=others[0])
    second = ask(others[0], others[2], ada)
    assert Connection.objects.filter(first=ada, second=others[0]).count() == 1
    for queue in (first, second):
        queue.refresh_from_db()
        assert (queue.state, queue.closed_how) == ("closed", "connected")
    assert introduction(others[1]).ended_how == "found"
    assert not Introduction.objects.filter(second=others[2]).exists()


def test_rule_25_an_ask_that_waits_for_somebody_meets_their_ask(ada: Person, others: list[Person]) -> None:
    """Ben's ask holds Ada, whose turn has not come; Ada asks Ben: both have said yes."""
    waiting = ask(others[0], others[1], others[2], ada)
    ask(ada, others[0], others[3])
    waiting.refresh_from_db()
    assert waiting.closed_how == "connected"
    assert Connection.objects.count() == 1
    assert not Queue.objects.open().exists()
    opened = {row["introduction"] for row in recorded("IntroductionOpened")}
    assert introduction(others[0]).key not in opened, "nobody is asked what they said already"
    assert not Introduction.objects.filter(second=others[3]).exists()


def test_rule_25_an_ask_is_a_yes_to_a_colleagues_introduction_too(ada: Person, others: list[Person]) -> None:
    ben, cleo = others[:2]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    queue = ask(ben, cleo, others[2])
    asked = Introduction.objects.get(queue=None)
    assert own_answers.of(ben, [asked]) == {asked.pk: "yes"}
    assert list(reading.waiting_for(ben)) == []
    answers.not_now(asked, by=ben)
    assert own_answers.of(ben, [asked]) == {asked.pk: "yes"}, "an ask is withdrawn, not answered (rule 5)"
    assert Introduction.objects.filter(queue=queue).count() == 1
    assert answers.accept(asked, by=cleo) is not None
    queue.refresh_from_db()
    assert queue.closed_how == "connected"


def test_rule_25_a_withdrawn_ask_is_no_longer_a_yes(ada: Person, others: list[Person]) -> None:
    ben, cleo = others[:2]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    queues.withdraw(ask(ben, cleo))
    assert answers.accept(Introduction.objects.get(queue=None), by=cleo) is None


def test_rule_25_otherwise_an_ask_gets_the_same_reply(ada: Person, others: list[Person]) -> None:
    ask(ada, *others[:2])
    answers.accept(introduction(others[0]), by=others[0])
    again = ask(ada, others[0])
    assert (again.state, again.closes_at) == ("open", again.opened_at + timedelta(days=7))


def test_rule_26_handing_on_ends_it_and_asks_the_next(ada: Person, others: list[Person]) -> None:
    queue = ask(ada, *others[:4])
    promised = queue.fallback_at
    answers.hand_on(introduction(others[0]), by=others[0], to=others[4])
    handed = introduction(others[0])
    assert (handed.ended_how, handed.handed_on_by) == ("handed_on", others[0])
    assert introduction(others[2]).state == "open"
    assert not Introduction.objects.filter(second=others[4]).exists()
    queue.refresh_from_db()
    assert queue.fallback_at == promised
    visible = reading.visible_in(queue)
    assert [one.handed_on_by for one in visible.handed_on] == [others[0]]
    assert [(one.person, one.suggested_by) for one in visible.suggested] == [(others[4], others[0])]


def test_rule_26_a_suggested_name_is_asked_once_the_author_approves(
    ada: Person, others: list[Person]
) -> None:
    queue = ask(ada, others[0])
    answers.hand_on(introduction(others[0]), by=others[0], to=others[4])
    entry = QueueEntry.objects.get(approved=False)
    queues.approve(entry)
    queues.approve(entry)
    assert introduction(others[4]).queue == queue
    assert Introduction.objects.filter(second=others[4]).count() == 1


def test_rule_26_an_approved_name_waits_for_its_turn_where_others_wait(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, *others[:4], at_once=1)
    answers.hand_on(introduction(others[0]), by=others[0], to=others[4])
    queues.approve(QueueEntry.objects.get(approved=False))
    assert not Introduction.objects.filter(second=others[4]).exists()
    for _ in range(4):
        pass_time(clock, days=2)
    assert Introduction.objects.filter(second=others[4]).exists()


def test_rule_26_an_approved_name_who_asks_the_author_meets_them(ada: Person, others: list[Person]) -> None:
    ask(ada, others[0])
    answers.hand_on(introduction(others[0]), by=others[0], to=others[4])
    ask(others[4], ada)
    queues.approve(QueueEntry.objects.get(approved=False))
    assert Connection.objects.filter(first=others[4], second=ada).exists()


def test_rule_26_names_that_make_no_sense_are_not_suggested(ada: Person, others: list[Person]) -> None:
    zoe = factories.member(factories.organisation("elsewhere"), "Zoe")
    ask(ada, *others[:3])
    answers.hand_on(introduction(others[0]), by=others[0], to=ada)
    answers.hand_on(introduction(others[1]), by=others[1], to=zoe)
    answers.hand_on(introduction(others[2]), by=others[2], to=others[0])
    assert QueueEntry.objects.filter(approved=True).count() == QueueEntry.objects.count() == 3


def test_rule_26_nothing_is_approved_in_a_closed_queue(ada: Person, others: list[Person]) -> None:
    queue = ask(ada, others[0])
    answers.hand_on(introduction(others[0]), by=others[0], to=others[4])
    queues.withdraw(queue)
    queues.approve(QueueEntry.objects.get(person=others[4]))
    assert not QueueEntry.objects.get(person=others[4]).approved


def test_rule_26_a_colleagues_introduction_can_be_handed_on(ada: Person, others: list[Person]) -> None:
    introductions.introduce(others[0], others[1], by=ada, why="You both love maps.")
    answers.hand_on(introduction(others[1]), by=others[0])
    assert introduction(others[1]).handed_on_by == others[0]
    with pytest.raises(answers.Over):
        answers.hand_on(introduction(others[1]), by=others[1])


def test_rule_27_an_asker_reaches_none_of_their_introductions(ada: Person, others: list[Person]) -> None:
    ask(ada, *others[:2])
    assert not Introduction.objects.ours(ada).exists()
    assert set(Introduction.objects.ours(others[0])) == {introduction(others[0])}
    assert not Introduction.objects.ours(others[2]).exists()
    answers.not_now(introduction(others[0]), by=others[0])
    assert not reading.visible_in(Queue.objects.get())


def test_nothing_connects_twice(ada: Person, others: list[Person]) -> None:
    ask(ada, others[0])
    asked = introduction(others[0])
    answers.accept(asked, by=others[0])
    assert connecting.connect_if_both_yes(introduction(others[0]), last=others[0]) is None
    assert sealed(asked) == []
    assert Connection.objects.count() == 1


def test_two_yeses_whose_time_is_over_do_not_connect(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, others[0])
    asked = introduction(others[0])
    sealing.put(asked, by=others[0], answer=consent.Answer.YES, times=[])
    clock.advance(timedelta(days=7))
    assert connecting.connect_if_both_yes(asked, last=others[0]) is None
    assert not Connection.objects.exists()
