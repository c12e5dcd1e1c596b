"""Why not these two, of a round too large to be worked out once more while somebody waits."""

from datetime import timedelta
from typing import Any

import pytest

from bothways.core import children, time
from bothways.people.models import NotWanted, Person, Topic
from bothways.programs.actions import rounds
from bothways.programs.matchmaking import why_not
from bothways.programs.models import Program, Round
from bothways.programs.rules import lots
from tests.factories.connections import connected
from tests.factories.programs import giver, rehearsed, seeker
from tests.programs.test_why_not import shows_none

pytestmark = pytest.mark.usefixtures("at_once", "nothing_drawn")


def test_of_a_large_round_it_is_told_what_keeps_two_apart_and_not_what_they_would_cost(
    round_: Round,
    pairs_of_us: Program,
    knots: Topic,
    steward: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For which nobody but the two is read; the rest is told, and not told, as of a small one."""
    monkeypatch.setattr(why_not, "MOST_PEOPLE", 1)
    ada, ben = seeker(pairs_of_us, "Ada", knots), seeker(pairs_of_us, "Ben", languages=["pt"])
    gus, hal = giver(pairs_of_us, "Gus", knots), giver(pairs_of_us, "Hal", knots)
    ida, jim = giver(pairs_of_us, "Ida", knots), giver(pairs_of_us, "Jim", knots)
    NotWanted.objects.create(person=gus, other=ada, since=time.now() - timedelta(days=9))
    connected(ada, hal, since=time.now() - timedelta(days=9))
    rounds.lock(round_, ada, ida, by=steward)
    work, drafts = children.run, list[Any]()

    def noted(function: str, *values: Any, **kept: Any) -> Any:
        drafts.append(values[0])
        return work(function, *values)

    made = rehearsed(round_)
    monkeypatch.setattr(children, "run", noted)
    assert why_not.answer(made, ada, ida).words == ("Ada and Ida are introduced in this rehearsal.",)
    assert why_not.answer(made, ada, jim).words == (
        "They may be introduced.",
        "What that would cost others is not worked out here. Lock the two, rehearse again, and see.",
    )
    assert why_not.answer(made, ben, gus).words == (
        "The rules of this round keep them apart: they have no language in common.",
        shows_none("Ben", "Gus"),
    )
    unwanted, acquainted = why_not.answer(made, ada, gus), why_not.answer(made, ada, hal)
    assert unwanted == acquainted
    assert unwanted.declined
    assert {(len(draft.seekers), len(draft.givers)) for draft in drafts} == {(1, 1)}
    monkeypatch.setattr(lots, "declined", lambda *parts: True)
    assert why_not.answer(made, ada, jim) == unwanted
