"""Two people from an invitation to both reflections, and a third who says "not now"; in a real Chromium."""

from collections.abc import Callable

import pytest
from django.apps import apps

from bothways.core import time
from bothways.people.models import Person
from tests.stories import steps, together
from tests.stories.browser import Opens
from tests.stories.steps import Cast
from tests.stories.visitors import (
    Hand,
    Keyboard,
    Looks,
    Pointer,
    Visitor,
    fits_a_thumb,
    nothing_spills_over,
)

pytestmark = [
    pytest.mark.django_db(
        transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
    ),
    pytest.mark.browser,
]


@pytest.fixture
def gathered(opens: Opens, clock: time.Clock) -> Callable[..., Cast]:
    """`gathered(…)`: the cast, each with this hand and window; every page of theirs is looked at."""

    def gather(hand: Hand, *looks: Looks, scripts: bool = True, width: int = 1280) -> Cast:
        def brings(name: str, person: Person | None = None) -> Visitor:
            page = opens(person, scripts=scripts, width=width)
            return Visitor(name, page, hand, scripts, looks)

        return steps.gather(clock, brings)

    return gather


def live(cast: Cast) -> None:
    """The main path, and what each of the three sees on it."""
    steps.invitation(cast)
    steps.first_visit(cast)
    steps.ask(cast)
    after_not_now = steps.not_now(cast)
    steps.cleo_looks_again(cast)
    after_yes = steps.yes(cast)
    assert after_not_now == after_yes
    steps.cleo_afterwards(cast)
    together.a_time_is_picked(cast)
    together.ben_comes_in(cast)
    together.messages(cast)
    together.they_met(cast)
    together.both_reflect(cast)
    together.they_meet_again(cast)
    together.it_becomes_mentoring(cast)
    together.they_agree(cast)
    nobody_learns_of_cleo(cast)
    together.they_find_each_other_again(cast)


def nobody_learns_of_cleo(cast: Cast) -> None:
    """From the press of "Ask quietly" on, no page and no mail of the two names her."""
    for visitor, address in ((cast.ada, steps.ADA), (cast.ben, steps.BEN)):
        assert len(visitor.read) > 10
        assert visitor.read_of("Cleo") == [], visitor.name
        assert "Cleo" not in "".join(steps.letters_to(address))


def test_by_pointer(gathered: Callable[..., Cast]) -> None:
    live(gathered(Pointer()))


def test_by_keyboard_alone(gathered: Callable[..., Cast]) -> None:
    cast = gathered(Keyboard())
    cast.stella.goes("/harbour/")
    steps.skips_to_the_page(cast.stella)
    live(cast)


def test_with_scripts_off(gathered: Callable[..., Cast]) -> None:
    live(gathered(Pointer(), scripts=False))


def test_on_a_phone(gathered: Callable[..., Cast]) -> None:
    live(gathered(Pointer(), nothing_spills_over, fits_a_thumb, width=360))
