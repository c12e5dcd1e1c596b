"""After 45 days without a meeting: rest, meet, or end? Answers stay private; a week later it is decided."""

from datetime import timedelta

import pytest

from bothways.connections import events
from bothways.connections.actions import connections as life_of
from bothways.connections.actions import life, meetings, quiet_spells
from bothways.connections.models import Connection
from bothways.core import time
from bothways.core.models import RecordedEvent
from tests import factories
from tests.connections.relating import address, plain, read, recorded
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(connection: Connection, clock: time.Clock) -> Connection:
    clock.advance(timedelta(days=45))
    life.advance()
    return connection


def state(connection: Connection) -> str:
    connection.refresh_from_db()
    return connection.state


def test_both_are_asked_after_forty_five_days_without_a_meeting(
    connection: Connection, clock: time.Clock
) -> None:
    clock.advance(timedelta(days=20))
    meeting = made.held(connection, clock)
    assert meeting.ends_at
    clock.move_to(meeting.ends_at + timedelta(days=44))
    life.advance()
    assert recorded(events.QuietAsked) == []
    clock.advance(timedelta(days=1))
    life.advance()
    life.advance()
    assert recorded(events.QuietAsked) == [{"connection": connection.key}]


@pytest.mark.parametrize("said", ["rest", "meet", None])
def test_who_meets_while_the_question_is_open_stays_awake(
    asked: Connection, clock: time.Clock, said: str | None
) -> None:
    if said:
        quiet_spells.answer(asked, said, by=asked.first)
    made.held(asked, clock)
    clock.advance(timedelta(days=30))
    life.advance()
    assert state(asked) == "acquainted"
    assert recorded(events.ConnectionRests) == []
    clock.advance(timedelta(days=15))
    life.advance()
    assert len(recorded(events.QuietAsked)) == 2


def test_nobody_is_asked_who_is_about_to_meet(connection: Connection, clock: time.Clock) -> None:
    made.planned(connection, at=made.in_days(60))
    clock.advance(timedelta(days=46))
    life.advance()
    assert recorded(events.QuietAsked) == []


@pytest.mark.parametrize("said", ["rest", "meet", None])
def test_an_answer_of_one_looks_like_silence_before_and_after(
    asked: Connection, clock: time.Clock, said: str | None
) -> None:
    """Whatever one of them says, the other reads the same pages, and it rests on the same day."""
    ada, ben = asked.pair()
    client = factories.signed_in(ben)
    names = ("connection", "quiet", "meetings")
    before = [plain(read(client, address(name, asked.key))) for name in names]
    count = RecordedEvent.objects.count()
    if said:
        posted = factories.signed_in(ada).post(address("quiet", asked.key), {"said": said})
        assert posted.status_code == 302
    assert [plain(read(client, address(name, asked.key))) for name in names] == before
    assert RecordedEvent.objects.count() == count
    clock.advance(timedelta(days=6, hours=23))
    life.advance()
    assert state(asked) == "acquainted"
    clock.advance(timedelta(hours=1))
    life.advance()
    assert state(asked) == "resting"
    assert recorded(events.ConnectionRests) == [{"connection": asked.key}]


def test_two_who_would_meet_stay_awake_and_are_told(asked: Connection, clock: time.Clock) -> None:
    for person in asked.pair():
        quiet_spells.answer(asked, "meet", by=person)
    clock.advance(timedelta(days=7))
    life.advance()
    assert state(asked) == "acquainted"
    assert recorded(events.BothWouldMeet) == [{"connection": asked.key}]


def test_a_time_that_is_offered_meanwhile_keeps_it_awake(asked: Connection, clock: time.Clock) -> None:
    quiet_spells.answer(asked, "rest", by=asked.second)
    meetings.propose(asked, [made.in_days(10)], by=asked.first)
    clock.advance(timedelta(days=7))
    life.advance()
    assert state(asked) == "acquainted"
    assert recorded(events.BothWouldMeet) == []


def test_end_ends_it_at_once(asked: Connection) -> None:
    factories.signed_in(asked.first).post(address("quiet", asked.key), {"said": "end"})
    assert state(asked) == "ended"


def test_meet_leads_to_finding_a_time(asked: Connection) -> None:
    answer = factories.signed_in(asked.first).post(address("quiet", asked.key), {"said": "meet"})
    assert answer.headers["Location"] == address("times", asked.key)


def test_the_last_answer_counts(asked: Connection, clock: time.Clock) -> None:
    for said in ("rest", "meet"):
        quiet_spells.answer(asked, said, by=asked.first)
    quiet_spells.answer(asked, "meet", by=asked.second)
    clock.advance(timedelta(days=7))
    life.advance()
    assert state(asked) == "acquainted"


def test_my_connections_say_which_of_them_rests(connection: Connection) -> None:
    client = factories.signed_in(connection.first)
    assert "It rests." not in read(client, address(""))
    life_of.rest(connection)
    assert "It rests. Either of you can wake it." in read(client, address(""))
