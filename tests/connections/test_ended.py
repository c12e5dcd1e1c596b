"""What has ended is spoken of in the past, and promises nothing that is over."""

from datetime import timedelta

import pytest

from bothways.connections.actions import connections
from bothways.connections.models import Connection
from bothways.core import time
from tests import factories
from tests.connections.relating import address, read
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


def test_the_page_of_what_has_ended_invites_to_nothing(connection: Connection, clock: time.Clock) -> None:
    client, where = factories.signed_in(connection.first), address("connection", connection.key)
    meeting = made.planned(connection)
    assert "is enough to begin" in read(client, where)
    connections.end(connection)
    page = read(client, where)
    assert "is enough to begin" not in page
    assert "nothing has to be" not in page
    assert "Nothing was written" in page
    assert "ended on Mon 2 Mar" in page
    assert "find another time" not in read(client, address("meeting", meeting.key))


def test_somebody_new_is_promised_in_the_week_after_and_no_longer(
    connection: Connection, clock: time.Clock
) -> None:
    client, where = factories.signed_in(connection.first), address("connection", connection.key)
    connections.end(connection)
    clock.advance(timedelta(days=6))
    assert "we will suggest somebody new" in read(client, where)
    clock.advance(timedelta(days=1))
    assert "somebody new" not in read(client, where)


FORMS = ("times", "cannot", "kind", "agreement_write", "fit", "quiet", "renewal", "rest", "ending")
FORMS_OF_A_MEETING = ("move", "cancel")


def test_an_old_address_of_a_form_leads_to_the_page_that_says_it_has_ended(connection: Connection) -> None:
    meeting = made.planned(connection)
    connections.end(connection)
    here = address("connection", connection.key)
    forms = [address(name, connection.key) for name in FORMS]
    forms += [address(name, meeting.key) for name in FORMS_OF_A_MEETING]
    for person in connection.pair():
        client = factories.signed_in(person)
        for where in forms:
            answer = client.get(where)
            assert (answer.status_code, answer["Location"]) == (302, here), where
            page = read(client, here)
            assert "This has ended, so there is nothing more to do there." in page
            assert "<textarea" not in page
        assert "so there is nothing more to do there" not in read(client, here)


def test_what_is_sent_all_the_same_is_refused_and_kept(connection: Connection) -> None:
    connections.end(connection)
    client = factories.signed_in(connection.first)
    answer = client.post(address("messages", connection.key), {"text": "One more thing"})
    assert answer.status_code == 409
    assert "One more thing" in answer.content.decode()


def test_something_wrong_can_be_told_afterwards_too(connection: Connection) -> None:
    connections.end(connection)
    page = read(factories.signed_in(connection.first), address("concern", connection.key))
    assert "You can tell one person here." in page
