"""A night's run, for tests: in this process, which is the quicker, and for organisations of any size."""

import pytest

from bothways.ask.actions import showings
from bothways.ask.rules import nights
from bothways.core import children
from bothways.core.models import Organisation
from bothways.matching import Draft, ToldLists, show


def at_once(patch: pytest.MonkeyPatch) -> None:
    def run(function: str, draft: Draft, **_more: object) -> ToldLists:
        assert function == "bothways.matching:show"
        return show(draft)

    patch.setattr(children, "run", run)
    patch.setattr(nights, "FEWEST_GIVERS", 1)


def a_night(organisation: Organisation) -> None:
    showings.make(organisation)
