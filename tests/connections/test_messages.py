"""Messages between two connected people."""

from datetime import timedelta

import pytest

from bothways.connections import events
from bothways.connections.actions import connections, messages
from bothways.connections.models import Connection, ConnectionMessage
from bothways.core import time
from tests import factories
from tests.connections.relating import address, read, recorded

pytestmark = pytest.mark.django_db


def test_a_message_reaches_the_other_and_its_event_holds_no_word_of_it(connection: Connection) -> None:
    ada, ben = connection.pair()
    where = address("messages", connection.key)
    answer = factories.signed_in(ada).post(where, {"text": "Shall we **start** on Monday?"})
    assert answer.status_code == 302
    page = read(factories.signed_in(ben), address("connection", connection.key))
    assert "<strong>start</strong>" in page
    message = ConnectionMessage.objects.get()
    assert recorded(events.MessageSent) == [{"message": message.key}]


def test_what_could_run_in_a_browser_is_taken_out(connection: Connection) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3))"
    messages.send(connection, nasty, by=connection.first)
    page = read(factories.signed_in(connection.second), address("connection", connection.key))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("text", ["", "   \n\t ", "x" * 8001])
def test_nothing_and_too_much_are_said_kindly_and_kept(connection: Connection, text: str) -> None:
    client = factories.signed_in(connection.first)
    answer = client.post(address("messages", connection.key), {"text": text})
    assert answer.status_code == 422
    assert not ConnectionMessage.objects.exists()
    if text.strip():
        assert "more than 8,000 characters" in answer.content.decode()
        assert text in answer.content.decode()


def test_eight_thousand_characters_fit(connection: Connection) -> None:
    client = factories.signed_in(connection.first)
    assert client.post(address("messages", connection.key), {"text": "é" * 8000}).status_code == 302
    assert len(ConnectionMessage.objects.get().text) == 8000


def test_what_was_written_to_an_ended_connection_is_shown_again(connection: Connection) -> None:
    connections.end(connection)
    client = factories.signed_in(connection.first)
    answer = client.post(address("messages", connection.key), {"text": "One more thing"})
    assert answer.status_code == 409
    assert "One more thing" in answer.content.decode()
    assert not ConnectionMessage.objects.exists()


def test_the_newest_stand_last_on_the_first_page(connection: Connection, clock: time.Clock) -> None:
    for number in range(30):
        clock.advance(timedelta(seconds=1))
        messages.send(connection, f"Line {number:02}", by=connection.first)
    client = factories.signed_in(connection.second)
    newest = read(client, address("messages", connection.key))
    assert [f"Line {number:02}" in newest for number in (4, 5, 29)] == [False, True, True]
    assert newest.index("Line 05") < newest.index("Line 29")
    older = read(client, address("messages", connection.key) + "?page=2")
    assert older.index("Line 00") < older.index("Line 04")
    assert "Line 05" not in older
    assert read(client, address("messages", connection.key) + "?page=nonsense") is not None
