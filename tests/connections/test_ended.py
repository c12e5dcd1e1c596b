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
