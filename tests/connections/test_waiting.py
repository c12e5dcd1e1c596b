"""All that waits for a person stands on the page of the two, in the words of the inbox."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bothways.connections.actions import agreements, connections, meetings
from bothways.connections.models import Connection
from bothways.connections.rules.next_step import WAITS_FOR_ME
from bothways.connections.rules.waiting_words import TITLES
from bothways.core import time
from bothways.inbox.kinds import KINDS
from bothways.inbox.queries import messages
from bothways.people.models import Person
from bothways.ui import moments
from tests import factories
from tests.connections.relating import address, read
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


def inbox(person: Person) -> list[str]:
    return [row.title for row in messages.shown(person, messages.of(person)) if row.waits]


def waits(connection: Connection, person: Person) -> str:
    page = read(factories.signed_in(person), address("connection", connection.key))
    return page.split('id="waits"')[1].split("</section>")[0] if 'id="waits"' in page else ""


def test_all_that_waits_stands_below_the_next_step_in_the_words_of_the_inbox(
    connection: Connection, clock: time.Clock
) -> None:
    ada, ben = connection.pair()
    made.held(connection, clock)
    connections.propose_kind(connection, "mentoring", by=ada)
    agreements.write(connection, made.words(), by=ada, upon=0)
    clock.advance(timedelta(days=14))
    connections.propose_kind(connection, "mentoring", by=ada)
    made.worked_off()
    listed = waits(connection, ben)
    said = [
        "Is it going well with Ada?",
        "Ada wrote down what you two agree",
        "Ada proposes to make it mentoring",
    ]
    for title in said:
        assert title in listed
        assert any(title == row.translate({0x2068: None, 0x2069: None}) for row in inbox(ben))
    for name in ("fit", "agreement", "kind"):
        assert address(name, connection.key) in listed
    assert "What did you take away" not in listed, "it is the next step"
    assert "wrote down" not in waits(connection, ada)


def test_what_is_the_next_step_stands_there_once(connection: Connection) -> None:
    ada, ben = connection.pair()
    connections.propose_kind(connection, "mentoring", by=ada)
    assert waits(connection, ben) == ""
    page = " ".join(read(factories.signed_in(ada), address("connection", connection.key)).split())
    assert "You proposed to make it mentoring." in page


def test_a_first_agreement_is_no_new_version(connection: Connection) -> None:
    ada, ben = connection.pair()
    agreements.write(connection, made.words(), by=ada, upon=0)
    for person, says in (
        (ada, "It counts once Ben has signed too."),
        (ben, "Ada wrote it down and signed it."),
    ):
        page = " ".join(read(factories.signed_in(person), address("connection", connection.key)).split())
        assert says in page
        assert "A new version waits" not in page
    made.agreed(connection)
    agreements.write(connection, made.words(), by=ada, upon=2)
    assert "A new version waits" in read(factories.signed_in(ben), address("connection", connection.key))


def test_a_wish_to_move_says_which_time_is_to_move(connection: Connection) -> None:
    ada, ben = connection.pair()
    meeting = made.planned(connection, by=ada)
    made.worked_off()
    meetings.move(meeting, [made.in_days(5)], by=ada)
    made.worked_off()
    client = factories.signed_in(ben)
    assert meeting.starts_at
    with timezone.override(ben.time_zone):
        when = moments.said(meeting.starts_at)
    for page in (read(client, "/harbour/"), read(client, "/harbour/inbox/")):
        assert f"would like to move {when}" in page
        assert "named times that suit" not in page
    meetings.pick(meeting, made.in_days(5), by=ben)
    made.worked_off()
    assert "would like to move" not in read(client, "/harbour/inbox/")


def test_every_step_that_waits_has_its_line_and_the_inbox_says_the_same() -> None:
    assert set(TITLES) == WAITS_FOR_ME
    assert {str(title) for title in TITLES.values()} <= {str(kind.title) for kind in KINDS.values()}
