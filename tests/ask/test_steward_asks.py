"""Asking the steward quietly: one named person, a reply, perhaps an introduction."""

import pytest

from bothways.ask.actions import asks, steward_asks
from bothways.ask.events import StewardAsked, StewardReplied
from bothways.ask.models import StewardAsk
from bothways.ask.sources import Inquiry
from bothways.connections.models import Introduction, PassedOn
from bothways.core import time
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.models import NotWanted, Person
from tests import factories
from tests.factories.asking import offering
from tests.factories.inbox import told

pytestmark = pytest.mark.django_db

TEXT = "I am lost with public speaking and dare not ask around"


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada")


@pytest.fixture
def stella(ada: Person) -> Person:
    return factories.member(ada.organisation, "Stella", role=Person.Role.STEWARD)


def test_the_stewards_are_named_and_one_is_picked(ada: Person, stella: Person) -> None:
    other = factories.member(ada.organisation, "Otto", role=Person.Role.ADMINISTRATOR)
    browser = factories.signed_in(ada)
    page = browser.get("/harbour/ask/steward/").content.decode()
    assert "Stella" in page
    assert "Otto" in page
    assert "whoever runs the server" in page
    answer = browser.post("/harbour/ask/steward/", {"steward": stella.key, "text": TEXT})
    sent = StewardAsk.objects.get()
    assert answer["Location"] == f"/harbour/steward-asks/{sent.key}/"
    assert RecordedEvent.objects.get(name="ask.StewardAsked").payload == {"steward_ask": sent.key}
    assert StewardAsked.event_name() == "ask.StewardAsked"
    assert factories.signed_in(other).get(answer["Location"]).status_code == 404


@pytest.mark.parametrize("fields", [{"steward": "nobody"}, {"steward": ""}, {"text": " "}])
def test_what_is_wrong_is_said_and_kept(ada: Person, stella: Person, fields: dict[str, str]) -> None:
    good = {"steward": stella.key, "text": TEXT}
    answer = factories.signed_in(ada).post("/harbour/ask/steward/", good | fields)
    assert answer.status_code == 422
    assert not StewardAsk.objects.exists()


def test_somebody_who_is_no_steward_is_refused_by_the_verb(ada: Person) -> None:
    with pytest.raises(steward_asks.NotASteward):
        steward_asks.send(ada, factories.member(ada.organisation, "Ben"), text=TEXT)


def test_the_sentence_of_an_ask_is_copied_only_if_its_author_presses_so(ada: Person, stella: Person) -> None:
    given = asks.keep_open(Inquiry(person=ada, sentence="Beekeeping on the roof"))
    browser, address = factories.signed_in(ada), f"/harbour/asks/{given.key}/steward/"
    assert "Beekeeping" not in browser.get(address).content.decode()
    assert "Beekeeping on the roof</textarea>" in browser.post(address, {"copy": "1"}).content.decode()
    browser.post(address, {"steward": stella.key, "text": "Something else"})
    told = factories.signed_in(stella).get(f"/harbour/steward-asks/{StewardAsk.objects.get().key}/")
    assert "Beekeeping" not in told.content.decode()


def test_the_steward_finds_it_on_home_and_replies(ada: Person, stella: Person) -> None:
    sent = steward_asks.send(ada, stella, text=TEXT)
    steward, author = factories.signed_in(stella), factories.signed_in(ada)
    address = f"/harbour/steward-asks/{sent.key}/"
    told()
    home = steward.get("/harbour/").content.decode()
    assert home.count("in confidence") == home.count("Ada asks you for help, in confidence") == 1
    assert TEXT in steward.get(address).content.decode()
    assert steward.post(f"{address}reply/", {"reply": " "}).status_code == 422
    steward.post(f"{address}reply/", {"reply": "Come by on Tuesday"})
    assert "Come by on Tuesday" in author.get(address).content.decode()
    told()
    assert "in confidence" not in steward.get("/harbour/").content.decode()
    assert RecordedEvent.objects.filter(name=StewardReplied.event_name()).count() == 1
    assert author.post(f"{address}reply/", {"reply": "Me"}).status_code == 404


def test_a_reply_that_is_sent_looks_sent(ada: Person, stella: Person) -> None:
    sent = steward_asks.send(ada, stella, text=TEXT)
    steward, address = factories.signed_in(stella), f"/harbour/steward-asks/{sent.key}/"
    assert "Your reply is sent" not in steward.get(address).content.decode()
    page = steward.post(f"{address}reply/", {"reply": "Come by on Tuesday"}, follow=True).content.decode()
    before, after = page.split("<summary>Write again</summary>")
    assert "Your reply is sent" in before
    assert "Come by on Tuesday" in before.split("<blockquote>")[2]
    assert 'name="reply"' not in before
    assert 'name="reply"' in after
    wrong = steward.post(f"{address}reply/", {"reply": " "}).content.decode()
    assert '<details class="more" open>' in wrong


def test_the_steward_introduces_somebody_and_reads_that_it_was_passed_on(ada: Person, stella: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    sent = steward_asks.send(ada, stella, text=TEXT)
    browser, address = factories.signed_in(stella), f"/harbour/steward-asks/{sent.key}/"
    assert "Ben" in browser.get(address).content.decode()
    assert browser.post(f"{address}introduction/", {"person": ben.key, "why": ""}).status_code == 422
    said = {"person": ben.key, "why": "You both make things"}
    there = browser.post(f"{address}introduction/", said, follow=True).content.decode()
    assert ("Ben" in there, "Ada" in there, "passed on" in there.lower()) == (True, True, True)
    assert PassedOn.objects.get().introducer == stella
    made = Introduction.objects.get()
    assert {made.first, made.second, made.introducer} == {ada, ben, stella}


def test_the_steward_learns_nothing_of_private_lists(ada: Person, stella: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    sent = steward_asks.send(ada, stella, text=TEXT)
    browser, address = factories.signed_in(stella), f"/harbour/steward-asks/{sent.key}/"
    before = browser.get(address).content.decode()
    NotWanted.objects.create(person=ada, other=ben)
    after = browser.get(address).content.decode()
    assert ("Ben" in before, "Ben" in after) == (True, True)


def test_with_no_steward_here_it_says_so(ada: Person) -> None:
    page = factories.signed_in(ada).get("/harbour/ask/steward/").content.decode()
    assert "Nobody is here for that just now" in page


def test_ones_own_line_is_left_out_where_somebody_else_is_here(ada: Person, stella: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(manager=stella, line=f"/{stella.pk}/")
    browser = factories.signed_in(ada)
    alone = browser.get("/harbour/ask/steward/").content.decode()
    assert "Stella, looks after mentorship here, your manager" in alone
    beside = browser.post("/harbour/ask/", {"sentence": "My boss bullies me"}).content.decode()
    assert "Looks after mentorship here, your manager" in beside
    factories.member(ada.organisation, "Otto", role=Person.Role.ADMINISTRATOR)
    for page in (
        browser.get("/harbour/ask/steward/").content.decode(),
        browser.post("/harbour/ask/", {"sentence": "My boss bullies me"}).content.decode(),
    ):
        assert "Otto" in page
        assert "Stella" not in page
    with pytest.raises(steward_asks.NotASteward):
        steward_asks.send(Person.objects.get(pk=ada.pk), stella, text=TEXT)
