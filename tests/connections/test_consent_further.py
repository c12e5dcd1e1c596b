"""Quiet consent, rules 2, 3 and 14 to 27, each by its number in consent.md."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

import bothways
from bothways.connections.actions import absences, answers, introductions, queues
from bothways.connections.actions.introductions import NotTwoOthers
from bothways.connections.models import Connection, Introduction, PassedOn
from bothways.connections.queries import introductions as reading
from bothways.connections.queries.apart import apart_from
from bothways.connections.rules import consent
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.events import PersonWentAway
from bothways.people.models import NotWanted, Person, Reservation
from tests import factories
from tests.connections.relating import suspend
from tests.factories.introductions import ask, introduction, pass_time, recorded

pytestmark = pytest.mark.django_db


def test_rule_2_two_modules_alone_know_the_sealed_answers() -> None:
    source = Path(bothways.__file__).parent
    knowing = {
        str(path.relative_to(source / "connections"))
        for path in source.rglob("*.py")
        if "migrations" not in path.parts and "sealedanswer" in path.read_text().lower()
    }
    assert knowing == {"models/sealed.py", "actions/sealing.py", "queries/own_answers.py"}


def test_rule_3_nothing_that_is_decided_reads_a_no(
    organisation: Organisation, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    """What the next ask finds is the same whether the first was answered or not."""
    ask(ada, others[0])
    ask(factories.member(organisation, "Gus"), others[0])
    answers.not_now(introduction(others[0]), by=others[0])
    hal = factories.member(organisation, "Hal")
    ask(hal, others[0], others[1])
    assert [one.second for one in Introduction.objects.filter(first=hal)] == [others[1]]


def test_rule_14_away_and_gone_apply_at_once_and_the_next_is_asked(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    today = time.today()
    Person.objects.filter(pk=others[0].pk).update(away_from=today, away_until=today)
    Person.objects.filter(pk=others[1].pk).update(state=Person.State.SUSPENDED)
    queue = ask(ada, *others[:4])
    asked = Introduction.objects.filter(queue=queue).values_list("second__name", flat=True)
    assert sorted(asked) == ["Dan", "Eve"]


def test_rule_14_away_counts_from_the_persons_own_midnight(ada: Person, organisation: Organisation) -> None:
    far = factories.member(organisation, "Far", time_zone="Pacific/Kiritimati")
    tomorrow_there = time.today("Pacific/Kiritimati")
    Person.objects.filter(pk=far.pk).update(away_from=tomorrow_there, away_until=tomorrow_there)
    ask(ada, far)
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("said", ["nothing", "not_now"])
def test_rule_15_absence_ends_all_and_runs_the_fallback_whatever_was_answered(
    said: str, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    queue = ask(ada, *others[:4])
    promised = queue.fallback_at
    introductions.introduce(others[0], others[4], by=ada, why="You both love maps.")
    if said == "not_now":
        answers.not_now(Introduction.objects.get(queue=queue, second=others[0]), by=others[0])
    suspend(others[0])
    assert not Introduction.objects.with_person(others[0]).filter(state="open").exists()
    assert not Reservation.objects.filter(person=others[0]).exists()
    assert introduction(others[2]).state == "open"
    assert not Introduction.objects.filter(second=others[3]).exists()
    queue.refresh_from_db()
    assert queue.fallback_at == promised
    assert consent.told(introduction(others[0]).ended_how) == consent.told(consent.Ending.TIME)


def test_rule_15_the_absent_askers_queue_closes_without_fallback(ada: Person, others: list[Person]) -> None:
    queue = ask(ada, *others[:3])
    suspend(ada)
    queue.refresh_from_db()
    assert (queue.state, queue.closed_how) == ("closed", "away")
    assert Introduction.objects.count() == 2
    assert not Introduction.objects.filter(state="open").exists()


def test_rule_15_the_event_of_people_ends_it(ada: Person, others: list[Person]) -> None:
    from django.db import transaction

    from bothways.core.events import record

    ask(ada, others[0])
    with transaction.atomic():
        record(PersonWentAway(person=others[0].key))
        record(PersonWentAway(person="erased"))
    factories.introductions.worked_off()
    assert introduction(others[0]).state == "ended"


def test_rule_16_an_introduced_pair_is_left_out_for_180_days(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, *others[:3])
    asked, approved = [others[0], others[1]], others[2]
    left_out = Person.objects.filter(apart_from(ada))
    assert set(left_out) == {*asked, approved}
    assert set(Person.objects.filter(apart_from(others[0]))) == {ada}
    assert not Person.objects.filter(apart_from(approved)).exists()
    pass_time(clock, days=2)
    pass_time(clock, days=179, hours=23)
    assert set(Person.objects.filter(apart_from(ada))) == {*asked, approved}
    pass_time(clock, hours=1)
    assert not Person.objects.filter(apart_from(ada)).exists()


def test_rule_16_is_part_of_one_query(
    ada: Person, others: list[Person], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(ada, *others[:3])
    with django_assert_num_queries(1):
        assert set(Person.objects.exclude(apart_from(ada))) == {ada, *others[3:]}


def test_rule_16_a_colleague_does_not_reopen_it_but_an_ask_does(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, others[0])
    pass_time(clock, days=8)
    introductions.introduce(others[0], ada, by=others[1], why="You both love maps.")
    assert Introduction.objects.count() == 1
    ask(others[0], ada)
    assert Introduction.objects.count() == 2


def test_rule_16_an_ask_reopens_what_is_over_before_the_clock_has_seen_it(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, others[0])
    clock.advance(timedelta(days=7))
    ask(ada, others[0])
    assert [one.state for one in Introduction.objects.order_by("opens_at")] == ["ended", "open"]


def test_rule_17_withdrawing_closes_and_ends_at_once(ada: Person, others: list[Person]) -> None:
    queue = ask(ada, *others[:3])
    answers.not_now(introduction(others[0]), by=others[0])
    queues.withdraw(queue)
    queues.withdraw(queue)
    queue.refresh_from_db()
    assert (queue.state, queue.closed_how) == ("closed", "withdrawn")
    assert {row["how"] for row in recorded("IntroductionEnded")} == {"withdrawn"}
    assert len(recorded("QueueClosed")) == 1


@pytest.mark.parametrize("unwilling", [0, 1])
def test_rule_18_unwanted_introductions_succeed_alike_and_are_never_delivered(
    unwilling: int, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    pair = [ada, others[0]]
    NotWanted.objects.create(person=pair[unwilling], other=pair[1 - unwilling])
    queue = ask(ada, others[0])
    hidden = introduction(others[0])
    assert not hidden.delivered
    assert not reading.open_for(others[0]).exists()
    assert recorded("IntroductionOpened") == []
    assert Reservation.objects.filter(person=others[0], minutes=30).exists()
    assert introductions.places_taken(others[0]) == 1
    pass_time(clock, days=7)
    queue.refresh_from_db()
    assert (introduction(others[0]).ended_how, queue.closed_how) == ("time", "time")
    assert recorded("IntroductionEnded") == recorded("ReminderCame") == []


def test_rule_18_even_two_yeses_do_not_connect_what_was_never_delivered(
    ada: Person, others: list[Person]
) -> None:
    NotWanted.objects.create(person=others[0], other=ada)
    ask(ada, others[0])
    ask(others[0], ada)
    assert not Connection.objects.exists()


def test_rule_19_the_answer_is_always_passed_on(
    organisation: Organisation, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ben, cleo = others[:2]
    made = introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    assert made.introduction == Introduction.objects.get()
    assert made.introduction.note == "You both love maps."
    again = introductions.introduce(cleo, ben, by=others[2], why="You both love maps.")
    for person in (ben, cleo):
        answers.accept(introduction(cleo), by=person)
    connected = introductions.introduce(ben, cleo, by=others[3], why="You both love maps.")
    pass_time(clock, days=100)
    lately = introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    full = introductions.introduce(
        others[3],
        factories.member(organisation, "Full", budget_minutes=0),
        by=ada,
        why="You both love maps.",
    )
    assert [one.introduction for one in (again, connected, lately, full)] == [None] * 4
    assert Introduction.objects.count() == 1


@pytest.mark.parametrize("gone", [Person.State.LEFT, Person.State.SUSPENDED])
def test_rule_15_nobody_connects_with_somebody_gone(gone: str, ada: Person, others: list[Person]) -> None:
    """Between somebody's leaving and the end of what was open with them."""
    queue = ask(ada, others[0])
    Person.objects.filter(pk=ada.pk).update(state=gone)
    assert answers.accept(introduction(others[0]), by=others[0]) is None
    absences.end_everything_open(ada)
    queue.refresh_from_db()
    assert (queue.closed_how, introduction(others[0]).ended_how) == ("away", "away")
    assert not Connection.objects.exists()


def test_rule_19_the_result_is_seen_only_if_both_share_it(ada: Person, others: list[Person]) -> None:
    ben, cleo = others[:2]
    passed = introductions.introduce(ben, cleo, by=ada, why="You both love maps.")
    introductions.tell(passed, by=ben, yes=True)
    assert not PassedOn.objects.get().first_tells, "nobody tells before there is something to tell"
    for person in (ben, cleo):
        answers.accept(introduction(cleo), by=person)
    introductions.tell(passed, by=ben, yes=True)
    assert not PassedOn.objects.get().both_tell
    introductions.tell(passed, by=cleo, yes=True)
    assert PassedOn.objects.get().both_tell
    introductions.tell(passed, by=ben, yes=False)
    assert not PassedOn.objects.get().both_tell


def test_rule_19_one_introduces_two_others_of_ones_own_house(ada: Person, others: list[Person]) -> None:
    zoe = factories.member(factories.organisation("elsewhere"), "Zoe")
    for first, second in ((ada, others[0]), (others[0], others[0]), (others[0], zoe)):
        with pytest.raises(NotTwoOthers):
            introductions.introduce(first, second, by=ada, why="You both love maps.")


@pytest.mark.parametrize("said", ["nothing", "not_now"])
def test_rule_21_the_time_of_the_reminder_comes_for_every_open_introduction(
    said: str, ada: Person, others: list[Person], clock: time.Clock
) -> None:
    ask(ada, others[0])
    ask(ada, others[1], kind="mentoring")
    if said == "not_now":
        answers.not_now(introduction(others[0]), by=others[0])
    pass_time(clock, days=2, hours=23)
    assert recorded("ReminderCame") == []
    pass_time(clock, hours=1)
    pass_time(clock, minutes=1)
    assert recorded("ReminderCame") == [{"introduction": introduction(others[0]).key}]
    pass_time(clock, days=3)
    assert len(recorded("ReminderCame")) == 2


def test_rule_21_nobody_is_reminded_of_what_is_over(
    ada: Person, others: list[Person], clock: time.Clock
) -> None:
    queues.withdraw(ask(ada, others[0]))
    ask(ada, others[1])
    pass_time(clock, days=8)
    assert recorded("ReminderCame") == []
