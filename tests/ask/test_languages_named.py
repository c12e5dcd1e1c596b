"""A language named in the sentence finds whoever says that they speak it."""

import pytest

from bothways.ask.matchmaking import suggesting
from bothways.ask.sources import Inquiry
from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.people.rules import tongues
from tests import factories
from tests.factories.asking import SPEAKING, offering


@pytest.fixture
def ada(organisation: Organisation) -> Person:
    factories.member(organisation, "Sol", languages=["en", "es-mx"])
    factories.member(organisation, "Kim", languages=["en", "de"])
    factories.member(organisation, "Away", languages=["en", "es"], has_room=False)
    return factories.member(organisation, "Ada")


def found(ada: Person, sentence: str) -> dict[str, str]:
    return {
        each.person.name: each.why for each in suggesting.people_for(Inquiry(person=ada, sentence=sentence))
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestFinding:
    def test_who_speaks_it_is_found_with_the_reason_in_words(self, ada: Person) -> None:
        assert found(ada, "somebody who speaks German") == {"Kim": "Speaks German."}
        assert found(ada, "Spanish") == {"Sol": "Speaks Mexican Spanish."}

    def test_a_topic_comes_before_a_language_and_both_before_either(self, ada: Person) -> None:
        offering(ada.organisation, "Ben")
        offering(ada.organisation, "Cleo", languages=["en", "de"])
        said = found(ada, f"{SPEAKING} with somebody who speaks German")
        assert list(said) == ["Cleo", "Ben", "Kim"]
        assert said["Cleo"].endswith("Speaks German.")

    def test_what_everybody_speaks_here_finds_nobody(self, ada: Person) -> None:
        assert found(ada, "somebody who speaks English") == {}

    def test_a_language_in_common_is_not_said_twice(self, ada: Person) -> None:
        ada.languages = ["en", "de"]
        assert found(ada, "German") == {"Kim": "Speaks German."}


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("I would like to practise my French with somebody", {"fr"}),
        ("our French supplier is always late", set()),
        ("please polish my CV", set()),
        ("somebody who speaks polish", {"pl"}),
        ("Swedish and Danish", {"sv", "da"}),
        ("auf Deutsch", {"de"}),
        ("Finish the report", set()),
    ],
)
def test_it_is_named_as_a_language_and_not_as_where_somebody_is_from(said: str, codes: set[str]) -> None:
    assert tongues.named(said) == codes
