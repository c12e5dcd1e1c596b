"""The note that will be read: its template, and one's own sentence in it only if one says so."""

import pytest
from django.test import Client

from bothways.ask.rules import notes
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.asking import offering

SUGGESTIONS = "/harbour/ask/suggestions/"
SENTENCE = "Public speaking makes my hands shake"


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada Lovelace", title="Analyst")


@pytest.fixture
def browser(ada: Person) -> Client:
    return factories.signed_in(ada)


@pytest.mark.django_db
def test_the_note_follows_the_kind_until_somebody_changes_it(browser: Client, ada: Person) -> None:
    offering(ada.organisation, "Ben")
    first = browser.post(SUGGESTIONS, {"sentence": SENTENCE}).context["draft"]
    given = {"sentence": SENTENCE, "given": str(first.opening)}
    peer = browser.post(SUGGESTIONS, given | {"note": str(first.opening), "kind": "peer"}).context["draft"]
    assert "think aloud with" in peer.note["note"].value()
    mine = browser.post(SUGGESTIONS, given | {"note": "My own.", "kind": "peer"}).context["draft"]
    assert mine.note["note"].value() == "My own."


@pytest.mark.django_db
def test_the_note_holds_nothing_of_the_sentence_unless_its_author_says_so(
    browser: Client, ada: Person
) -> None:
    offering(ada.organisation, "Ben")
    draft = browser.post(SUGGESTIONS, {"sentence": SENTENCE}).context["draft"]
    assert "speaking" not in draft.note["note"].value()


@pytest.mark.django_db
def test_ones_own_sentence_goes_into_the_note_and_out_again(browser: Client, ada: Person) -> None:
    offering(ada.organisation, "Ben")
    first = browser.post(SUGGESTIONS, {"sentence": SENTENCE}).context["draft"]
    given = {"sentence": SENTENCE, "given": str(first.opening)}
    answer = browser.post(SUGGESTIONS, given | {"note": str(first.opening), "do": "own"})
    note = answer.context["draft"].note["note"].value()
    assert note == f"Hello, I'm Ada Lovelace, Analyst. {SENTENCE}. {first.opening.rest}"
    assert "Take my own sentence out again" in answer.content.decode()
    peer = browser.post(SUGGESTIONS, given | {"note": note, "kind": "peer"}).context["draft"]
    assert SENTENCE in peer.note["note"].value()
    assert "think aloud with" in peer.note["note"].value()
    out = browser.post(SUGGESTIONS, given | {"note": note, "do": "not_own"}).context["draft"]
    assert out.note["note"].value() == str(first.opening)
    changed = f"{first.opening} See you."
    kept = browser.post(SUGGESTIONS, given | {"note": changed, "do": "own"}).context["draft"]
    assert kept.note["note"].value() == f"{note} See you."
    mine = browser.post(SUGGESTIONS, given | {"note": "Good day.", "do": "own"}).context["draft"]
    assert mine.note["note"].value() == f"{SENTENCE}. Good day."
    taken = browser.post(SUGGESTIONS, given | {"note": f"{SENTENCE}. Good day.", "do": "not_own"}).context[
        "draft"
    ]
    assert taken.note["note"].value() == "Good day."


@pytest.mark.parametrize(
    ("title", "team", "said"),
    [
        ("", "", "Hello, I'm Mina."),
        ("Analyst", "", "Hello, I'm Mina, Analyst."),
        ("", "Finance", "Hello, I'm Mina from Finance."),
        ("Analyst", "Finance", "Hello, I'm Mina, Analyst in Finance."),
        ("Fundraiser", "Fundraising", "Hello, I'm Mina, Fundraiser."),
    ],
)
def test_who_asks_is_said_once(title: str, team: str, said: str) -> None:
    assert notes.greeting("Mina", title=title, team=team) == said
