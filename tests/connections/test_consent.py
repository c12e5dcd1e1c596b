"""Quiet consent, rules 1 to 13, each by its number in consent.md."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bothways.connections.actions import answers, introductions, queues
from bothways.connections.models import Connection, Introduction, MoreAsked, Queue
from bothways.connections.models.sealed import SealedAnswer
from bothways.core import time
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.actions import budgets
from bothways.people.models import Person, Reservation
from tests import factories
from tests.factories.introductions import ask, introduction, pass_time, recorded, sealed, several

pytestmark = pytest.mark.django_db


def test_rule_1_times_are_fixed_when_it_opens(ada: Person, others: list[Person], clock: time.Clock) -> None:
    queue = ask(ada, *others[:3])
    asked = introduction(others[0])
    fixed = (asked.opens_at, asked.ends_at, asked.reminds_at)
    assert fixed == (clock.at, clock.at + timedelta(days=7), clock.at + timedelta(days=3))
    assert queue.fallback_at == datetime(2026, 3, 4, 9, tzinfo=UTC)
    clock.advance(timedelta(hours=5))
    answers.tell_me_more(asked, by=others[0], question="What about?")
    answers.not_now(asked, by=others[0])
    asked.refresh_from_db()
    assert (asked.opens_at, asked.ends_at, asked.reminds_at) == fixed


def test_rule_1_open_needs_the_state_and_the_time(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, others[0])
    clock.advance(timedelta(days=7))
    assert introduction(others[0]).state == "open"
    with pytest.raises(answers.Over):
        answers.accept(introduction(others[0]), by=others[0])


def test_rule_1_each_side_has_one_sealed_answer(ada: Person, others: list[Person]) -> None:
    ask(ada, others[0])
    answers.not_now(introduction(others[0]), by=others[0])
    answers.not_now(introduction(others[0]), by=others[0])
    assert SealedAnswer.objects.count() == 2


def everything_but_answers() -> dict[str, list[object]]:
    """All rows of our tables, but the sealed answers; reading a full-text index numbers it anew."""
    from django.apps import apps

    tables = [model for model in apps.get_models() if model is not SealedAnswer and model._meta.managed]
    return {
        model._meta.label: [str(row) for row in model._default_manager.order_by("pk").values()]
        for model in tables
    }


def test_rule_4_not_now_changes_the_sealed_answer_and_nothing_else(ada: Person, others: list[Person]) -> None:
    ask(ada, *others[:2])
    before = everything_but_answers()
    answers.not_now(introduction(others[0]), by=others[0])
    assert everything_but_answers() == before
    assert sealed(introduction(others[0])) == ["yes", "not_now"]


def test_rule_5_the_last_answer_counts(ada: Person, others: list[Person]) -> None:
    introductions.introduce(others[0], others[1], by=ada, why="You both love maps.")
    asked = introduction(others[1])
    answers.accept(asked, by=others[1], times=[time.now() + timedelta(days=2)])
    answers.not_now(asked, by=others[1])
    assert SealedAnswer.objects.get(person=others[1]).times == []
    assert answers.accept(asked, by=others[0]) is None
    assert answers.accept(asked, by=others[1]) is not None


def test_rule_5_an_asker_does_not_answer_their_own_ask(ada: Person, others: list[Person]) -> None:
    ask(ada, others[0])
    for verb in (answers.accept, answers.not_now, answers.hand_on):
        with pytest.raises(answers.NotAsked):
            verb(introduction(others[0]), by=ada)
    assert sealed(introduction(others[0])) == ["yes", "none"]


def test_rule_6_a_yes_connects_closes_the_queue_and_ends_the_others(
    ada: Person, others: list[Person]
) -> None:
    queue = ask(ada, *others[:3])
    start = datetime(2026, 3, 4, 10, tzinfo=UTC)
    connection = answers.accept(introduction(others[0]), by=others[0], times=[start])
    assert connection is not None
    meeting = connection.meetings.get()
    assert (meeting.proposed_by, meeting.times) == (others[0], [start.isoformat()])
    queue.refresh_from_db()
    assert (queue.state, queue.closed_how, queue.fallback_at) == ("closed", "connected", None)
    assert introduction(others[0]).state == "connected"
    assert introduction(others[1]).ended_how == "found"
    assert [event["connection"] for event in recorded("ConnectionMade")] == [connection.key]


def test_rule_6_whoever_comes_second_reads_the_ended_text(ada: Person, others: list[Person]) -> None:
    ask(ada, *others[:2])
    stale = introduction(others[1])
    answers.accept(introduction(others[0]), by=others[0])
    with pytest.raises(answers.Over):
        answers.accept(stale, by=others[1])
    with pytest.raises(answers.Over):
        answers.accept(introduction(others[0]), by=others[0])
    assert Connection.objects.count() == 1


def test_rule_6_times_that_suit_both_are_offered(ada: Person, others: list[Person]) -> None:
    ben, cleo = others[:2]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    asked, days = introduction(cleo), [time.now() + timedelta(days=day) for day in (2, 3, 4)]
    answers.accept(asked, by=ben, times=days[:2])
    connection = answers.accept(asked, by=cleo, times=days[1:])
    assert connection
    assert connection.meetings.get().times == [days[1].isoformat()]


def test_rule_6_times_that_went_by_while_sealed_are_left_out(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ben, cleo = others[:2]
    introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    answers.accept(introduction(cleo), by=ben, times=[time.now() + timedelta(days=1)])
    clock.advance(timedelta(days=2))
    connection = answers.accept(introduction(cleo), by=cleo)
    assert connection
    assert not connection.meetings.exists()


def test_rule_7_an_ask_is_a_yes_to_the_approved_list_alone(ada: Person, others: list[Person]) -> None:
    queue = ask(ada, others[1], others[0], others[1], ada)
    people = list(queue.entries.order_by("position").values_list("person__name", flat=True))
    assert people == ["Cleo", "Ben"]
    assert sealed(introduction(others[0])) == ["yes", "none"]


def test_rule_7_nobody_beyond_the_wall_is_asked(ada: Person, clock: time.Clock) -> None:
    elsewhere = factories.member(factories.organisation("elsewhere"), "Zoe")
    with pytest.raises(queues.NobodyApproved):
        ask(ada, elsewhere)
    with pytest.raises(queues.NobodyApproved):
        ask(ada, ada)


def test_rule_8_a_one_sided_yes_leaves_no_trace_but_the_answer(ada: Person, others: list[Person]) -> None:
    introductions.introduce(others[0], others[1], by=ada, why="You both love maps.")
    before = everything_but_answers()
    answers.accept(introduction(others[1]), by=others[1])
    assert everything_but_answers() == before


def test_rule_9_both_answers_go_when_it_ends(ada: Person, others: list[Person], clock: time.Clock) -> None:
    ask(ada, *others[:2])
    answers.not_now(introduction(others[0]), by=others[0])
    pass_time(clock, days=7)
    assert not SealedAnswer.objects.exists()
    assert {(one.state, one.ended_how) for one in Introduction.objects.all()} == {("ended", "time")}


def test_rule_9_both_answers_go_when_it_connects(ada: Person, others: list[Person]) -> None:
    ask(ada, others[0])
    answers.accept(introduction(others[0]), by=others[0])
    assert not SealedAnswer.objects.exists()


def test_rule_9_what_is_overdue_ended_by_time_whatever_closes_the_queue(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, *others[:4])
    pass_time(clock, days=2)
    clock.advance(timedelta(days=5))
    answers.accept(introduction(others[2]), by=others[2])
    assert introduction(others[0]).ended_how == "time"
    assert introduction(others[3]).ended_how == "found"


def test_rule_10_the_fallback_comes_whatever_was_answered(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    queue = ask(ada, *others[:5])
    answers.not_now(introduction(others[0]), by=others[0])
    assert Introduction.objects.count() == 2
    pass_time(clock, days=1, hours=23)
    assert Introduction.objects.count() == 2
    pass_time(clock, hours=1)
    assert Introduction.objects.count() == 4
    pass_time(clock, days=2)
    queue.refresh_from_db()
    assert Introduction.objects.count() == 5
    assert (queue.fallback_at, queue.closes_at) == (None, clock.at + timedelta(days=7))
    pass_time(clock, days=7)
    queue.refresh_from_db()
    assert (queue.state, queue.closed_how) == ("closed", "time")
    assert {row["how"] for row in recorded("QueueClosed")} == {"time"}


def test_rule_10_an_asker_may_prefer_one_at_a_time(ada: Person, others: list[Person]) -> None:
    ask(ada, *others, at_once=1)
    assert Introduction.objects.count() == 1


def test_rule_10_nobody_is_asked_more_at_once_than_the_pace_allows(ada: Person, others: list[Person]) -> None:
    ask(ada, *others, at_once=5)
    assert Introduction.objects.count() == 2


def test_rule_10_missed_ticks_run_in_due_order(
    ada: Person, others: list[Person], organisation: Organisation, clock: time.Clock
) -> None:
    """Dan's place is freed before the turn of the ask that waits for it comes."""
    gus, hal = several(organisation, "Gus Hal")
    dan = factories.member(organisation, "Dan", budget_minutes=30)
    ask(gus, dan)
    clock.advance(timedelta(days=4, hours=23))
    pass_time(clock)
    ask(hal, others[0], others[1], dan)
    clock.advance(timedelta(days=9))
    pass_time(clock)
    assert Introduction.objects.filter(first=hal, second=dan).exists()


def test_rule_11_once_a_side_always_accepted_alike_and_no_timer_moves(
    ada: Person, others: list[Person]
) -> None:
    queue = ask(ada, *others[:3])
    asked = introduction(others[0])
    first = answers.tell_me_more(asked, by=others[0], question="What about?")
    again = answers.tell_me_more(asked, by=others[0], question="And where?")
    assert (first.pk, again.question) == (again.pk, "What about?")
    assert len(recorded("MoreAsked")) == 1
    fallback_at = queue.fallback_at
    queue.refresh_from_db()
    assert queue.fallback_at == fallback_at


def test_rule_11_a_question_after_a_no_is_accepted_alike(ada: Person, others: list[Person]) -> None:
    ask(ada, others[0])
    answers.not_now(introduction(others[0]), by=others[0])
    asked = answers.tell_me_more(introduction(others[0]), by=others[0], question="What about?")
    assert sealed(asked.introduction) == ["yes", "not_now"]
    assert recorded("MoreAsked") == [{"introduction": asked.introduction.key, "by": others[0].key}]


def test_rule_11_the_other_side_alone_replies_while_it_is_open(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, others[0])
    asked = answers.tell_me_more(introduction(others[0]), by=others[0], question="What about?")
    for nobody in (others[0], others[1]):
        with pytest.raises(answers.NotAsked):
            answers.reply(asked, by=nobody, text="Talks.")
    answers.reply(asked, by=ada, text="Talks.")
    assert MoreAsked.objects.get().reply == "Talks."
    assert recorded("MoreReplied") == [{"introduction": asked.introduction.key, "by": ada.key}]
    clock.advance(timedelta(days=7))
    with pytest.raises(answers.Over):
        answers.reply(asked, by=ada, text="Talks, really.")


def test_rule_12_the_others_end_at_once_whatever_was_answered(ada: Person, others: list[Person]) -> None:
    ask(ada, *others[:2])
    answers.not_now(introduction(others[0]), by=others[0])
    answers.accept(introduction(others[1]), by=others[1])
    ended = introduction(others[0])
    assert recorded("IntroductionEnded") == [{"introduction": ended.key, "how": "found"}]


def test_rule_13_an_open_queue_holds_a_place_until_it_closes(ada: Person, others: list[Person]) -> None:
    opened = [ask(ada, person) for person in others[:3]]
    answers.not_now(introduction(others[0]), by=others[0])
    assert queues.places_left(ada, kind="conversation") == 0
    with pytest.raises(queues.TooManyOpen):
        ask(ada, others[3])
    ask(ada, others[3], kind="mentoring")
    queues.withdraw(opened[0])
    ask(ada, others[4])


def test_nobody_asks_the_whole_house_in_a_day_by_withdrawing(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    for number in range(queues.MOST_A_DAY):
        queues.withdraw(ask(ada, others[number % len(others)]))
    with pytest.raises(queues.TooManyOpen) as refused:
        ask(ada, others[0])
    assert refused.value.today
    clock.advance(timedelta(days=1, minutes=1))
    ask(ada, others[0])


def test_rule_13_an_introduction_holds_a_place_until_it_ends(
    organisation: Organisation, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    gus, hal = several(organisation, "Gus Hal")
    for author in (ada, gus):
        ask(author, others[0])
        answers.not_now(introduction(others[0]), by=others[0])
    ask(hal, others[0])
    assert not Introduction.objects.filter(first=hal).exists()


def test_rule_13_minutes_are_held_in_the_organisations_month_and_booked_by_a_yes(clock: time.Clock) -> None:
    clock.move_to(datetime(2026, 3, 31, 20, tzinfo=UTC))
    far = factories.organisation("far", time_zone="Pacific/Auckland")
    ada, ben = several(far, "Ada Ben")
    ask(ada, ben)
    held = Reservation.objects.get()
    assert (held.person, held.month, held.minutes, held.kind) == (ben, date(2026, 4, 1), 30, "held")
    answers.not_now(introduction(ben), by=ben)
    assert budgets.taken(ben, month=date(2026, 4, 1)) == 30
    Person.objects.filter(pk=ben.pk).update(budget_minutes=0)
    clock.advance(timedelta(days=3))
    assert answers.accept(introduction(ben), by=ben)
    held.refresh_from_db()
    assert held.kind == "booked"


@pytest.mark.parametrize("end", ["time", "found", "withdrawn", "handed_on"])
def test_rule_13_held_minutes_are_released_when_it_ends(
    end: str, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    queue = ask(ada, *others[:2])
    if end == "time":
        pass_time(clock, days=7)
    elif end == "found":
        answers.accept(introduction(others[1]), by=others[1])
    elif end == "withdrawn":
        queues.withdraw(queue)
    else:
        answers.hand_on(introduction(others[0]), by=others[0])
    assert not Reservation.objects.filter(person=others[0]).exists()
    assert introduction(others[0]).ended_how == end


def test_rule_13_a_colleagues_introduction_holds_both_or_nobody(
    organisation: Organisation, ada: Person, others: list[Person]
) -> None:
    introductions.introduce(others[0], others[1], by=ada, why="You both love maps.")
    assert {held.person_id for held in Reservation.objects.all()} == {others[0].pk, others[1].pk}
    busy = factories.member(organisation, "Busy", budget_minutes=10)
    introductions.introduce(others[2], busy, by=ada, why="You both love maps.")
    assert not Reservation.objects.filter(person=others[2]).exists()
    assert Introduction.objects.count() == 1


def test_rule_13_a_lowered_budget_counts_from_the_next_introduction(
    organisation: Organisation, ada: Person, others: list[Person]
) -> None:
    ask(ada, others[0])
    Person.objects.filter(pk=others[0].pk).update(budget_minutes=0)
    assert introduction(others[0]).state == "open"
    queue = ask(factories.member(organisation, "Gus"), others[0])
    assert not Introduction.objects.filter(queue=queue).exists()


def test_nothing_is_recorded_twice_when_the_clock_runs_twice(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, *others[:3])
    pass_time(clock, days=3)
    rows = (Introduction.objects.count(), RecordedEvent.objects.count())
    pass_time(clock)
    assert rows == (Introduction.objects.count(), RecordedEvent.objects.count())
    assert Queue.objects.open().count() == 1
