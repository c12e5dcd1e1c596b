"""Events become messages for whom they concern, and clear when what they are about is over."""

from datetime import timedelta

import pytest

from bothways.connections.actions import answers, connections, fit_checks, meetings, queues
from bothways.connections.actions import clock as promise_clock
from bothways.connections.actions import messages as letters
from bothways.connections.models import Connection, MoreAsked
from bothways.connections.models.connection import PROPOSAL_LASTS
from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.actions import messages as verbs
from bothways.inbox.models import Mail, Message
from bothways.inbox.queries import messages
from bothways.people.models import Person
from tests import factories
from tests.factories.connections import agreed, connected, held, in_days, planned, worked_off
from tests.factories.inbox import asked, introduction_of, met, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(organisation: Organisation, clock: time.Clock) -> tuple[Person, Person, Person]:
    ada, ben, cleo = (factories.member(organisation, name) for name in ("Ada", "Ben", "Cleo"))
    return ada, ben, cleo


def there(person: Person) -> list[str]:
    """Kinds of what stands in the inbox, in its order."""
    return [row.kind.name for row in messages.shown(person, messages.of(person))]


def test_who_is_asked_is_told_and_the_asker_never(people: tuple[Person, Person, Person]) -> None:
    ada, ben, cleo = people
    asked(ada, ben, cleo)
    assert there(ben) == there(cleo) == ["introduction"]
    assert there(ada) == []
    row = messages.shown(ben, messages.of(ben))[0]
    assert row.title == "Ada would like a word with you"
    assert row.waits
    assert not Mail.objects.filter(person=ada).exists()


def test_an_own_answer_stops_the_waiting_and_changes_no_row(people: tuple[Person, Person, Person]) -> None:
    ada, ben, _ = people
    asked(ada, ben)
    before = list(Message.objects.order_by("pk").values())
    answers.not_now(introduction_of(ben), by=ben)
    told()
    assert list(Message.objects.order_by("pk").values()) == before
    row = messages.shown(ben, messages.of(ben))[0]
    assert (row.answered, row.waits) == (True, False)
    assert messages.waiting_on_home(ben) == []


def test_leaving_a_proposal_stops_the_waiting_and_its_lapse_takes_it_away(
    people: tuple[Person, Person, Person], clock: time.Clock
) -> None:
    ada, ben, _ = people
    connection = connected(ada, ben)
    connections.propose_kind(connection, "mentoring", by=ada)
    told()
    assert [row.kind.name for row in messages.waiting_on_home(ben)] == ["kind_proposed"]
    connections.leave_kind(connection, by=ben)
    assert messages.waiting_on_home(ben) == []
    assert "kind_proposed" in there(ben)
    clock.advance(PROPOSAL_LASTS)
    assert "kind_proposed" not in there(ben)


def test_an_end_clears_the_question_with_the_same_text_for_whatever_was_answered(
    people: tuple[Person, Person, Person], clock: time.Clock
) -> None:
    ada, ben, cleo = people
    queue = asked(ada, ben, cleo)
    answers.not_now(introduction_of(ben), by=ben)
    queues.withdraw(queue)
    told()
    ben_reads, cleo_reads = (messages.shown(who, messages.of(who))[0] for who in (ben, cleo))
    assert there(ben) == there(cleo) == ["introduction_withdrawn"]
    assert (ben_reads.title, ben_reads.text) == (cleo_reads.title, cleo_reads.text)
    assert there(ada) == []


def test_time_runs_out_for_the_asked_and_the_author(
    people: tuple[Person, Person, Person], clock: time.Clock
) -> None:
    ada, ben, _ = people
    asked(ada, ben)
    clock.advance(timedelta(days=8))
    promise_clock.advance()
    told()
    assert there(ben) == ["introduction_time"]
    assert there(ada) == []


def test_tell_me_more_reaches_the_other_and_the_answer_comes_back(
    people: tuple[Person, Person, Person],
) -> None:
    ada, ben, _ = people
    asked(ada, ben)
    answers.tell_me_more(introduction_of(ben), by=ben, question="Which talk?")
    told()
    row = messages.shown(ada, messages.of(ada))[0]
    assert (row.kind.name, row.title, row.text) == (
        "more_asked",
        "Ben would like to know more",
        "They ask: Which talk?",
    )
    answers.reply(MoreAsked.objects.get(), by=ada, text="The one in May.")
    told()
    assert there(ada) == []
    assert "more_told" in there(ben)
    assert "May" not in str(list(Message.objects.values()))


def test_two_yeses_tell_both_and_clear_the_introduction(people: tuple[Person, Person, Person]) -> None:
    ada, ben, cleo = people
    asked(ada, ben, cleo)
    answers.accept(introduction_of(ben), by=ben, times=[in_days(2), in_days(3)])
    told()
    assert there(ben) == ["connected"]
    assert there(ada) == ["times", "connected"]
    assert there(cleo) == ["introduction_found"]
    kinds = Mail.objects.filter(person=ada).values_list("kind", flat=True)
    assert list(kinds) == ["connected"], "times that came with the yes are one mail, not two"


def test_messages_of_a_meeting_follow_its_life(people: tuple[Person, Person, Person]) -> None:
    ada, ben, _ = people
    connection = connected(ada, ben)
    told()
    proposed = meetings.propose(connection, [in_days(2), in_days(3)], by=ada)
    told()
    assert there(ben)[0] == "times"
    meeting = meetings.pick(proposed, in_days(2), by=ben)
    told()
    assert there(ben) == []
    assert there(ada) == ["meeting"]
    meetings.cancel(meeting, by=ben)
    told()
    assert there(ada) == ["cancelled"]
    assert there(ben) == []


def test_after_a_meeting_both_are_asked_what_they_learned(
    people: tuple[Person, Person, Person], clock: time.Clock
) -> None:
    ada, ben, _ = people
    held(connected(ada, ben), clock)
    told()
    assert there(ada)[0] == there(ben)[0] == "reflect"


def test_a_message_is_one_row_until_it_is_answered_and_one_mail_until_it_is_read(
    people: tuple[Person, Person, Person],
) -> None:
    ada, ben, _ = people
    connection = connected(ada, ben)
    told()
    for text in ("Hello", "One more thing", "And another"):
        letters.send(connection, text, by=ada)
        told()
    assert there(ben).count("message") == 1
    assert Mail.objects.filter(person=ben, kind="message").count() == 1
    Mail.objects.filter(kind="message").update(outcome=Mail.Outcome.SENT)
    verbs.look_at(Message.objects.get(person=ben, kind="message"))
    assert "message" not in there(ben)
    letters.send(connection, "Hello again", by=ada)
    told()
    assert Mail.objects.filter(person=ben, kind="message").count() == 2
    letters.send(connection, "Yes", by=ben)
    told()
    assert "message" not in there(ben), "whoever writes has read"
    assert "message" in there(ada)


def test_an_agreement_is_read_signed_and_told(people: tuple[Person, Person, Person]) -> None:
    ada, ben, _ = people
    connection = connected(ada, ben, kind="mentoring")
    agreed(connection)
    told()
    assert "agreed" in there(ada)
    assert "agreed" in there(ben)
    assert "agreement" not in there(ben)


def test_an_end_clears_everything_about_the_connection(people: tuple[Person, Person, Person]) -> None:
    ada, ben, _ = people
    connection = connected(ada, ben)
    planned(connection)
    letters.send(connection, "Hello", by=ada)
    told()
    connections.end(Connection.objects.get())
    told()
    assert set(there(ben)) == {"ended", "cancelled"}
    assert set(there(ada)) == {"ended", "cancelled"}


def test_what_is_gone_or_not_mine_is_not_shown(people: tuple[Person, Person, Person]) -> None:
    ada, ben, cleo = people
    connection = met(ada, ben)
    Message.objects.filter(person=ada).update(person=cleo)
    assert there(cleo) == [], "a message about what its reader may not see shows nothing"
    assert there(ben) == ["connected"]
    connection.delete()
    assert there(ben) == []


def test_old_news_leaves_by_itself(people: tuple[Person, Person, Person], clock: time.Clock) -> None:
    ada, ben, _ = people
    met(ada, ben)
    clock.advance(timedelta(days=61))
    verbs.tidy()
    assert there(ada) == []
    clock.advance(timedelta(days=91))
    verbs.tidy()
    assert not Message.objects.exists()


def test_times_that_have_all_gone_by_wait_for_nobody(
    people: tuple[Person, Person, Person], clock: time.Clock
) -> None:
    ada, ben, _ = people
    connection = connected(ada, ben)
    meetings.propose(connection, [in_days(1), in_days(2)], by=ada)
    told()
    assert [row.kind.name for row in messages.waiting_on_home(ben)] == ["times"]
    clock.advance(timedelta(days=2, minutes=1))
    assert messages.waiting_on_home(ben) == []
    (row,) = [row for row in messages.shown(ben, messages.of(ben)) if row.kind.page == "connections_times"]
    assert (row.title, row.label, row.waits) == ("No time found yet with Ada", "Offer times", False)
    browser = factories.signed_in(ben)
    assert browser.get(row.link)["Location"] == f"/harbour/connections/{connection.key}/times/"
    meetings.propose(connection, [in_days(1)], by=ben)
    told()
    assert "no_time" not in there(ben)


@pytest.mark.parametrize("said", ["", "good"])
def test_how_it_goes_is_gone_from_the_inbox_once_its_time_is_over(
    said: str, people: tuple[Person, Person, Person], clock: time.Clock
) -> None:
    ada, ben, _ = people
    connection = connected(ada, ben)
    clock.advance(timedelta(days=14))
    worked_off()
    assert [there(one).count("fit") for one in (ada, ben)] == [1, 1]
    if said:
        fit_checks.answer(connection, said, by=ada)
    clock.advance(timedelta(days=14))
    worked_off()
    assert [there(one).count("fit") for one in (ada, ben)] == [0, 0]


def test_what_another_worker_told_meanwhile_is_told_once(
    people: tuple[Person, Person, Person], monkeypatch: pytest.MonkeyPatch, clock: time.Clock
) -> None:
    """It stood not there yet when this one looked."""
    connection = connected(people[0], people[1])
    verbs.put(people[0], "quiet", connection)
    clock.advance(timedelta(minutes=1))
    monkeypatch.setattr(verbs, "_told", lambda *matter: [])
    verbs.put(people[0], "quiet", connection)
    (message,) = Message.objects.filter(person=people[0], kind="quiet")
    assert message.created_at == time.now()
