"""Some things are better told to one person: the steward comes first, and how to get help at once."""

import pytest
from django.test import Client

from bothways.ask.models import Ask, StewardAsk
from bothways.ask.rules.distress import Distress, heard
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.asking import SPEAKING, offering

ASK, SUGGESTIONS = "/harbour/ask/", "/harbour/ask/suggestions/"
LONELY = "I feel lonely here and I think my manager bullies me"
EMERGENCY = "call the emergency number"


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        (LONELY, Distress.GRAVE),
        ("I’m being HARASSED", Distress.GRAVE),
        ("Some days I want to end it all", Distress.GRAVE),
        ("self harm", Distress.GRAVE),
        ("I'm so lonely", Distress.HEAVY),
        ("I can’t cope any more", Distress.HEAVY),
        ("burned out", Distress.HEAVY),
        ("Public speaking makes my hands shake", Distress.NONE),
        ("How do I hit my targets in the end of it all", Distress.NONE),
        ("", Distress.NONE),
    ],
)
def test_what_is_heard(sentence: str, grade: Distress) -> None:
    assert heard(sentence) == grade


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada")


@pytest.fixture
def browser(ada: Person) -> Client:
    return factories.signed_in(ada)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [ASK, SUGGESTIONS])
def test_with_nobody_found_the_steward_comes_first(browser: Client, ada: Person, address: str) -> None:
    factories.member(ada.organisation, "Stella", role=Person.Role.STEWARD)
    page = " ".join(browser.post(address, {"sentence": LONELY}).content.decode().split())
    assert "Some things are better told to one person. Stella reads it, nobody else." in page
    assert EMERGENCY in page
    assert "We found nobody" not in page
    assert page.index("Stella") < page.index("Keep it open")
    assert page.count("button primary") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", [ASK, SUGGESTIONS])
def test_where_nobody_was_found_a_missed_phrase_still_ends_at_a_human(browser: Client, address: str) -> None:
    page = browser.post(address, {"sentence": "beekeeping"}).content.decode()
    assert page.index("We know no topic") < page.index(EMERGENCY)
    assert page.count(EMERGENCY) == 1


@pytest.mark.django_db
def test_the_sentence_comes_along_and_nothing_is_sent_or_kept(browser: Client, ada: Person) -> None:
    factories.member(ada.organisation, "Stella", role=Person.Role.STEWARD)
    answer = browser.post("/harbour/ask/steward/", {"sentence": LONELY, "copy": "yes"})
    assert answer.status_code == 200
    assert f"{LONELY}</textarea>" in answer.content.decode()
    assert not StewardAsk.objects.exists()
    assert not Ask.objects.exists()


@pytest.mark.django_db
def test_with_no_steward_it_says_whom_to_turn_to(browser: Client) -> None:
    page = browser.post(ASK, {"sentence": LONELY}).content.decode()
    assert "turn to somebody you trust" in page
    assert EMERGENCY in page


@pytest.mark.django_db
def test_beside_people_what_is_grave_comes_first_and_what_is_heavy_below(
    browser: Client, ada: Person
) -> None:
    offering(ada.organisation, "Ben")
    factories.member(ada.organisation, "Stella", role=Person.Role.STEWARD)
    heavy = browser.post(ASK, {"sentence": f"My boss shouts at me. {SPEAKING}"}).content.decode()
    assert heavy.index("We may ask Ben") < heavy.index("You need not carry this alone")
    assert "Stella" in heavy
    grave = browser.post(ASK, {"sentence": f"I am bullied. {SPEAKING}"}).content.decode()
    assert grave.index("You need not carry this alone") < grave.index("We may ask Ben")
    for page in (heavy, grave):
        assert page.count(EMERGENCY) == 1
        assert page.count("button primary") == 1
    light = browser.post(ASK, {"sentence": SPEAKING}).content.decode()
    assert "You need not carry this alone" not in light


@pytest.mark.django_db
def test_somebody_in_the_line_alone_is_offered_with_one_press(browser: Client, ada: Person) -> None:
    boss = offering(ada.organisation, "Bea")
    Person.objects.filter(pk=ada.pk).update(manager=boss, line=f"/{boss.pk}/")
    page = browser.post(SUGGESTIONS, {"sentence": SPEAKING}).content.decode()
    assert "We may ask Bea" not in page
    assert "Look in my reporting line too" in page
    found = browser.post(SUGGESTIONS, {"sentence": SPEAKING, "with_line": "on"}).content.decode()
    assert "We may ask Bea" in found
    without = browser.post(SUGGESTIONS, {"sentence": "beekeeping"}).content.decode()
    assert "Look in my reporting line too" not in without
