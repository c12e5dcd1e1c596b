"""Why somebody is suggested, as a sentence beside their name."""

import pytest
from django.utils import translation

from bothways.ask.matchmaking import suggesting
from bothways.ask.sources import Inquiry
from bothways.connections.rules import reasons
from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.people.rules import topic_names
from tests import factories
from tests.factories.asking import SPEAKING, offering

WEEK = [[day, "09:00", "17:00"] for day in range(5)]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ([], ""),
        ([{"kind": "offers", "topic": "Stress"}], "Talks about stress."),
        (
            [
                {"kind": "offers_near", "topic": "Delegation", "of": "Too much work"},
                {"kind": "offers_near", "topic": "Stress", "of": "Too much work"},
            ],
            "Talks about delegation and stress.",
        ),
        (
            [
                {"kind": "offers", "topic": "A"},
                {"kind": "words", "words": "cranes, ships"},
                {"kind": "offers", "topic": "B"},
                {"kind": "offers_near", "topic": "C", "of": "A"},
                {"kind": "offers", "topic": "D"},
                {"kind": "hours"},
            ],
            "Talks about A, B and C. Writes about “cranes, ships”.",
        ),
        (
            [{"kind": "offers_wanted", "topic": "Email"}, {"kind": "brings"}],
            "Talks about email, which you would like to get better at.",
        ),
        ([{"kind": "unheard"}], ""),
    ],
)
def test_reasons_are_one_sentence(kept: list[dict[str, str]], said: str) -> None:
    assert reasons.beside_a_name(kept) == said


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_hours_in_common_are_said_only_where_they_tell_people_apart(organisation: Organisation) -> None:
    ada = factories.member(organisation, "Ada", hours=WEEK)
    offering(organisation, "Ben", hours=WEEK)
    inquiry = Inquiry(person=ada, sentence="Public speaking")

    def said() -> dict[str, str]:
        return {each.person.name: each.why for each in suggesting.people_for(inquiry)}

    assert said() == {"Ben": f"Talks about {SPEAKING.lower()}."}
    night = [[6, "01:00", "02:00"]]
    offering(organisation, "Cleo", hours=night)
    assert said() == {
        "Ben": f"Talks about {SPEAKING.lower()}. You are usually at work at the same hours.",
        "Cleo": f"Talks about {SPEAKING.lower()}.",
    }
    Person.objects.filter(name="Cleo").update(hours=WEEK)
    assert set(said().values()) == {f"Talks about {SPEAKING.lower()}."}


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Public speaking", "public speaking"),
        ("A difficult boss", "a difficult boss"),
        ("End-of-life care", "end-of-life care"),
        ("Writer's block", "writer's block"),
        ("Émotions fortes", "émotions fortes"),
        ("Python", "Python"),
        ("Linux and the command line", "Linux and the command line"),
        ("CV and application letter", "CV and application letter"),
        ("DevOps and platforms", "DevOps and platforms"),
        ("A/B tests", "A/B tests"),
        ("C++", "C++"),
        ("German for beginners", "German for beginners"),
        ("3D printing", "3D printing"),
        ("演讲", "演讲"),
        ("", ""),
    ],
)
def test_a_topic_is_small_within_a_sentence_but_for_proper_names(name: str, within: str) -> None:
    assert topic_names.within(name) == within
    with translation.override("de"):
        assert topic_names.within(name) == name


def test_beside_a_name_the_name_is_said_again_only_where_it_must() -> None:
    wanted = {"kind": "offers_wanted", "topic": "Writing a business plan"}
    said = "Talks about writing a business plan, which you would like to get better at."
    assert reasons.beside(wanted, "Sunita") == said
    assert reasons.beside({"kind": "asked"}, "Sunita") == "Sunita would like a word with you."
    assert reasons.beside({}, "Sunita") == ""
