"""The theorem again, where a night's run goes over all who are in it: no list tells of a "not now"."""

import pytest
from hypothesis import given, seed, settings

from bothways.ask.actions import showings
from bothways.ask.models import Showing
from bothways.core.models import Organisation
from bothways.people.models import Offer, Person, Want
from tests import factories
from tests.factories.nights import at_once
from tests.rails.quiet import world
from tests.rails.quiet.history import History, histories
from tests.rails.quiet.test_theorem import CAREFUL, HISTORIES, differing_pages, differing_rows
from tests.rails.quiet.world import play_both

pytestmark = pytest.mark.django_db
FEWEST = 4  # histories; some come to nothing


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Everybody offers and wants the same, so that only the rules decide; how many lists each night made."""
    at_once(monkeypatch)
    setting, make, made = world.setting, showings.make, list[int]()

    def with_a_topic() -> list[Person]:
        people = setting()
        topic = factories.topic(people[0].organisation, "Knots")
        Offer.objects.bulk_create(Offer(person=person, topic=topic) for person in people)
        Want.objects.bulk_create(Want(person=person, topic=topic) for person in people)
        return people

    def counted(organisation: Organisation) -> None:
        make(organisation)
        made.append(Showing.objects.exclude(shown=[]).count())

    monkeypatch.setattr(world, "setting", with_a_topic)
    monkeypatch.setattr(showings, "make", counted)
    return made


def test_a_nights_run_tells_nobody_of_a_no(lists: list[int]) -> None:
    compared = []

    @seed(11)
    @settings(CAREFUL, max_examples=max(FEWEST, HISTORIES // 25))
    @given(history=histories(with_a_round=True))
    def nobody_learns(history: History) -> None:
        both = play_both(history)
        if both is not None:
            compared.append(history)
            assert differing_pages(both) == []
            assert differing_rows(both) == []

    nobody_learns()
    assert len(compared) > 1
    assert sum(lists) > len(lists) > 0
