"""Why somebody is suggested, as a sentence beside their name."""

import pytest

from bothways.ask.matchmaking import suggesting
from bothways.ask.sources import Inquiry
from bothways.connections.rules import reasons
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories
from tests.factories.asking import SPEAKING, offering

WEEK = [[day, "09:00", "17:00"] for day in range(5)]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ([], ""),
        ([{"kind": "offers", "topic": "Stress"}], "Talks about Stress."),
        (
            [
                {"kind": "offers_near", "topic": "Delegation", "of": "Too much work"},
                {"kind": "offers_near", "topic": "Stress", "of": "Too much work"},
            ],
            "Talks about Delegation and Stress.",
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
            "Talks about Email, which you would like to get better at.",
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

    assert said() == {"Ben": f"Talks about {SPEAKING}."}
    night = [[6, "01:00", "02:00"]]
    offering(organisation, "Cleo", hours=night)
    assert said() == {
        "Ben": f"Talks about {SPEAKING}. You are usually at work at the same hours.",
        "Cleo": f"Talks about {SPEAKING}.",
    }
    Person.objects.filter(name="Cleo").update(hours=WEEK)
    assert set(said().values()) == {f"Talks about {SPEAKING}."}
