"""Meetings in real calendar programs: new, moved and cancelled, by mail and by feed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from icalendar import Calendar, Event

from bothways.connections.actions import meetings
from bothways.connections.models import Connection, Meeting
from bothways.core import time, worker
from bothways.core.models import Organisation
from bothways.inbox.actions import feeds, mails
from bothways.people.actions import members
from bothways.people.models import Person
from tests import factories
from tests.factories.inbox import mailed, met, told
from tests.inbox import readers
from tests.inbox.postbox import Postbox, calendar_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]  # what readers make of files

THURSDAY = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 14, 30, tzinfo=UTC)


@pytest.fixture
def pair(organisation: Organisation, clock: time.Clock) -> Connection:
    ada = factories.member(organisation, "Ada")
    ben = factories.member(organisation, "Ben", time_zone="America/New_York")
    return met(ada, ben)


def picked(connection: Connection, at: datetime) -> Meeting:
    """Ada names it, with a place; Ben takes it."""
    proposed = meetings.propose(connection, [at], by=connection.first, where="Room 3; by the window, left")
    return meetings.pick(proposed, at, by=connection.second)


def moved(meeting: Meeting, to: datetime) -> Meeting:
    pair = meeting.connection
    meeting = meetings.move(meeting, [to], by=pair.first)
    return meetings.pick(meeting, to, by=pair.second)


def sent(postbox: Postbox, person: Person) -> tuple[str, str]:
    """The one calendar this person was mailed since the last look: its text and its method."""
    told()
    mailed()
    found = [calendar_of(one) for one in postbox.take() if person.email in one["To"]]
    (calendar,) = [one for one in found if one[0]]
    return calendar


def event_of(calendar: str) -> Event:
    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_both_are_sent_a_request_that_names_only_its_receiver(postbox: Postbox, pair: Connection) -> None:
    picked(pair, THURSDAY)
    told()
    mailed()
    for person, other in ((pair.first, pair.second), (pair.second, pair.first)):
        (message,) = [
            one for one in postbox.arrived if person.email in one["To"] and one["Subject"] == "A time to meet"
        ]
        text, method = calendar_of(message)
        assert method == "REQUEST"
        assert Calendar.from_ical(text)["METHOD"] == "REQUEST"
        event = event_of(text)
        assert event["SUMMARY"] == f"Meeting {other.name}"
        assert event["LOCATION"] == "Room 3; by the window, left"
        assert event["ATTENDEE"] == f"mailto:{person.email}"
        assert event["ORGANIZER"] == "mailto:bothways@mentoring.example.org"
        assert other.email not in text
        assert event.start == THURSDAY


def test_a_move_keeps_the_uid_and_grows_the_sequence_and_a_cancellation_cancels(
    postbox: Postbox, pair: Connection, clock: time.Clock
) -> None:
    meeting = picked(pair, THURSDAY)
    new, _ = sent(postbox, pair.second)
    meeting = moved(meeting, FRIDAY)
    clock.advance(mails.BETWEEN)
    later, method = sent(postbox, pair.second)
    assert method == "REQUEST"
    meetings.cancel(meeting, by=pair.first)
    off, last_method = sent(postbox, pair.second)
    assert last_method == "CANCEL"
    events = [event_of(text) for text in (new, later, off)]
    assert len({event["UID"] for event in events}) == 1
    assert events[0]["UID"] == f"{meeting.key}@mentoring.example.org"
    first, second, third = (int(str(event["SEQUENCE"])) for event in events)
    assert first < second < third
    assert [event.start for event in events] == [THURSDAY, FRIDAY, FRIDAY]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_khal_shows_a_new_a_moved_and_a_cancelled_meeting(
    postbox: Postbox, pair: Connection, clock: time.Clock, tmp_path: Path
) -> None:
    reader = readers.khal(tmp_path)
    meeting = picked(pair, THURSDAY)
    reader.take(sent(postbox, pair.second)[0])
    assert reader.shows() == ["2026-03-05 09:00-09:30 Meeting Ada"]
    meeting = moved(meeting, FRIDAY)
    clock.advance(mails.BETWEEN)
    reader.take(sent(postbox, pair.second)[0])
    assert reader.shows() == ["2026-03-06 14:30-15:00 Meeting Ada"]
    meetings.cancel(meeting, by=pair.first)
    reader.take(sent(postbox, pair.second)[0])
    (shown,) = reader.shows()
    assert shown == "2026-03-06 14:30-15:00 CANCELLED Meeting Ada"


def test_radicale_holds_a_new_a_moved_and_a_cancelled_meeting(
    postbox: Postbox, pair: Connection, clock: time.Clock, tmp_path: Path
) -> None:
    with readers.radicale(tmp_path) as calendar:

        def shown() -> list[tuple[date, str, str]]:
            found = calendar.search(start=datetime(2026, 3, 1), end=datetime(2026, 4, 1), event=True)
            events = [event_of(one.data) for one in found]
            return [(event.start, str(event["SUMMARY"]), str(event["STATUS"])) for event in events]

        meeting = picked(pair, THURSDAY)
        calendar.save_event(readers.stored(sent(postbox, pair.second)[0]))
        assert shown() == [(THURSDAY, "Meeting Ada", "CONFIRMED")]
        meeting = moved(meeting, FRIDAY)
        clock.advance(mails.BETWEEN)
        calendar.save_event(readers.stored(sent(postbox, pair.second)[0]))
        assert shown() == [(FRIDAY, "Meeting Ada", "CONFIRMED")]
        meetings.cancel(meeting, by=pair.first)
        calendar.save_event(readers.stored(sent(postbox, pair.second)[0]))
        assert shown() == [(FRIDAY, "Meeting Ada", "CANCELLED")]


def feed(token: str) -> str:
    response = Client().get(f"/feeds/{token}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert not {"ETag", "Last-Modified", "Set-Cookie"} & set(response.headers)
    return response.content.decode()


def test_khal_reads_the_feed_of_a_new_a_moved_and_a_cancelled_meeting(
    pair: Connection, tmp_path: Path
) -> None:
    reader = readers.khal(tmp_path)
    token = feeds.open(pair.second, details=True)
    meeting = picked(pair, THURSDAY)
    reader.take(feed(token))
    assert reader.shows() == ["2026-03-05 09:00-09:30 Meeting Ada"]
    meeting = moved(meeting, FRIDAY)
    reader.take(feed(token))
    assert reader.shows() == ["2026-03-06 14:30-15:00 Meeting Ada"]
    meetings.cancel(meeting, by=pair.first)
    reader.take(feed(token))
    assert reader.shows() == ["2026-03-06 14:30-15:00 CANCELLED Meeting Ada"]


def test_a_feed_says_busy_and_nothing_else_unless_chosen(pair: Connection) -> None:
    picked(pair, THURSDAY)
    text = feed(feeds.open(pair.second, details=False))
    assert event_of(text)["SUMMARY"] == "Busy"
    for private in ("Ada", "Room 3", "talks", pair.first.email, "/meetings/"):
        assert private not in text
    detailed = feed(feeds.open(pair.second, details=True))
    assert "Meeting Ada" in detailed
    assert "talks" not in detailed, "no notes"


def test_a_feed_holds_ones_own_meetings_alone(organisation: Organisation, pair: Connection) -> None:
    picked(pair, THURSDAY)
    stranger = factories.member(organisation, "Stranger")
    assert "BEGIN:VEVENT" not in feed(feeds.open(stranger, details=True))


def test_a_feed_is_silent_for_whoever_has_left(pair: Connection) -> None:
    token = feeds.open(pair.second, details=False)
    Person.objects.filter(pk=pair.second.pk).update(state=Person.State.SUSPENDED)
    assert Client().get(f"/feeds/{token}.ics").status_code == 404
    Person.objects.filter(pk=pair.second.pk).update(state=Person.State.ACTIVE)
    assert Client().get(f"/feeds/{token}.ics").status_code == 200
    assert pair.second.account
    pair.second.account.is_active = False
    pair.second.account.save()
    assert Client().get(f"/feeds/{token}.ics").status_code == 404


def test_a_feed_ends_with_the_membership_and_does_not_come_back_with_it(pair: Connection) -> None:
    token = feeds.open(pair.second, details=False)
    members.suspend(pair.second)
    worker.drain()
    members.take_back(pair.second)
    assert Client().get(f"/feeds/{token}.ics").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_feed_is_only_read(pair: Connection, method: str) -> None:
    token = feeds.open(pair.second, details=False)
    assert getattr(Client(), method)(f"/feeds/{token}.ics").status_code == 405


def test_names_and_places_cannot_write_into_a_calendar(
    postbox: Postbox, organisation: Organisation, pair: Connection, clock: time.Clock
) -> None:
    name = 'Ada\r\nATTENDEE:mailto:evil@x.example\r\nX-EVIL:1, "2"; 3'
    Person.objects.filter(pk=pair.first.pk).update(name=name)
    meeting = picked(pair, THURSDAY)
    Meeting.objects.filter(pk=meeting.pk).update(where="Here\r\nEND:VEVENT\r\nBEGIN:VEVENT")
    text, _ = sent(postbox, pair.second)
    event = event_of(text)
    assert event["ATTENDEE"] == f"mailto:{pair.second.email}"
    assert "X-EVIL" not in event
    assert event["LOCATION"] == "Here END:VEVENT BEGIN:VEVENT"
    assert clock.at < THURSDAY - timedelta(days=1)
