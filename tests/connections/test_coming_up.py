"""What is coming up stands on Home, above whom one might like to meet."""

import pytest

from bothways.connections.actions import meetings
from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.connections import connected, in_days

pytestmark = pytest.mark.django_db


def test_a_picked_meeting_stands_on_both_homes_until_it_begins(
    organisation: Organisation, clock: time.Clock
) -> None:
    ada, ben, cleo = (factories.member(organisation, name) for name in ("Ada", "Ben", "Cleo"))
    connection = connected(ada, ben)
    meeting = meetings.propose(connection, by=ada, times=[in_days(2)])

    def home(of: Person) -> str:
        return factories.signed_in(of).get("/harbour/").content.decode()

    assert "Coming up" not in home(ada)
    meetings.pick(meeting, by=ben, start=in_days(2))
    assert f"/harbour/meetings/{meeting.key}/" in home(ada)
    assert "Coming up" in home(ben)
    assert "Coming up" not in home(cleo)
    clock.advance(in_days(3) - time.now())
    assert "Coming up" not in home(ada)
