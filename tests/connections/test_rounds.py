"""A person's part in a round, carried by a queue: quiet consent, by the numbers of consent.md."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from bothways.connections.actions import absences, answers, introductions, queues, rounds
from bothways.connections.models import Connection, Introduction, Queue, QueueEntry
from bothways.connections.queries import own_answers
from bothways.connections.rules.consent import Answer
from bothways.core import time
from bothways.people.actions import budgets
from bothways.people.models import NotWanted, Person, Reservation
from tests.factories.introductions import (
    ROUND,
    ask,
    introduction,
    pass_time,
    recorded,
    sealed,
    take_part,
    worked_off,
)

pytestmark = pytest.mark.django_db

MONTH = date(2026, 3, 1)


def begun(author: Person, *people: Person) -> Queue:
    queue = take_part(author, *people)
    assert queue is not None
    return queue


def asked(queue: Queue) -> list[str]:
    """Whom this queue asked so far, in order."""
    by_time = queue.introductions.order_by("opens_at", "pk")
    return list(by_time.values_list("second__name", flat=True))


def taken(person: Person) -> int:
    return budgets.taken(person, month=MONTH)


def test_rule_1_a_round_goes_steadily(ada: Person, others: list[Person], clock: time.Clock) -> None:
    queue = begun(ada, *others[:3])
    only = introduction(others[0])
    assert (queue.of_round, queue.named, queue.at_once, only.both_asked) == (True, ROUND, 1, True)
    assert (only.ends_at, only.reminds_at) == (clock.at + timedelta(days=14), clock.at + timedelta(days=6))
    assert queue.fallback_at == datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert asked(queue) == [others[0].name]


def test_rule_1_a_round_of_conversations_is_as_steady(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    queue = take_part(ada, *others[:3], kind="conversation")
    assert queue is not None
    assert (queue.at_once, queue.fallback_at) == (1, datetime(2026, 3, 9, 9, tzinfo=UTC))
    assert introduction(others[0]).ends_at == clock.at + timedelta(days=14)
    assert taken(ada) == taken(others[0]) == 30


def test_rule_7_taking_part_is_a_yes_to_nobody(ada: Person, others: list[Person]) -> None:
    begun(ada, *others[:2])
    only = introduction(others[0])
    assert sealed(only) == ["none", "none"]
    assert own_answers.of(ada, [only]) == {only.pk: Answer.NONE}
    assert answers.accept(only, by=others[0]) is None
    assert not Connection.objects.exists()
    assert answers.accept(only, by=ada) is not None


def test_rule_3_who_said_no_to_another_is_asked_all_the_same(ada: Person, others: list[Person]) -> None:
    begun(others[1], others[0])
    answers.not_now(introduction(others[0]), by=others[0])
    assert asked(begun(ada, *others[:2])) == [others[0].name]


def test_rule_4_the_authors_not_now_changes_the_sealed_answer_and_nothing_else(
    ada: Person, others: list[Person]
) -> None:
    from tests.connections.test_consent import everything_but_answers

    begun(ada, *others[:2])
    before = everything_but_answers()
    answers.not_now(introduction(others[0]), by=ada)
    assert everything_but_answers() == before
    assert sealed(introduction(others[0])) == ["not_now", "none"]


def test_whether_somebody_has_asks_open_is_not_told_by_a_round(ada: Person, others: list[Person]) -> None:
    for other in others[:2]:
        ask(ada, other, kind="mentoring")
    assert queues.places_left(ada, kind="mentoring") == 0
    assert take_part(ada, others[2]) is not None


def test_a_round_takes_none_of_the_places_for_asks(ada: Person, others: list[Person]) -> None:
    for other in others[:2]:
        begun(ada, other)
    assert queues.places_left(ada, kind="mentoring") == 2
    assert ask(ada, others[3], kind="mentoring").state == "open"


def nobody_made() -> bool:
    return not (Queue.objects.exists() or Introduction.objects.exists() or Reservation.objects.exists())


def test_nothing_is_made_for_somebody_who_is_not_here(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    away = {"away_from": clock.at.date(), "away_until": clock.at.date() + timedelta(days=3)}
    for change in ({"state": Person.State.SUSPENDED}, {"state": Person.State.ACTIVE, **away}):
        Person.objects.filter(pk=ada.pk).update(**change)
        assert take_part(ada, *others[:2]) is None
    assert nobody_made()


def test_nothing_is_made_for_a_month_without_room_or_an_empty_list(ada: Person, others: list[Person]) -> None:
    assert take_part(ada, ada) is None
    budgets.change(ada, minutes=59)
    assert take_part(ada, *others[:2]) is None
    assert nobody_made()


def test_rule_13_the_authors_part_holds_one_place_and_one_meeting_whatever_is_open(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    budgets.change(ada, minutes=60)
    queue = begun(ada, *others[:3])
    held = Reservation.objects.get(person=ada)
    assert (held.source_key, held.minutes, held.kind) == (queue.hold, 60, "held")
    answers.not_now(introduction(others[0]), by=others[0])
    pass_time(clock, days=7)
    assert asked(queue) == [one.name for one in others[:2]]
    assert Introduction.objects.filter(queue=queue, state="open").count() == 2
    assert taken(ada) == taken(others[0]) == taken(others[1]) == 60
    assert introductions.places_taken(ada) == introductions.places_taken(others[0]) == 1


def test_rule_13_the_authors_place_counts_where_others_ask_them(ada: Person, others: list[Person]) -> None:
    begun(ada, others[0])
    for person in (ada, others[0]):
        answers.not_now(introduction(others[0]), by=person)
    ask(others[1], ada)
    ask(others[2], ada)
    assert [one.first for one in Introduction.objects.filter(second=ada)] == [others[1]]


@pytest.mark.parametrize("answer", [answers.not_now, None])
def test_rule_13_the_hold_stays_until_the_part_closes(
    answer: object, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    queue = begun(ada, others[0])
    if answer:
        answers.not_now(introduction(others[0]), by=ada)
        answers.not_now(introduction(others[0]), by=others[0])
    pass_time(clock, days=13)
    assert (taken(ada), taken(others[0])) == (60, 60)
    pass_time(clock, days=1)
    queue.refresh_from_db()
    assert (queue.state, queue.closed_how) == ("closed", "time")
    assert (taken(ada), taken(others[0])) == (0, 0)


def test_rule_13_what_the_part_held_becomes_the_booking(ada: Person, others: list[Person]) -> None:
    begun(ada, *others[:2])
    only = introduction(others[0])
    answers.accept(only, by=ada)
    answers.accept(only, by=others[0])
    rows = Reservation.objects.order_by("person").values_list("person", "kind", "source_key")
    assert list(rows) == [(person.pk, "booked", only.hold) for person in (ada, others[0])]


def test_rule_10_the_next_is_asked_whatever_was_answered(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ben, cleo, dan, eve = others[:4]
    said_no, silent = begun(ada, cleo, dan), begun(ben, dan, eve)
    answers.not_now(introduction(cleo), by=cleo)
    answers.not_now(introduction(cleo), by=ada)
    pass_time(clock, days=6)
    assert (asked(said_no), asked(silent)) == ([cleo.name], [dan.name])
    pass_time(clock, days=1)
    assert (asked(said_no), asked(silent)) == ([cleo.name, dan.name], [dan.name, eve.name])
    opened = Introduction.objects.filter(second__in=[eve.pk]) | Introduction.objects.filter(
        first=ada, second=dan
    )
    assert len(set(opened.values_list("opens_at", flat=True))) == 1


def test_rule_10_who_has_no_room_now_waits_for_a_later_turn(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    full, next_one = others[:2]
    budgets.change(full, minutes=0)
    queue = begun(ada, full, next_one)
    assert asked(queue) == [next_one.name]
    assert QueueEntry.objects.get(queue=queue, person=full).tried_at is None
    budgets.change(full, minutes=60)
    pass_time(clock, days=7)
    assert asked(queue) == [next_one.name, full.name]


def test_rule_10_there_are_no_more_turns_than_people_on_the_list(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    for other in others[:3]:
        budgets.change(other, minutes=0)
    queue = begun(ada, *others[:3])
    for _week in range(4):
        pass_time(clock, days=7)
    queue.refresh_from_db()
    assert (queue.turns, queue.state, asked(queue)) == (3, "closed", [])


def test_rule_11_either_side_may_ask_for_more(ada: Person, others: list[Person]) -> None:
    begun(ada, others[0])
    for person in (ada, others[0]):
        answers.tell_me_more(introduction(others[0]), by=person, question="How often?")
    worked_off()
    assert recorded("MoreAsked") == [
        {"introduction": introduction(others[0]).key, "by": person.key} for person in (ada, others[0])
    ]


def test_rule_12_the_part_closes_at_its_first_connection(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    queue = begun(ada, *others[:3])
    pass_time(clock, days=7)
    answers.accept(introduction(others[0]), by=ada)
    connection = answers.accept(introduction(others[0]), by=others[0])
    queue.refresh_from_db()
    assert (queue.closed_how, queue.connection) == ("connected", connection)
    assert introduction(others[1]).ended_how == "found"
    assert taken(others[1]) == 0


def test_rule_12_which_parts_a_connection_closes(ada: Person, others: list[Person]) -> None:
    """The introduction's own; an ask between the two; another round's where the two stand as a pair."""
    ben, cleo, dan = others[:3]
    budgets.change(ben, minutes=240)
    ben.refresh_from_db()
    own, of_pair, elsewhere = begun(ada, ben, cleo), begun(ben, dan, ada), begun(ben, cleo)
    asking = ask(ben, cleo, dan, ada)
    assert answers.accept(introduction(ben), by=ben) is None
    assert answers.accept(introduction(ben), by=ada) is not None
    for queue, state in ((own, "closed"), (of_pair, "closed"), (asking, "closed"), (elsewhere, "open")):
        queue.refresh_from_db()
        assert queue.state == state
    assert {row for row in Reservation.objects.filter(person=ben).values_list("kind", flat=True)} == {
        "booked",
        "held",
    }


def test_rule_15_who_is_gone_makes_room_for_the_next(ada: Person, others: list[Person]) -> None:
    queue = begun(ada, *others[:3])
    Person.objects.filter(pk=others[0].pk).update(state=Person.State.SUSPENDED)
    absences.end_everything_open(others[0])
    assert introduction(others[0]).ended_how == "away"
    assert asked(queue) == [one.name for one in others[:2]]


def test_rule_15_the_author_gone_closes_their_part(ada: Person, others: list[Person]) -> None:
    queue = begun(ada, *others[:3])
    Person.objects.filter(pk=ada.pk).update(state=Person.State.SUSPENDED)
    absences.end_everything_open(ada)
    queue.refresh_from_db()
    assert (queue.state, queue.closed_how, queue.fallback_at) == ("closed", "away", None)
    assert (asked(queue), taken(ada), taken(others[0])) == ([others[0].name], 0, 0)


def test_rule_17_leaving_a_round_ends_what_is_open(ada: Person, others: list[Person]) -> None:
    queue = begun(ada, *others[:3])
    rounds.leave_round(queue)
    rounds.leave_round(queue)
    queue.refresh_from_db()
    assert (queue.closed_how, introduction(others[0]).ended_how) == ("withdrawn", "withdrawn")
    assert (taken(ada), taken(others[0])) == (0, 0)


def test_who_leaves_as_a_giver_is_asked_no_more(ada: Person, others: list[Person], clock: time.Clock) -> None:
    queue, ask_of_theirs = begun(ada, *others[:3]), ask(others[3], others[1], kind="mentoring")
    rounds.stop_asking(others[0], [queue, ask_of_theirs])
    rounds.stop_asking(others[1], [queue, ask_of_theirs])
    assert introduction(others[0]).state == "open"
    pass_time(clock, days=7)
    assert asked(queue) == [others[0].name, others[2].name]


@pytest.mark.parametrize("unwilling", [0, 1])
def test_rule_18_who_would_rather_not_is_held_and_ends_alike(
    unwilling: int, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    pair = [ada, others[0]]
    NotWanted.objects.create(person=pair[unwilling], other=pair[1 - unwilling])
    queue = begun(ada, *others[:2])
    hidden = introduction(others[0])
    assert not hidden.delivered
    assert not Introduction.objects.ours(ada).exists()
    assert recorded("IntroductionOpened") == []
    assert (taken(ada), taken(others[0])) == (60, 60)
    pass_time(clock, days=7)
    assert asked(queue) == [one.name for one in others[:2]]
    pass_time(clock, days=7)
    assert introduction(others[0]).ended_how == "time"
    assert [row["introduction"] for row in recorded("IntroductionOpened")] == [introduction(others[1]).key]


def test_rule_25_an_ask_meets_what_a_round_opened(ada: Person, others: list[Person]) -> None:
    part = begun(ada, *others[:2])
    answers.accept(introduction(others[0]), by=ada)
    asking = ask(others[0], others[2], ada)
    assert Connection.objects.exists()
    for queue in (part, asking):
        queue.refresh_from_db()
        assert queue.closed_how == "connected"


def test_rule_25_a_round_meets_nothing(ada: Person, others: list[Person]) -> None:
    """Ben asks Ada and somebody else; a round that would introduce the two is no yes of Ada's."""
    ask(others[0], ada)
    part = begun(ada, others[0], others[1])
    assert not Connection.objects.exists()
    assert asked(part) == [others[1].name]


@pytest.mark.parametrize("side", [0, 1])
def test_rule_26_either_hands_on_and_the_next_is_asked(side: int, ada: Person, others: list[Person]) -> None:
    queue = begun(ada, *others[:3])
    only = introduction(others[0])
    answers.hand_on(only, by=[ada, others[0]][side], to=others[4])
    assert introduction(others[0]).ended_how == "handed_on"
    assert asked(queue) == [one.name for one in others[:2]]
    assert queue.entries.count() == 3


def test_rule_27_nobody_reads_the_list_of_a_round(ada: Person, others: list[Person]) -> None:
    begun(ada, *others[:3])
    assert not QueueEntry.objects.mine(ada).exists()
    assert [one.first for one in Introduction.objects.ours(ada)] == [ada]


def test_rows_from_before_there_were_rounds_say_whether_both_were_asked(
    ada: Person, others: list[Person]
) -> None:
    ask(ada, others[0])
    introductions.introduce(others[1], others[2], by=ada, why="You both love maps.")
    Introduction.objects.update(both_asked=True)
    migration = import_module("bothways.connections.migrations.0003_parts_in_rounds")
    migration.an_ask_is_its_authors_yes(apps, None)
    asked_both = {bool(row.queue_id): row.both_asked for row in Introduction.objects.all()}
    assert asked_both == {True: False, False: True}
