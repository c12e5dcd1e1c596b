"""Times near the edge of the calendar, which some zone cannot say: refused like any other that is none."""

import pytest
from django.test import Client

from bothways.connections.actions import meetings
from bothways.connections.models import Meeting
from bothways.connections.queries import answer_links
from bothways.core import time
from bothways.core.models import Organisation
from tests import factories
from tests.factories import connections as made
from tests.factories.introductions import ask, introduction, several

pytestmark = pytest.mark.django_db

EDGES = ("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59", "0001-01-01T00:00")
ZONES = pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
STARTS = pytest.mark.parametrize("start", EDGES)


@ZONES
@STARTS
@pytest.mark.parametrize("box", ["starts", "other_1"])
def test_they_are_no_times_to_offer(
    organisation: Organisation, clock: time.Clock, zone: str, start: str, box: str
) -> None:
    ada, ben = several(organisation, "Ada Ben", time_zone=zone)
    connection = made.connected(ada, ben)
    address = f"/harbour/connections/{connection.key}/times/"
    assert factories.signed_in(ada).post(address, {box: start, "minutes": "30"}).status_code == 422
    assert not Meeting.objects.exists()


@ZONES
@STARTS
@pytest.mark.parametrize("box", ["starts", "other_1"])
def test_they_come_with_no_yes(
    organisation: Organisation, clock: time.Clock, zone: str, start: str, box: str
) -> None:
    ada, ben = several(organisation, "Ada Ben", time_zone=zone)
    ask(ada, ben)
    answer = Client().post(answer_links.path_of(introduction(ben), ben), {"answer": "yes", box: start})
    assert answer.status_code < 500
    assert not Meeting.objects.exists()


@ZONES
@STARTS
def test_none_is_picked(organisation: Organisation, clock: time.Clock, zone: str, start: str) -> None:
    ada, ben = several(organisation, "Ada Ben", time_zone=zone)
    meeting = meetings.propose(made.connected(ada, ben), [made.in_days(3)], by=ada)
    answer = factories.signed_in(ben).post(f"/harbour/meetings/{meeting.key}/pick/", {"start": start})
    assert answer.status_code < 500
    assert Meeting.objects.get().state == Meeting.State.PROPOSED
