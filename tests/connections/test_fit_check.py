"""Two weeks in, each is asked in private; a wish to stop ends it at once and blames nobody."""

from datetime import timedelta

import pytest

from bothways.connections import events
from bothways.connections.actions import connections, fit_checks, life
from bothways.connections.actions.refusals import HasEnded
from bothways.connections.models import Connection
from bothways.connections.models.quiet import QuietAnswer
from bothways.core import time
from bothways.core.models import Organisation, RecordedEvent
from tests import factories
from tests.connections.relating import address, plain, read, recorded, two
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(connection: Connection, clock: time.Clock) -> Connection:
    clock.advance(timedelta(days=14))
    life.advance()
    return connection


def test_both_are_asked_on_day_fourteen_once(connection: Connection, clock: time.Clock) -> None:
    clock.advance(timedelta(days=13, hours=23))
    life.advance()
    assert recorded(events.FitAsked) == []
    assert factories.signed_in(connection.first).get(address("fit", connection.key)).status_code == 409
    clock.advance(timedelta(hours=1))
    for _ in range(3):
        life.advance()
    assert recorded(events.FitAsked) == [{"connection": connection.key}]


def test_a_question_left_for_two_weeks_is_no_longer_asked(asked: Connection, clock: time.Clock) -> None:
    client = factories.signed_in(asked.first)
    assert "How is it so far" in read(client, address("connection", asked.key))
    clock.advance(timedelta(days=14))
    assert "How is it so far" not in read(client, address("connection", asked.key))
    answer = client.get(address("fit", asked.key))
    page = answer.content.decode()
    assert (answer.status_code, "This is over" in page) == (409, True)
    assert "quicker" not in page


def test_what_was_answered_goes_when_the_question_is_over(asked: Connection, clock: time.Clock) -> None:
    fit_checks.answer(asked, "not_sure", by=asked.first)
    clock.advance(timedelta(days=14))
    life.advance()
    assert not QuietAnswer.objects.exists()


@pytest.mark.parametrize("said", ["good", "not_sure"])
def test_good_and_not_sure_are_seen_by_their_author_alone(asked: Connection, said: str) -> None:
    ada, ben = asked.pair()
    client = factories.signed_in(ben)
    names = ("connection", "fit", "agreement", "meetings")
    before = [plain(read(client, address(name, asked.key))) for name in names]
    count = RecordedEvent.objects.count()
    mine = factories.signed_in(ada)
    assert mine.post(address("fit", asked.key), {"said": said}).status_code == 302
    assert [plain(read(client, address(name, asked.key))) for name in names] == before
    assert RecordedEvent.objects.count() == count
    assert f'value="{said}"' in read(mine, address("fit", asked.key))


def test_stop_ends_it_at_once_for_both_with_a_text_that_blames_nobody(asked: Connection) -> None:
    ada, ben = asked.pair()
    factories.signed_in(ada).post(address("fit", asked.key), {"said": "stop"})
    asked.refresh_from_db()
    assert asked.state == "ended"
    assert not QuietAnswer.objects.exists()
    assert {row["person"] for row in recorded(events.NewOfferDue)} == {ada.key, ben.key}
    pages = [read(factories.signed_in(one), address("connection", asked.key)) for one in (ada, ben)]
    assert all("Nothing is said about who ended it" in page for page in pages)


def test_a_stop_and_an_ending_leave_the_same_behind(asked: Connection, organisation: Organisation) -> None:
    RecordedEvent.objects.all().delete()
    fit_checks.answer(asked, "stop", by=asked.first)
    stopped = list(RecordedEvent.objects.order_by("id").values_list("name", flat=True))
    RecordedEvent.objects.all().delete()
    other = made.connected(*two(organisation))
    connections.end(other)
    assert list(RecordedEvent.objects.order_by("id").values_list("name", flat=True)) == stopped


def test_nonsense_is_refused_and_an_old_question_is_over(asked: Connection) -> None:
    client = factories.signed_in(asked.first)
    for wrong in ({}, {"said": ""}, {"said": "splendid"}):
        assert client.post(address("fit", asked.key), wrong).status_code == 422
    connections.end(asked)
    assert client.post(address("fit", asked.key), {"said": "good"}).status_code == 409
    with pytest.raises(HasEnded):
        fit_checks.answer(asked, "good", by=asked.first)
