"""An ask after it was pressed: a plan and never a name, withdrawing, nobody yet, somebody turning up."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.ask.actions import asks
from bothways.ask.events import NobodyYet, SomebodyTurnedUp
from bothways.ask.models import Ask
from bothways.ask.queries.asks import progress
from bothways.ask.sources import Inquiry
from bothways.ask.tasks import look_again
from bothways.connections.actions import answers
from bothways.connections.models import Introduction, Queue
from bothways.core import time, worker
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.models import Person
from bothways.ui import moments
from tests import factories
from tests.factories.asking import offering
from tests.factories.introductions import introduction, pass_time

pytestmark = pytest.mark.django_db

SENTENCE = "Public speaking makes my hands shake"


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada Lovelace")


def asked(author: Person, *people: Person) -> Ask:
    inquiry = Inquiry(person=author, sentence=SENTENCE)
    return asks.ask(inquiry, people, kind="conversation", note="A word?")


def main_of(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split("<main")[1].split("</main>")[0].split())


def events_of(kind: type) -> int:
    return RecordedEvent.objects.filter(name=f"ask.{kind.__name__}").count()


def test_the_page_tells_the_plan_and_never_a_name(ada: Person, clock: time.Clock) -> None:
    people = [offering(ada.organisation, name) for name in ("Benedikt", "Cleopatra", "Daniil", "Eleonora")]
    given = asked(ada, *people)
    browser = factories.signed_in(ada)
    for days in (0, 1, 2, 4, 6):
        clock.advance(timedelta(days=days))
        pass_time(clock)
        for address in (f"/harbour/asks/{given.key}/", "/harbour/asks/", "/harbour/ask/"):
            page = browser.get(address).content.decode()
            assert not any(person.name in page or person.key in page for person in people)


def test_the_page_shows_what_was_asked_sent_and_when(ada: Person, clock: time.Clock) -> None:
    given = asked(ada, offering(ada.organisation, "Ben"))
    when = moments.said(given.asked_at)
    clock.advance(timedelta(days=1))
    page = main_of(factories.signed_in(ada), f"/harbour/asks/{given.key}/")
    assert SENTENCE in page
    assert "A word?" in page.split('id="note"')[1].split("You, and the one person you ask.")[0]
    assert f"You asked on {when}." in page


def test_the_page_shows_the_topics_that_were_picked(ada: Person, clock: time.Clock) -> None:
    ben = offering(ada.organisation, "Ben")
    topic = ben.offers.get().topic
    inquiry = Inquiry(person=ada, sentence=SENTENCE, topics=(topic.key, "gone"))
    given = asks.ask(inquiry, [ben], kind="conversation", note="A word?")
    browser = factories.signed_in(ada)
    assert topic.name in main_of(browser, f"/harbour/asks/{given.key}/").split('id="topics"')[1]
    plain = asked(ada, offering(ada.organisation, "Cleo"))
    assert 'id="topics"' not in main_of(browser, f"/harbour/asks/{plain.key}/")


def test_a_sentence_that_was_put_into_the_note_stands_there_alone(ada: Person, clock: time.Clock) -> None:
    inquiry = Inquiry(person=ada, sentence=SENTENCE)
    note = f"Hello, I'm Ada. {SENTENCE}. Half an hour?"
    given = asks.ask(inquiry, [offering(ada.organisation, "Ben")], kind="conversation", note=note)
    page = main_of(factories.signed_in(ada), f"/harbour/asks/{given.key}/")
    assert page.count(SENTENCE) == 1
    assert "Only you." not in page
    assert "Your sentence is in it because you put it there." in page
    apart = asked(ada, offering(ada.organisation, "Cleo"))
    page = main_of(factories.signed_in(ada), f"/harbour/asks/{apart.key}/")
    assert "Only you." in page.split('id="note"')[0]
    assert "Your sentence is in it" not in page


OF_SEVERAL = ("each person we ask", "Everybody else whom we asked has been thanked.")


def test_an_ask_of_one_person_alone_speaks_of_no_others(ada: Person, clock: time.Clock) -> None:
    """By the list that its author made: somebody whom an asked person names is not on it yet."""
    ben, cleo, dan = (offering(ada.organisation, name) for name in ("Ben", "Cleo", "Dan"))
    alone, several = asked(ada, ben), asked(ada, cleo, dan)
    browser = factories.signed_in(ada)
    answers.hand_on(introduction(cleo), by=cleo, to=ben)
    assert OF_SEVERAL[0] not in main_of(browser, f"/harbour/asks/{alone.key}/")
    assert OF_SEVERAL[0] in main_of(browser, f"/harbour/asks/{several.key}/")
    answers.accept(introduction(ben), by=ben)
    answers.accept(introduction(dan), by=dan)
    page = main_of(browser, f"/harbour/asks/{alone.key}/")
    assert "You and Ben are connected." in page
    assert not any(said in page for said in OF_SEVERAL)
    page = main_of(browser, f"/harbour/asks/{several.key}/")
    assert "You and Dan are connected." in page
    assert all(said in page for said in OF_SEVERAL)


def test_somebody_named_by_the_one_asked_changes_no_word(ada: Person, clock: time.Clock) -> None:
    ben, cleo = offering(ada.organisation, "Ben"), offering(ada.organisation, "Cleo")
    given, browser = asked(ada, ben), factories.signed_in(ada)
    answers.hand_on(introduction(ben), by=ben, to=cleo)
    assert OF_SEVERAL[0] not in main_of(browser, f"/harbour/asks/{given.key}/")


def test_home_says_that_it_is_on_its_way_and_by_when_one_hears(ada: Person, clock: time.Clock) -> None:
    browser = factories.signed_in(ada)
    assert "We are asking for you" not in main_of(browser, "/harbour/")
    given = asked(ada, offering(ada.organisation, "Ben"))
    home = main_of(browser, "/harbour/")
    assert (
        home.count("We are asking for you") == home.count(f"You hear by {progress(given).hear_by_day}") == 1
    )
    assert f'href="/harbour/asks/{given.key}/"' in home
    assert "Ben" not in home
    assert "What would you like help with?" not in home
    asks.withdraw(given)
    assert "We are asking for you" not in main_of(browser, "/harbour/")


def test_what_waits_for_an_answer_goes_before_an_ask_on_its_way(ada: Person, clock: time.Clock) -> None:
    asked(offering(ada.organisation, "Cleo"), ada)
    given = asked(ada, offering(ada.organisation, "Ben"))
    home = main_of(factories.signed_in(ada), "/harbour/")
    line = f"We are asking for you; you hear by {progress(given).hear_by_day} either way"
    assert home.index("A word with Cleo?") < home.index(line)


def test_the_plan_keeps_the_working_days_of_the_organisation(organisation: Organisation) -> None:
    """Thursday morning in Auckland is Wednesday evening in UTC: two days on is Monday, not Saturday."""
    Organisation.objects.filter(pk=organisation.pk).update(time_zone="Pacific/Auckland")
    organisation.refresh_from_db()
    with time.driven(datetime(2026, 6, 4, 8, tzinfo=ZoneInfo("Pacific/Auckland"))):
        ada = factories.member(organisation, "Ada", time_zone="Pacific/Auckland")
        given = asked(ada, *[offering(organisation, name) for name in ("Ben", "Cleo", "Dan", "Eli", "Flo")])
        told = progress(given)
        first = datetime(2026, 6, 8, 8, tzinfo=ZoneInfo("Pacific/Auckland"))
        assert (told.next_at, told.hear_by) == (first, first + timedelta(days=2 + 7))
        page = factories.signed_in(ada).get(f"/{organisation.slug}/asks/{given.key}/")
        assert "By Mon 8 Jun we" in page.content.decode()


def test_the_plan_is_in_days_and_the_same_whatever_was_answered(ada: Person) -> None:
    people = [offering(ada.organisation, name) for name in ("Ben", "Cleo", "Dan")]
    given = asked(ada, *people)
    browser = factories.signed_in(ada)
    before = main_of(browser, f"/harbour/asks/{given.key}/")
    assert "By Wed 4 Mar we'll have asked somebody else; by Wed 11 Mar you'll hear from us" in before
    answers.not_now(introduction(people[0]), by=people[0])
    after = main_of(browser, f"/harbour/asks/{given.key}/")
    token = 'name="csrfmiddlewaretoken"'
    assert after.split(token)[0] == before.split(token)[0]


def story(author: Person, clock: time.Clock, *people: Person) -> list[str]:
    """What its author reads of an ask, every half day until it is over."""
    given, browser, pages = asked(author, *people), factories.signed_in(author), []
    for _ in range(26):
        pages.append(main_of(browser, f"/harbour/asks/{given.key}/").replace(given.key, "KEY"))
        pass_time(clock, hours=12)
    return [page.split('name="csrfmiddlewaretoken"')[0] for page in pages]


@pytest.mark.parametrize("full", [(0,), (1, 2), (0, 1, 2, 3, 4)])
def test_the_plan_does_not_tell_who_has_no_room(organisation: Organisation, full: tuple[int, ...]) -> None:
    """Rule 14: a race lost is silent. What somebody keeps free for others is theirs alone."""
    told = []
    for number, busy in enumerate(((), full)):
        with time.driven(datetime(2026, 3, 2, 9, tzinfo=UTC)) as clock:
            author = factories.member(organisation, f"Ada{number}")
            people = [offering(organisation, f"Ben{number}{place}") for place in range(5)]
            Person.objects.filter(pk__in=[people[place].pk for place in busy]).update(budget_minutes=0)
            told.append(story(author, clock, *people))
            assert Introduction.objects.filter(first=author).count() == 5 - len(busy)
    assert "By Wed 4 Mar we'll have asked somebody else" in told[0][0]
    assert "We are asking" not in told[0][-1]
    assert told[1] == told[0]


def test_a_later_ask_does_not_change_whom_an_earlier_one_found(ada: Person, clock: time.Clock) -> None:
    ben, cleo = offering(ada.organisation, "Benedikt"), offering(ada.organisation, "Cleopatra")
    given = asked(ada, ben, cleo)
    answers.accept(introduction(ben), by=ben)
    clock.advance(timedelta(days=200))
    again = asked(ada, cleo)
    answers.accept(introduction(cleo), by=cleo)
    assert [progress(Ask.objects.get(pk=one.pk)).other for one in (given, again)] == [ben, cleo]


def test_whoever_asks_for_more_is_named_because_they_named_themselves(ada: Person) -> None:
    ben, cleo = offering(ada.organisation, "Benedikt"), offering(ada.organisation, "Cleopatra")
    given = asked(ada, ben, cleo)
    answers.tell_me_more(introduction(ben), by=ben, question="About which talk?")
    page = main_of(factories.signed_in(ada), f"/harbour/asks/{given.key}/")
    assert "Benedikt" in page
    assert "About which talk?" in page
    assert "Cleopatra" not in page


def test_withdrawing_ends_it_and_puts_it_away(ada: Person) -> None:
    given = asked(ada, offering(ada.organisation, "Ben"))
    browser = factories.signed_in(ada)
    browser.post(f"/harbour/asks/{given.key}/withdrawal/")
    assert Queue.objects.get().closed_how == "withdrawn"
    assert not Introduction.objects.filter(state="open").exists()
    assert "Put away" in main_of(browser, f"/harbour/asks/{given.key}/")


def test_a_yes_leads_to_the_connection(ada: Person) -> None:
    ben, cleo = offering(ada.organisation, "Benedikt"), offering(ada.organisation, "Cleopatra")
    given = asked(ada, ben, cleo)
    made = answers.accept(introduction(cleo), by=cleo)
    assert made
    page = main_of(factories.signed_in(ada), f"/harbour/asks/{given.key}/")
    assert f"/harbour/connections/{made.key}/" in page
    assert "Benedikt" not in page


def test_when_its_time_is_over_nobody_yet_and_ways_on(ada: Person, clock: time.Clock) -> None:
    given = asked(ada, offering(ada.organisation, "Ben"))
    pass_time(clock, days=8)
    worker.drain()
    assert events_of(NobodyYet) == 1
    browser = factories.signed_in(ada)
    page = main_of(browser, f"/harbour/asks/{given.key}/")
    assert "Nobody yet" in page
    assert f"/harbour/asks/{given.key}/steward/" in page
    assert f"/harbour/asks/{given.key}/again/" in page
    browser.post(f"/harbour/asks/{given.key}/open/")
    assert "Kept open" in main_of(browser, f"/harbour/asks/{given.key}/")


def test_a_withdrawn_ask_is_not_told_that_nobody_came(ada: Person, clock: time.Clock) -> None:
    asks.withdraw(asked(ada, offering(ada.organisation, "Ben")))
    pass_time(clock, days=8)
    worker.drain()
    assert events_of(NobodyYet) == 0


def test_a_running_ask_cannot_be_kept_open(ada: Person) -> None:
    given = asked(ada, offering(ada.organisation, "Ben"))
    assert factories.signed_in(ada).post(f"/harbour/asks/{given.key}/open/").status_code == 409
    given.refresh_from_db()
    assert not given.kept_open


def test_somebody_who_turns_up_is_told_of_once(ada: Person, clock: time.Clock) -> None:
    offering(ada.organisation, "Seen already")
    given = asks.keep_open(Inquiry(person=ada, sentence=SENTENCE))
    clock.advance(timedelta(days=1))
    look_again()
    assert events_of(SomebodyTurnedUp) == 0
    offering(ada.organisation, "New here")
    look_again()
    assert events_of(SomebodyTurnedUp) == 0  # looked at today already
    for _ in range(3):
        clock.advance(timedelta(days=1))
        look_again()
    assert events_of(SomebodyTurnedUp) == 1
    browser = factories.signed_in(ada)
    assert "Somebody has turned up" in main_of(browser, f"/harbour/asks/{given.key}/")
    assert "New here" in main_of(browser, f"/harbour/asks/{given.key}/again/")


def test_an_ask_put_away_is_not_looked_at_again(ada: Person, clock: time.Clock) -> None:
    given = asks.keep_open(Inquiry(person=ada, sentence=SENTENCE))
    factories.signed_in(ada).post(f"/harbour/asks/{given.key}/away/")
    offering(ada.organisation, "New here")
    clock.advance(timedelta(days=2))
    look_again()
    assert events_of(SomebodyTurnedUp) == 0


@pytest.mark.parametrize("what", ["", "again/", "steward/", "withdrawal/", "open/", "away/"])
def test_nobody_else_sees_or_touches_an_ask(ada: Person, what: str) -> None:
    ben = offering(ada.organisation, "Ben", role=Person.Role.ADMINISTRATOR)
    given = asked(ada, ben)
    for other in (ben, factories.member(factories.organisation("meadow"), "Mo")):
        browser, slug = factories.signed_in(other), other.organisation.slug
        for answer in (
            browser.get(f"/{slug}/asks/{given.key}/{what}"),
            browser.post(f"/{slug}/asks/{given.key}/{what}"),
        ):
            assert answer.status_code in (404, 405)
    assert Queue.objects.get().state == "open"


def test_the_list_takes_as_many_queries_for_twenty_as_for_one(ada: Person) -> None:
    browser, counts = factories.signed_in(ada), []
    for number in (1, 19):
        for _ in range(number):
            asks.put_away(asks.keep_open(Inquiry(person=ada, sentence=SENTENCE)))
        browser.get("/harbour/asks/")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/harbour/asks/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
