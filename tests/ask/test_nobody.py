"""Nobody found is no dead end: what the page says follows from what was understood, never from any person."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.asking import SPEAKING, offering, subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ASK, SUGGESTIONS = "/harbour/ask/", "/harbour/ask/suggestions/"
EMERGENCY = "call the emergency number"
AWAY = {"away_from": date(2026, 3, 1), "away_until": date(2026, 3, 9)}
JUST_NOW = "Nobody can be asked about this just now"


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    factories.member(organisation, "Stella", role=Person.Role.STEWARD)
    return factories.member(organisation, "Ada")


@pytest.fixture
def browser(ada: Person) -> Client:
    return factories.signed_in(ada)


def told(browser: Client, sentence: str, address: str = SUGGESTIONS, **more: str) -> str:
    page = browser.post(address, {"sentence": sentence, **more}).content.decode()
    return " ".join(page.split())


@pytest.mark.parametrize(
    "sentence", ["help", "I don't know where to begin", "I don't know what I want", "???"]
)
def test_whoever_does_not_know_yet_is_led_to_where_one_begins(browser: Client, sentence: str) -> None:
    page = told(browser, sentence)
    assert "It is fine not to know yet" in page
    assert 'class="button primary" href="/harbour/ask/begin/"' in page
    assert page.count("button primary") == 1
    assert "Ask the steward quietly" in page
    assert "Keep it open" not in page
    assert EMERGENCY not in page


@pytest.mark.parametrize("sentence", ["beekeeping", "asdf"])
def test_what_names_nothing_known_leads_there_too_and_may_be_kept_open(
    browser: Client, sentence: str
) -> None:
    page = told(browser, sentence)
    assert "We know no topic in these words" in page
    assert 'class="button primary" href="/harbour/ask/begin/"' in page
    assert page.count("button primary") == 1
    assert "Keep it open and tell me" in page


def test_words_that_name_no_topic_lead_to_other_words_and_topics_before_the_emergency_number(
    browser: Client, ada: Person
) -> None:
    ben = offering(ada.organisation, "Ben")
    page = told(browser, "asdf")
    said = [
        page.index(part)
        for part in (
            "We know no topic in these words",
            "such as “giving feedback”",
            f'name="topics" value="{ben.offers.get().topic.key}"',
            EMERGENCY,
        )
    ]
    assert said == sorted(said)
    assert page.count(EMERGENCY) == 1


def test_where_distress_is_heard_the_human_comes_before_any_question(browser: Client) -> None:
    page = told(browser, "I feel lonely")
    assert EMERGENCY in page
    assert "Where do I begin?" not in page
    assert page.count("button primary") == 1


@pytest.mark.parametrize("offerers", [0, 1, 4])
@pytest.mark.parametrize("why", [{"has_room": False}, AWAY], ids=["full", "away"])
def test_of_a_known_topic_the_same_is_said_however_many_offer_it(
    browser: Client, ada: Person, offerers: int, why: dict[str, Any]
) -> None:
    subject(ada.organisation, SPEAKING)
    near = subject(ada.organisation, "Voice", broader=subject(ada.organisation, "Presenting"))
    offering(ada.organisation, "Nora", near.name, about="I like speaking of boats")
    for number in range(offerers):
        offering(ada.organisation, f"Full {number}", **why)
    page = told(browser, SPEAKING)
    assert JUST_NOW in page
    assert f"We know the topic “{SPEAKING}”. Keep it open, and we look again." in page
    assert "Nora" not in page
    assert "Full" not in page
    assert 'kind="primary"' not in page
    assert page.count("button primary") == 1
    assert EMERGENCY not in page


def test_the_words_do_not_depend_on_who_is_full(browser: Client, ada: Person) -> None:
    subject(ada.organisation, SPEAKING)
    before = told(browser, SPEAKING)
    offering(ada.organisation, "Ben", has_room=False)
    assert told(browser, SPEAKING) == before


def test_with_everybody_struck_nothing_is_said_of_just_now(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben")
    page = told(browser, SPEAKING, strike=ben.key)
    assert JUST_NOW not in page
    assert "We found nobody" in page


def test_another_language_is_named_and_topics_lead_on(browser: Client, ada: Person) -> None:
    ben = offering(ada.organisation, "Ben", languages=["en", "fr"])
    sentence = "Comment préparer un entretien d'embauche ?"
    page = told(browser, sentence)
    assert "This looks like French." in page
    assert "We found nobody" not in page
    assert EMERGENCY in page
    assert f'name="topics" value="{ben.offers.get().topic.key}"' in page
    found = told(browser, sentence, ASK, topics=ben.offers.get().topic.key)
    assert f"We may ask {ben.name}" in found
    assert "This looks like" not in found


def test_its_parts_stand_apart_as_those_of_a_section_do(browser: Client) -> None:
    page = told(browser, "beekeeping")
    part = page[page.index('id="nobody"') :]
    assert '<section class="section" id="nobody"' in page
    assert (
        part.index('class="actions"')
        < part.index("who-sees")
        < part.index(EMERGENCY)
        < part.index("</section>")
    )
