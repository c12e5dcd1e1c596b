"""Why not these two: who has no minutes reads like who is kept apart in private, whatever is answered."""

from datetime import timedelta
from typing import Any

import pytest

from bothways.core import children, time
from bothways.people.models import NotWanted, Person, Topic
from bothways.programs.actions import rounds
from bothways.programs.matchmaking import why_not
from bothways.programs.models import Program, Round
from tests.factories.programs import giver, rehearsed, seeker

pytestmark = pytest.mark.usefixtures("at_once", "nothing_drawn")


@pytest.mark.parametrize("large", [False, True])
def test_who_has_no_minutes_reads_like_who_is_kept_apart_in_private(
    round_: Round,
    pairs_of_us: Program,
    knots: Topic,
    steward: Person,
    monkeypatch: pytest.MonkeyPatch,
    *,
    large: bool,
) -> None:
    ada, gus = seeker(pairs_of_us, "Ada", knots, budget_minutes=0), giver(pairs_of_us, "Gus", knots)
    ben = seeker(pairs_of_us, "Ben", knots)
    NotWanted.objects.create(person=gus, other=ben, since=time.now() - timedelta(days=9))
    made, solved = rehearsed(round_), list[str]()
    work = children.run

    def noted(function: str, *values: Any, **kept: Any) -> Any:
        solved.append(values[1])
        return work(function, *values, **kept)

    monkeypatch.setattr(children, "run", noted)
    monkeypatch.setattr(why_not, "MOST_PEOPLE", 1 if large else 99)
    assert why_not.answer(made, ada, gus) == why_not.answer(made, ben, gus)
    assert solved == [ada.key, ben.key], "after the same work"
    monkeypatch.setattr(children, "run", work)
    for one in (ada, ben):
        rounds.forbid(round_, one, gus, by=steward)
    made = rehearsed(round_)
    for one in (ada, ben):  # a rule of everybody's comes before what is private
        assert why_not.answer(made, one, gus).words == ("They are kept apart by hand in this round.",)

    def refused(*values: Any, **kept: Any) -> Any:
        raise children.TookTooLong

    monkeypatch.setattr(children, "run", refused)
    assert why_not.answer(made, ada, gus) == why_not.answer(made, ben, gus)
    assert not why_not.answer(made, ada, gus).declined
