"""However often somebody presses: one mail of a matter in ten minutes, and it says the latest."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bothways.connections.actions import agreements, answers, meetings
from bothways.connections.models import Connection, Meeting, MoreAsked
from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.actions import mails
from bothways.inbox.models import Mail
from bothways.people.models import Person
from tests import factories
from tests.factories.connections import in_days, planned, words
from tests.factories.inbox import asked, introduction_of, mailed, met, told
from tests.inbox.postbox import Postbox, calendar_of, part

pytestmark = pytest.mark.django_db

TIMES = 12
Press = Callable[[int], object]


@pytest.fixture
def pair(organisation: Organisation, clock: time.Clock, postbox: Postbox) -> Connection:
    """Who have known each other for a while."""
    connection = met(factories.member(organisation, "Ada"), factories.member(organisation, "Ben"))
    clock.advance(timedelta(hours=1))
    mailed()
    postbox.take()
    return connection


def flooded(press: Press) -> None:
    for number in range(TIMES):
        press(number)
        told()
        mailed()


def subjects_to(postbox: Postbox, person: Person) -> list[str]:
    return [str(one["Subject"]) for one in postbox.take() if person.email in one["To"]]


def proposing(pair: Connection) -> Press:
    return lambda number: meetings.propose(pair, [in_days(2 + number)], by=pair.first)


def moving(pair: Connection) -> Press:
    meeting = planned(pair)
    return lambda number: meetings.move(meeting, [in_days(3 + number)], by=pair.first)


def writing(pair: Connection) -> Press:
    return lambda number: agreements.write(pair, words(), by=pair.first, upon=number)


def replying(pair: Connection) -> Press:
    asker = factories.member(pair.organisation, "Cleo")
    asked(asker, pair.second)
    introduction = introduction_of(pair.second, first=asker)
    answers.tell_me_more(introduction, by=pair.second, question="Which talk?")
    more = MoreAsked.objects.get()
    return lambda number: answers.reply(more, by=asker, text=f"Talk {number}")


@pytest.mark.parametrize(
    ("presses", "subject"),
    [
        (proposing, "Times to meet: pick one"),
        (moving, "Another time for your meeting?"),
        (writing, "An agreement to read"),
        (replying, "There is an answer to your question"),
    ],
)
def test_pressing_again_and_again_sends_one_now_and_one_when_ten_minutes_are_over(
    postbox: Postbox,
    pair: Connection,
    clock: time.Clock,
    presses: Callable[[Connection], Press],
    subject: str,
) -> None:
    flooded(presses(pair))
    assert subjects_to(postbox, pair.second).count(subject) == 1
    clock.advance(mails.BETWEEN - timedelta(seconds=1))
    mailed()
    assert postbox.take() == []
    clock.advance(timedelta(seconds=1))
    mailed()
    assert subjects_to(postbox, pair.second) == [subject]
    clock.advance(timedelta(hours=1))
    mailed()
    assert postbox.take() == []


def test_what_comes_later_than_that_is_mailed_at_once(
    postbox: Postbox, pair: Connection, clock: time.Clock
) -> None:
    for number in range(3):
        meetings.propose(pair, [in_days(2 + number)], by=pair.first)
        told()
        mailed()
        assert subjects_to(postbox, pair.second) == ["Times to meet: pick one"]
        clock.advance(mails.BETWEEN)


def test_the_mail_that_waited_leads_to_the_latest(
    postbox: Postbox, pair: Connection, clock: time.Clock
) -> None:
    flooded(proposing(pair))
    postbox.take()
    clock.advance(mails.BETWEEN)
    mailed()
    (message,) = postbox.take()
    latest = Meeting.objects.get(state=Meeting.State.PROPOSED)
    assert f"/meetings/{latest.key}/" in part(message, "text/plain")


@pytest.mark.parametrize("cancelled", [False, True])
def test_calendars_end_at_the_latest_sequence(
    postbox: Postbox, pair: Connection, clock: time.Clock, cancelled: bool
) -> None:
    meeting = planned(pair)
    flooded(lambda number: meetings.settle_place(meeting, f"Room {number}", by=pair.first))
    if cancelled:
        meetings.cancel(meeting, by=pair.first)
        told()
        mailed()
    clock.advance(mails.BETWEEN)
    mailed()
    meeting.refresh_from_db()
    for person in (pair.first, pair.second):
        sent = [calendar_of(one) for one in postbox.arrived if person.email in one["To"]]
        assert len(sent) == 2
        calendar, method = sent[-1]
        assert method == ("CANCEL" if cancelled else "REQUEST")
        assert f"SEQUENCE:{meeting.sequence}\r\n" in calendar
        assert f"LOCATION:Room {TIMES - 1}\r\n" in calendar


def test_two_meetings_are_two_matters_for_a_calendar(
    postbox: Postbox, organisation: Organisation, pair: Connection
) -> None:
    first = planned(pair)
    told()
    meetings.cancel(first, by=pair.first)
    told()
    planned(pair)
    told()
    mailed()
    assert subjects_to(postbox, pair.second).count("A time to meet") == 1
    assert Mail.objects.filter(person=pair.second, kind="meeting").count() == 2


@pytest.mark.parametrize("said", ["silence", "not now"])
def test_when_mail_goes_to_whom_depends_on_no_answer(
    postbox: Postbox, organisation: Organisation, pair: Connection, said: str
) -> None:
    """consent.md 4: rows count by when they were due, whatever became of them."""
    asker, asked_person = pair.first, factories.member(organisation, "Cleo")
    asked(asker, asked_person)
    introduction = introduction_of(asked_person)
    answers.tell_me_more(introduction, by=asked_person, question="Which talk?")
    if said == "not now":
        answers.not_now(introduction, by=asked_person)
    more = MoreAsked.objects.get()
    flooded(lambda number: answers.reply(more, by=asker, text=f"Talk {number}"))
    rows = Mail.objects.filter(kind="more_told").order_by("created_at")
    now = time.now()
    assert list(rows.values_list("created_at", flat=True)) == [now, now + mails.BETWEEN]
