"""Why not these two: as far as a steward may know, as things stand now, and nothing that is private."""

from datetime import timedelta
from typing import Any

import pytest

from bothways.core import children, time
from bothways.people.models import NotWanted, Person, Topic, Want
from bothways.programs.actions import rounds
from bothways.programs.matchmaking import why_not
from bothways.programs.models import Program, Round
from bothways.programs.rules import lots
from tests import factories
from tests.factories.connections import connected
from tests.factories.programs import giver, introduced, rehearsed, seeker, takes_part

pytestmark = pytest.mark.usefixtures("at_once", "nothing_drawn")


def shows_none(seeker: str, giver: str) -> str:
    return (
        f"{giver} offers nothing that {seeker} shows they look for. What somebody keeps to themselves "
        "counts as well, and is never told: so no more is said of these two."
    )


def test_why_not(
    round_: Round, pairs_of_us: Program, knots: Topic, steward: Person, clock: time.Clock
) -> None:
    nets = factories.topic(pairs_of_us.organisation, "Nets")
    ada, ben = seeker(pairs_of_us, "Ada", knots, nets), seeker(pairs_of_us, "Ben", knots)
    gus, hal = giver(pairs_of_us, "Gus", knots, nets, budget_minutes=60), giver(pairs_of_us, "Hal", knots)
    ida = giver(pairs_of_us, "Ida", factories.topic(pairs_of_us.organisation, "Sails"))
    made = rehearsed(round_)
    assert introduced(made) == {("Ada", "Gus"), ("Ben", "Hal")}
    assert why_not.answer(made, ada, gus).words == ("Ada and Gus are introduced in this rehearsal.",)
    assert why_not.answer(made, ben, gus).words == (
        "They may be introduced.",
        "By what people show, the round as a whole would fit less well: others need Gus more.",
    )
    assert why_not.answer(made, ada, ida).words == (shows_none("Ada", "Ida"),)
    assert why_not.answer(made, gus, ada).words == (
        "One of the two is not in this round any more, on that side.",
    )
    rounds.forbid(round_, ben, gus, by=steward)
    assert why_not.answer(made, ben, gus).words == (
        "Something was settled by hand since. Rehearse again, then ask again.",
    )
    older, made = made, rehearsed(round_)
    assert why_not.answer(made, ben, gus).words == ("They are kept apart by hand in this round.",)
    assert why_not.answer(older, ben, gus).newer == made
    clock.advance(timedelta(minutes=1))
    seeker(pairs_of_us, "Late", knots)
    assert why_not.answer(made, ben, hal).words == (
        "People or terms have changed since. Rehearse again, then ask again.",
    )


def test_why_not_declines_alike_for_private_reasons_and_a_tenth(
    round_: Round,
    pairs_of_us: Program,
    knots: Topic,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ada = seeker(pairs_of_us, "Ada", knots)
    gus, hal, _ida = (giver(pairs_of_us, name, knots) for name in ("Gus", "Hal", "Ida"))
    NotWanted.objects.create(person=gus, other=ada, since=time.now() - timedelta(days=9))
    connected(ada, hal, since=time.now() - timedelta(days=9))
    made = rehearsed(round_)
    unwanted, acquainted = why_not.answer(made, ada, gus), why_not.answer(made, ada, hal)
    assert unwanted == acquainted
    assert unwanted.declined
    NotWanted.objects.all().delete()
    made = rehearsed(round_)
    free = gus if ("Ada", "Ida") in introduced(made) else _ida
    assert not why_not.answer(made, ada, free).declined
    monkeypatch.setattr(lots, "declined", lambda *parts: True)
    assert why_not.answer(made, ada, free) == unwanted


@pytest.mark.parametrize("large", [False, True])
def test_what_somebody_looks_for_in_secret_is_read_off_no_answers(
    round_: Round,
    pairs_of_us: Program,
    knots: Topic,
    steward: Person,
    monkeypatch: pytest.MonkeyPatch,
    *,
    large: bool,
) -> None:
    """Else what those have in common of whom it is said that they may be introduced is what is hidden."""
    nets, sails = (factories.topic(pairs_of_us.organisation, name) for name in ("Nets", "Sails"))
    ada = seeker(pairs_of_us, "Ada", sails)
    gus, hal = giver(pairs_of_us, "Gus", knots), giver(pairs_of_us, "Hal", nets)
    ida, jim = giver(pairs_of_us, "Ida", sails, knots), giver(pairs_of_us, "Jim", sails)
    kim = giver(pairs_of_us, "Kim", sails, knots)
    rounds.lock(round_, ada, ida, by=steward)
    made = rehearsed(round_)
    monkeypatch.setattr(why_not, "MOST_PEOPLE", 1 if large else 99)
    before = [why_not.answer(made, ada, other).words for other in (gus, hal, jim, kim)]
    Want.objects.create(person=ada, topic=knots, shown=False)
    assert [why_not.answer(made, ada, other).words for other in (gus, hal, jim, kim)] == before
    assert before[:2] == [(shows_none("Ada", "Gus"),), (shows_none("Ada", "Hal"),)]
    assert before[2] == before[3]
    assert before[2][0] == "They may be introduced."


@pytest.mark.parametrize("large", [False, True])
def test_two_who_meet_the_other_way_round_in_the_rehearsal(
    round_: Round, pairs_of_us: Program, monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    """Whatever comes out by what they show, and of a large round, where no other way is worked out."""
    ada, ben = (factories.member(pairs_of_us.organisation, name) for name in ("Ada", "Ben"))
    for person in (ada, ben):
        takes_part(person, pairs_of_us, seeks=True, gives=True)
    made = rehearsed(round_)
    ((seeks, gives),) = introduced(made)
    one, other = (ada, ben) if seeks == "Ada" else (ben, ada)
    assert gives == other.first_name
    monkeypatch.setattr(why_not, "MOST_PEOPLE", 1 if large else 99)
    assert why_not.answer(made, other, one).words == (
        "The rules of this round keep them apart: "
        "two people meet one way round at most, and this is the other one.",
    )
    made.pairings.all().delete()
    assert why_not.answer(made, other, one).words == (
        "They may be introduced.",
        "What that would cost others is not worked out here. Lock the two, rehearse again, and see.",
    )


def test_whether_something_private_has_changed_is_not_told(
    round_: Round, pairs_of_us: Program, knots: Topic, clock: time.Clock
) -> None:
    """Else who asks again and again about two others learns when somebody put somebody on their list."""
    ada, ben = seeker(pairs_of_us, "Ada", knots), seeker(pairs_of_us, "Ben", languages=["pt"])
    gus = giver(pairs_of_us, "Gus", knots)
    hal = giver(pairs_of_us, "Hal", knots)
    made = rehearsed(round_)
    (chosen,) = (pair.giver for pair in made.pairings.filter(rank=1))
    before = why_not.answer(made, ben, gus)
    NotWanted.objects.create(person=chosen, other=ada, since=time.now() - timedelta(days=9))
    Want.objects.create(person=ada, topic=factories.topic(pairs_of_us.organisation, "Nets"), shown=False)
    assert before == why_not.answer(made, ben, gus)
    assert why_not.answer(made, ada, chosen).words == (
        f"Ada and {chosen.name} are introduced in this rehearsal.",
    )
    assert why_not.answer(made, ada, hal if chosen == gus else gus).words[0] == "They may be introduced."


def test_one_at_a_time_is_told_why_not(
    round_: Round, pairs_of_us: Program, knots: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = seeker(pairs_of_us, "Ada", knots), seeker(pairs_of_us, "Ben", languages=["pt"])
    gus = giver(pairs_of_us, "Gus", knots)
    made = rehearsed(round_)
    said: list[tuple[str, ...]] = []
    work = children.run

    def meanwhile(*values: Any, **kept: Any) -> Any:
        said.append(why_not.answer(made, ben, gus).words)
        return work(*values)

    with monkeypatch.context() as patch:
        patch.setattr(children, "run", meanwhile)
        why_not.answer(made, ben, gus)
    assert said == [("Somebody else is asking just now; try again in a moment.",)]
    assert why_not.answer(made, ben, gus).words != said[0]
    assert why_not.answer(made, ada, gus).words


def test_the_tenth_is_the_same_in_every_round_and_either_way(
    round_: Round, pairs_of_us: Program, knots: Topic, steward: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else who asks in the next round too, or the other way round, reads what the first lot hid."""
    asked: list[tuple[str, ...]] = []

    def noted(*people: str) -> bool:
        asked.append(people)
        return False

    monkeypatch.setattr(lots, "declined", noted)
    ada, ben = seeker(pairs_of_us, "Ada", knots), seeker(pairs_of_us, "Ben", languages=["pt"])
    gus, _hal = giver(pairs_of_us, "Gus", knots), giver(pairs_of_us, "Hal", knots)
    first = rehearsed(round_)
    (apart,) = {gus, _hal} - {pair.giver for pair in first.pairings.filter(rank=1)}
    why_not.answer(first, ada, apart)
    Round.objects.filter(pk=round_.pk).update(sent_at=time.now())
    again = rehearsed(rounds.open(pairs_of_us, by=steward))
    assert asked == [(ben.key,), (ada.key, apart.key), (ben.key,)]
    assert why_not.answer(again, ada, apart).words


@pytest.mark.parametrize(
    "trouble",
    [children.TookTooLong(), children.Died(), children.Refused("BadMarket", "…"), OSError("no memory")],
)
def test_why_not_says_where_it_cannot_say(
    round_: Round, pairs_of_us: Program, knots: Topic, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    ada, gus = seeker(pairs_of_us, "Ada", languages=["pt"]), giver(pairs_of_us, "Gus", knots)
    seeker(pairs_of_us, "Ben", knots)
    made = rehearsed(round_)

    def fails(*values: Any, **kept: Any) -> None:
        raise trouble

    monkeypatch.setattr(children, "run", fails)
    found = why_not.answer(made, ada, gus)
    assert not found.declined
    assert len(found.words) == 1
