"""Asking one person from their page, and what the two of them read of each other."""

import pytest
from django.test import Client
from django.urls import reverse

from bothways.ask.models import Ask
from bothways.connections.actions import queues
from bothways.connections.actions.queues import Approved
from bothways.connections.models import Introduction
from bothways.core.models import Organisation
from bothways.people.models import NotWanted, Person
from tests import factories
from tests.factories.asking import SPEAKING, offering
from tests.factories.connections import connected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ASK, SUGGESTIONS = "/harbour/ask/", "/harbour/ask/suggestions/"
SENTENCE = "Public speaking makes my hands shake"


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada Lovelace", title="Analyst")


@pytest.fixture
def browser(ada: Person) -> Client:
    return factories.signed_in(ada)


def pressed(*people: Person, **fields: str) -> dict[str, object]:
    settings = {"sentence": SENTENCE, "do": "ask", "note": "A word?", "kind": "conversation"}
    return settings | fields | {"people": [person.key for person in people]}


def test_asking_one_person_from_their_page(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    address = f"/harbour/people/{ben.key}/ask/"
    page = browser.get(address).content.decode()
    assert "Ask Ben quietly" in page
    assert "By Mon 9 Mar you'll hear from us either way." in " ".join(page.split())
    assert (
        "You and Ben, who also sees your name, photo, pronouns, title and team, and what you bring." in page
    )
    assert "Ben sees the note and who you are. Nobody else is told." in page
    for of_several in ("each person we ask", "whom else we ask", "or one person alone?", "nobody is named"):
        assert of_several not in page
    answer = browser.post(address, {"do": "ask", "note": "A word?", "kind": "mentoring"})
    assert answer.status_code == 302
    assert Introduction.objects.get().kind == "mentoring"
    assert browser.post(address, {"do": "ask", "note": "", "kind": "mentoring"}).status_code == 422


def test_whoever_is_asked_sees_of_the_asker_exactly_what_the_eye_said(browser: Client, ada: Person) -> None:
    said = {"pronouns": "she/her", "brings": "Ten years of talks", "hopes": "To draw", "about": "I sail"}
    Person.objects.filter(pk=ada.pk).update(**said, photo="ada.webp")
    ben = offering(ada.organisation, "Ben")
    browser.post(ASK, pressed(ben))
    page = factories.signed_in(ben).get(f"/harbour/introductions/{Introduction.objects.get().key}/")
    letter = page.content.decode()
    for seen in ("Ada Lovelace", "Analyst", "she/her", "Ten years of talks", f"{ada.key}/photo"):
        assert seen in letter
    for unseen in ("To draw", "hopes for", "I sail"):
        assert unseen not in letter


def test_somebody_on_ones_own_list_is_not_asked_and_it_is_said_why(browser: Client, ada: Person) -> None:
    """Their list is never told; one's own is no secret from oneself."""
    ben = offering(ada.organisation, "Ben")
    ada.not_wanted.create(other=ben)
    address = f"/harbour/people/{ben.key}/ask/"
    assert "Ben is on your own list" in browser.get(address).content.decode()
    answer = browser.post(address, {"do": "ask", "note": "A word?", "kind": "conversation"})
    assert answer.status_code == 409
    assert reverse("people_not_wanted", args=["harbour"]) in answer.content.decode()
    assert not Introduction.objects.exists()


def test_somebody_one_knows_is_reached_through_the_connection(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    known = connected(ada, ben)
    answer = browser.get(f"/harbour/people/{ben.key}/ask/")
    assert answer["Location"] == f"/harbour/connections/{known.key}/"


def test_asking_oneself_leads_to_the_box_and_strangers_are_not_there(browser: Client, ada: Person) -> None:
    far = offering(factories.organisation("meadow"), "Mo")
    assert browser.get(f"/harbour/people/{ada.key}/ask/")["Location"] == ASK
    assert browser.get(f"/harbour/people/{far.key}/ask/").status_code == 404


def test_somebody_who_would_rather_not_is_asked_identically(browser: Client, ada: Person) -> None:
    ben, cleo = offering(ada.organisation, "Ben"), offering(ada.organisation, "Cleo")
    NotWanted.objects.create(person=ben, other=ada)
    pages = []
    for person in (ben, cleo):
        address = f"/harbour/people/{person.key}/ask/"
        answer = browser.post(address, {"do": "ask", "note": "A word?", "kind": "conversation"})
        page = browser.get(answer["Location"]).content.decode()
        pages.append(page.split("<main")[1].split("</main>")[0].split("withdrawal")[0].rsplit("/asks/", 1)[0])
    assert pages[0] == pages[1]


def test_an_ask_meets_somebody_who_already_asks(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    queues.open(ben, [Approved(ada)], kind="conversation", note="A word?")
    answer = browser.post(ASK, pressed(ben))
    page = browser.get(answer["Location"]).content.decode()
    assert "You and Ben are connected" in " ".join(page.split())


def test_one_person_reads_the_topic_of_theirs_that_the_author_says_and_nothing_otherwise(
    browser: Client, ada: Person
) -> None:
    ben, cleo = (offering(ada.organisation, name, SPEAKING, "Email") for name in ("Ben", "Cleo"))
    address = "/harbour/people/{}/ask/".format
    page = browser.get(address(ben.key)).content.decode()
    assert "Say that it is about Email" in page
    assert "checked" in page.split(f"about {SPEAKING}")[1].split("Say nothing about it")[0]
    note = {"do": "ask", "note": "A word?", "kind": "conversation"}
    browser.post(address(ben.key), note | {"tell": "email"})
    browser.post(address(cleo.key), note)
    reasons = dict(Introduction.objects.values_list("second__name", "reason_second"))
    assert reasons == {"Ben": {"kind": "yours", "topic": "Email"}, "Cleo": {"kind": "asked"}}
    assert browser.post(address(cleo.key), note | {"tell": "no-topic-of-theirs"}).status_code == 422


def test_who_is_not_here_is_not_asked_by_a_typed_address_either(browser: Client, ada: Person) -> None:
    away = factories.member(ada.organisation, "Zoe", state=Person.State.INVITED)
    answer = browser.get(f"/harbour/people/{away.key}/ask/")
    assert (answer.status_code, answer["Location"]) == (302, f"/harbour/people/{away.key}/")


def test_its_author_reads_a_note_as_it_is_read(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    note = "Dear *you*,\n\n- one\n- two"
    browser.post(ASK, pressed(ben, note=note))
    own = browser.get(f"/harbour/asks/{Ask.objects.get().key}/").content.decode()
    theirs = factories.signed_in(ben).get(f"/harbour/introductions/{Introduction.objects.get().key}/")
    for page in (own, theirs.content.decode()):
        assert "<em>you</em>" in page
        assert "<li>two</li>" in page
