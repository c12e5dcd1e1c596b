"""Agreements: written, signed by both, amended, renewed by two yeses, over quietly otherwise."""

from datetime import date, timedelta

import pytest

from bothways.connections import events
from bothways.connections.actions import agreements, connections, life, renewals
from bothways.connections.actions.refusals import NoLongerThere, Outdated
from bothways.connections.models import Agreement, Connection
from bothways.connections.models.quiet import QuietAnswer
from bothways.core import time
from bothways.core.models import Organisation, RecordedEvent
from tests import factories
from tests.connections.relating import address, plain, read, recorded, two
from tests.factories import connections as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(organisation: Organisation, clock: time.Clock) -> Connection:
    return made.connected(*two(organisation), kind="mentoring")


def test_each_writes_their_own_words_and_both_sign_the_same_version(connection: Connection) -> None:
    ada, ben = connection.pair()
    first = agreements.write(connection, made.words(hopes="Fresh eyes"), by=ada, upon=0)
    assert (first.first_hopes, first.second_hopes, first.second_brings) == ("Fresh eyes", "", "")
    assert (first.signed_by(ada), first.signed_by(ben)) == (True, False)
    second = agreements.write(connection, made.words(hopes="To give talks"), by=ben, upon=1)
    assert (second.first_hopes, second.second_hopes) == ("Fresh eyes", "To give talks")
    with pytest.raises(Outdated):
        agreements.sign(first, by=ben)
    agreements.sign(second, by=ada)
    agreements.sign(second, by=ada)
    connection.refresh_from_db()
    assert connection.state == "agreed"
    assert recorded(events.AgreementSigned) == [{"agreement": second.key}]
    assert connection.agreements.in_force().get() == second


def test_two_who_write_at_once_lose_nothing_silently(connection: Connection) -> None:
    ada, ben = connection.pair()
    agreements.write(connection, made.words(), by=ada, upon=0)
    client = factories.signed_in(ben)
    typed = {"upon": 0, "months": 6, "brings": "A lot of questions", "hopes": "Answers"}
    answer = client.post(address("agreement_write", connection.key), typed)
    assert answer.status_code == 409
    assert "A lot of questions" in answer.content.decode()
    assert Agreement.objects.count() == 1


def test_the_version_in_force_holds_until_the_next_has_both_signatures(connection: Connection) -> None:
    ada, ben = connection.pair()
    old = made.agreed(connection)
    new = agreements.write(connection, made.words(cadence="Once a month"), by=ben, upon=1)
    assert connection.agreements.in_force().get() == old
    page = read(factories.signed_in(ada), address("agreement", connection.key))
    assert "Every two weeks" in page
    assert "Once a month" in page
    factories.signed_in(ada).post(address("signature", new.key))
    assert connection.agreements.in_force().get() == new
    old.refresh_from_db()
    assert old.closed_at


@pytest.mark.parametrize(("months", "ends"), [(3, "2026-06-02"), (6, "2026-09-02"), (12, "2027-03-02")])
def test_an_agreement_is_finite_and_looked_at_halfway(connection: Connection, months: int, ends: str) -> None:
    agreement = made.agreed(connection, months=months)
    assert agreement.ends_on.isoformat() == ends
    assert agreement.review_on
    assert date(2026, 3, 2) < agreement.review_on < agreement.ends_on


def test_the_review_is_brought_to_mind_once(connection: Connection, clock: time.Clock) -> None:
    agreement = made.agreed(connection, months=3, review_on=date(2026, 4, 1))
    clock.advance(timedelta(days=31))
    life.advance()
    life.advance()
    assert recorded(events.ReviewDue) == [{"agreement": agreement.key}]


def _until_renewal(clock: time.Clock) -> None:
    clock.advance(timedelta(days=72))  # 13 May, three weeks before 2 June
    life.advance()


def test_two_yeses_renew(connection: Connection, clock: time.Clock) -> None:
    ada, ben = connection.pair()
    old = made.agreed(connection, months=3)
    with pytest.raises(NoLongerThere):
        renewals.go_on(connection, by=ada)
    _until_renewal(clock)
    assert recorded(events.RenewalAsked) == [{"agreement": old.key}]
    assert renewals.go_on(connection, by=ada) is None
    renewed = renewals.go_on(connection, by=ben)
    assert renewed
    assert (renewed.ends_on, renewed.first_hopes) == (date(2026, 9, 2), old.first_hopes)
    assert recorded(events.AgreementRenewed) == [{"agreement": renewed.key}]
    assert connection.agreements.in_force().get() == renewed
    assert not QuietAnswer.objects.filter(question="renewal").exists()
    clock.advance(timedelta(days=30))
    life.advance()
    assert recorded(events.AgreementOver) == []


def _pages(connection: Connection) -> list[list[str]]:
    client = factories.signed_in(connection.second)
    names = ("connection", "agreement", "renewal", "meetings")
    asked = [client.get(address(name, connection.key)) for name in names]
    return [[str(answer.status_code), *plain(answer.content.decode())] for answer in asked]


@pytest.mark.parametrize("wish", ["go on", "nothing", "taken back"])
def test_a_wish_of_one_alone_is_never_seen(connection: Connection, clock: time.Clock, wish: str) -> None:
    """What the other can obtain is the same with a wish and without: before, on the day, after."""
    ada = connection.first
    made.agreed(connection, months=3)
    _until_renewal(clock)
    before = _pages(connection)
    seen = RecordedEvent.objects.count()
    client = factories.signed_in(ada)
    if wish != "nothing":
        client.post(address("renewal", connection.key), {"go_on": "1"})
        assert "You would like to go on" in read(client, address("renewal", connection.key))
    if wish == "taken back":
        client.post(address("renewal", connection.key), {"take_back": "1"})
    assert _pages(connection) == before
    assert RecordedEvent.objects.count() == seen
    clock.move_to(time.now().replace(month=6, day=3, hour=0, minute=0))
    life.advance()
    life.advance()
    connection.refresh_from_db()
    assert connection.state == "resting"
    assert len(recorded(events.AgreementOver)) == 1
    assert not QuietAnswer.objects.filter(question="renewal").exists()
    ended = "\n".join("\n".join(page) for page in _pages(connection))
    assert "Nothing is asked of either of you" in ended
    assert "the day you had both set" in ended
    assert "would like to go on" not in ended


def test_it_ends_on_the_day_it_says_where_the_organisation_is(
    connection: Connection, clock: time.Clock
) -> None:
    Organisation.objects.update(time_zone="Pacific/Auckland")
    agreement = made.agreed(Connection.objects.get(), months=3)
    assert agreement.ends_on == date(2026, 6, 2)
    clock.move_to(time.now().replace(month=6, day=2, hour=11, minute=59))
    life.advance()
    assert connection.agreements.in_force().exists()
    clock.advance(timedelta(minutes=1))  # midnight in Auckland
    life.advance()
    assert not connection.agreements.in_force().exists()


def test_who_ends_the_connection_ends_the_agreement_and_its_questions(
    connection: Connection, clock: time.Clock
) -> None:
    made.agreed(connection, months=3)
    _until_renewal(clock)
    connections.end(connection)
    clock.advance(timedelta(days=60))
    life.advance()
    assert recorded(events.AgreementOver) == []
    assert not QuietAnswer.objects.exists()


def test_an_expectation_gap_is_a_question_for_both_and_judges_nobody(connection: Connection) -> None:
    ada, ben = connection.pair()
    where = address("agreement", connection.key)
    agreements.write(connection, made.words(brings="Bookkeeping", hopes="Gardening"), by=ada, upon=0)
    assert "to talk about" not in read(factories.signed_in(ben), where), "he has not written his part"
    agreements.write(connection, made.words(brings="Negotiating", hopes="Public speaking"), by=ben, upon=1)
    asked = []
    for one in (ada, ben):
        page = read(factories.signed_in(one), where)
        assert "Two things to talk about when you meet" in page
        asked.append(page.split('id="talk"')[1].split("</section>")[0])
    assert asked[0] == asked[1]
    assert "“Gardening”" in asked[0]
    assert "“Public speaking”" in asked[0]
    assert not [said for said in ("Ada", "Ben", "<svg", "mention") if said in asked[0]]
    agreements.write(connection, made.words(brings="I can garden", hopes="Public speaking"), by=ben, upon=2)
    page = read(factories.signed_in(ada), where)
    assert "Something to talk about when you meet" in page
    assert "“Gardening”" not in page


def test_nobody_is_made_to_say_what_they_did_not_write(connection: Connection) -> None:
    """One's own part is empty, with one's page as a help; the other's stays so until they write it."""
    ada, ben = connection.pair()
    page = read(factories.signed_in(ada), address("agreement_write", connection.key))
    assert "You wrote on your page: “Ten years of talks”" in page
    boxes = [box.split("</textarea>")[0] for box in page.split("<textarea")[1:]]
    assert not [box for box in boxes if "Ten years" in box]
    agreements.write(connection, made.words(), by=ada, upon=0)
    page = read(factories.signed_in(ben), address("agreement", connection.key))
    assert "To speak up" not in page.split('id="new"')[1].split("</section>")[0]
    assert "Write my part first" in page


def test_a_conversation_asks_for_no_term(connection: Connection) -> None:
    client = factories.signed_in(connection.first)
    where = address("agreement_write", connection.key)
    Connection.objects.update(kind="mentoring")
    assert "<summary>" not in read(client, where).split("<main")[1]
    Connection.objects.update(kind="conversation")
    before, folded = read(client, where).split("<summary>More</summary>")
    for name in ("months", "review_on"):
        assert (f'name="{name}"' in before, f'name="{name}"' in folded) == (False, True)
    wrong = client.post(where, {"upon": 0, "months": 3, "review_on": "2026-03-02"}).content.decode()
    assert '<details class="more" open>' in wrong
    assert client.post(where, {"upon": 0, "months": 3, "hopes": "To listen"}).status_code == 302


def test_the_form_is_filled_from_the_kind_and_refuses_kindly(connection: Connection) -> None:
    ada = connection.first
    client = factories.signed_in(ada)
    where = address("agreement_write", connection.key)
    page = read(client, where)
    assert "Every two weeks, 45 minutes" in page
    for wrong in (
        {"upon": 0, "months": 5},
        {"upon": 0, "months": 3, "review_on": "2026-03-02"},
        {"upon": 0, "months": 3, "review_on": "2026-08-01"},
        {"upon": 0, "months": 3, "brings": "x" * 601},
        {"upon": "soon", "months": 3},
    ):
        assert client.post(where, wrong).status_code == 422
    assert client.post(where, {"upon": 0, "months": 9, "hopes": "Fresh eyes"}).status_code == 302
    assert Agreement.objects.get().months == 9


def test_after_its_end_a_new_one_is_written_upon_the_old(connection: Connection, clock: time.Clock) -> None:
    made.agreed(connection, months=3)
    clock.advance(timedelta(days=120))
    life.advance()
    client = factories.signed_in(connection.first)
    assert 'value="1"' in read(client, address("agreement_write", connection.key))
    new = made.agreed(connection)
    assert new.version == 2
    connection.refresh_from_db()
    assert connection.state == "agreed"
