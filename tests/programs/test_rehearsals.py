"""A rehearsal is asked for, worked out whole or not at all, and says why where there is none."""

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from bothways.core import breath, children, tasks, worker
from bothways.core.models import Organisation, RecordedEvent
from bothways.people.models import NotWanted, Person, Topic
from bothways.programs.actions import rehearsals, rounds
from bothways.programs.models import LeftOut, Pairing, Program, Rehearsal, Round
from bothways.programs.rules.problems import Problem
from bothways.programs.tasks import end_what_was_given_up, rehearse
from tests import factories
from tests.factories.programs import WEEK, giver, introduced, rehearsed, seeker, sent, takes_part

State = Rehearsal.State


@pytest.fixture
def four(pairs_of_us: Program, knots: Topic) -> dict[str, Person]:
    """Two who seek, two who give; each fits each."""
    of, people = pairs_of_us, [(seeker, "Ada"), (seeker, "Ben"), (giver, "Gus"), (giver, "Hal")]
    return {name: make(of, name, knots, hours=WEEK, budget_minutes=60) for make, name in people}


@pytest.mark.usefixtures("at_once", "four")
def test_a_rehearsal_introduces_everybody_and_says_why(round_: Round, steward: Person) -> None:
    made = rehearsed(round_, steward)
    assert (made.state, made.progress, made.number) == (State.READY, 100, 1)
    assert len(introduced(made)) == 2
    assert introduced(made, rank=2) == {
        (seeks, gives) for seeks in ("Ada", "Ben") for gives in ("Gus", "Hal")
    } - introduced(made)
    pairing = Pairing.objects.filter(rehearsal=made, rank=1)[0]
    assert pairing.score == sum(part["points"] for part in pairing.parts)
    assert (pairing.hours, pairing.locked) == (40, False)
    assert pairing.reason == {"kind": "offers_wanted", "topic": "Knots"}
    assert pairing.reason_back == {"kind": "wants", "topic": "Knots"}
    assert made.figures["served"] == made.figures["seekers"] == 2
    assert (made.figures["verified"], made.figures["fairest"]) == (True, True)
    told = RecordedEvent.objects.filter(name="programs.RehearsalEnded")
    assert [event.payload for event in told] == [{"rehearsal": made.key}]
    assert list(round_.trail.values_list("what", flat=True)) == ["opened", "rehearsed"]


def test_what_nobody_shows_is_named_to_nobody_else(
    round_: Round, pairs_of_us: Program, knots: Topic, at_once: None
) -> None:
    seeker(pairs_of_us, "Ada", knots, shown=False)
    giver(pairs_of_us, "Gus", knots)
    pairing = Pairing.objects.get(rehearsal=rehearsed(round_), rank=1)
    assert pairing.reason == {"kind": "offers_wanted", "topic": "Knots"}
    assert "Knots" not in f"{pairing.reason_back}{pairing.parts}"
    assert "knots" not in f"{pairing.reason_back}{pairing.parts}"


@pytest.mark.usefixtures("at_once")
def test_there_is_none_where_nobody_seeks_or_gives(
    round_: Round, pairs_of_us: Program, organisation: Organisation
) -> None:
    made = rehearsed(round_)
    assert (made.state, made.problem) == (State.FAILED, Problem.NOBODY_SEEKS)
    seeker(pairs_of_us, "Ada")
    full = giver(pairs_of_us, "Gus", budget_minutes=0)
    made = rehearsed(round_)
    assert (made.number, made.problem) == (2, Problem.NOBODY_GIVES)
    Person.objects.filter(pk=full.pk).update(budget_minutes=60)
    assert rehearsed(round_).state == State.READY


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("trouble", "problem"),
    [
        (children.Refused("TooLarge", "More than …"), Problem.TOO_LARGE),
        (children.Refused("BadMarket", "…"), Problem.STRANGE),
        (children.Died(), Problem.TOO_HEAVY),
    ],
)
def test_a_failure_is_told_plainly(
    round_: Round, monkeypatch: pytest.MonkeyPatch, trouble: Exception, problem: str
) -> None:
    def fails(*values: Any, **kept: Any) -> None:
        raise trouble

    monkeypatch.setattr(children, "run", fails)
    made = rehearsed(round_)
    assert (made.state, made.problem) == (State.FAILED, problem)
    assert str(made.get_problem_display()).endswith((".", "says what."))
    assert not Pairing.objects.exists()


@pytest.mark.usefixtures("at_once", "four")
def test_a_round_whose_proof_does_not_hold_is_none(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    works_out = children.run
    monkeypatch.setattr(
        children, "run", lambda *values, **kept: works_out(*values, **kept) | {"verified": False}
    )
    made = rehearsed(round_)
    assert (made.state, made.problem) == (State.FAILED, Problem.STRANGE)
    assert not Pairing.objects.exists()


@pytest.mark.usefixtures("at_once", "four")
def test_one_at_a_time_and_none_once_it_is_sent(round_: Round, steward: Person) -> None:
    first = rehearse(round_, by=steward)
    assert rehearse(round_, by=steward) == first
    assert DBTaskResult.objects.count() == 1
    rehearsals.run(first)
    assert rehearse(round_, by=steward).number == 2
    sent(first)
    with pytest.raises(rounds.IsSent):
        rehearse(round_, by=steward)


@pytest.mark.usefixtures("at_once", "four")
def test_it_is_safe_to_run_twice(round_: Round) -> None:
    made = rehearsed(round_)
    before = list(Pairing.objects.order_by("pk").values())
    rehearsals.run(made)
    assert list(Pairing.objects.order_by("pk").values()) == before
    assert RecordedEvent.objects.filter(name="programs.RehearsalEnded").count() == 1


@pytest.fixture
def zoe(pairs_of_us: Program, knots: Topic) -> Person:
    """A third who seeks, who has nobody: the others have two places each, but hours of their own."""
    return seeker(pairs_of_us, "Zoe", knots, hours=[[6, "01:00", "03:00"]], budget_minutes=60)


def rows(made: Rehearsal) -> tuple[int, int]:
    return Pairing.objects.filter(rehearsal=made).count(), LeftOut.objects.filter(rehearsal=made).count()


@pytest.mark.usefixtures("at_once", "four", "zoe")
def test_it_is_kept_in_short_slices_and_seen_by_nobody_until_all_is_there(
    round_: Round, steward: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, made = [], rehearse(round_, by=None)
    client, page = factories.signed_in(steward), f"/harbour/rehearsals/{made.key}/"

    def look() -> None:
        one = Pairing.objects.filter(rehearsal=made).first()
        swap = client.get(f"/harbour/pairings/{one.key}/swap/").status_code if one else 404
        shown = client.get(page).content + client.get(f"{page}left-out/").content
        seen.append((rows(made), swap, b"Zoe" in shown))

    monkeypatch.setattr(rehearsals, "A_SLICE", 2)
    monkeypatch.setattr(breath, "breathe", look)
    rehearsals.run(made)
    assert [one[0] for one in seen] == [(2, 0), (4, 0), (4, 1)]
    assert {one[1:] for one in seen} == {(404, False)}
    look()
    assert seen[-1] == ((4, 1), 200, True)


@pytest.mark.usefixtures("at_once", "four", "zoe")
def test_killed_in_the_middle_of_keeping_it_begins_anew(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rehearse(round_, by=None)
    with monkeypatch.context() as patch:
        patch.setattr(LeftOut.objects, "bulk_create", lambda *rows, **kept: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rehearsals.run(made)
    made.refresh_from_db()
    assert (made.state, made.figures, rows(made)) == (State.RUNNING, {}, (4, 0))
    before = set(Pairing.objects.values_list("key", flat=True))
    rehearsals.run(made)
    made.refresh_from_db()
    assert (made.state, rows(made)) == (State.READY, (4, 1))
    assert before.isdisjoint(Pairing.objects.values_list("key", flat=True))


@pytest.mark.usefixtures("at_once", "four", "zoe")
def test_what_an_earlier_go_still_writes_is_none_of_it(round_: Round) -> None:
    """A worker that was thought dead was slow, and another one is done meanwhile."""
    made, kept = rehearse(round_, by=None), list[Any]()
    with pytest.MonkeyPatch.context() as patch:

        def another() -> None:
            patch.undo()
            rehearsals.run(made)
            kept.extend(Pairing.objects.order_by("pk").values())

        patch.setattr(rehearsals, "A_SLICE", 2)
        patch.setattr(breath, "breathe", another)
        rehearsals.run(made)
    made.refresh_from_db()
    assert (made.state, made.begun, rows(made)) == (State.READY, 2, (4, 1))
    assert list(Pairing.objects.order_by("pk").values()) == kept
    assert RecordedEvent.objects.filter(name="programs.RehearsalEnded").count() == 1


@pytest.mark.usefixtures("at_once", "four", "zoe")
def test_what_was_given_up_meanwhile_leaves_nothing(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rehearse(round_, by=None)
    monkeypatch.setattr(rehearsals, "A_SLICE", 2)

    def give_up() -> None:
        monkeypatch.setattr(breath, "breathe", lambda: None)
        DBTaskResult.objects.update(status="FAILED")
        assert rows(made) == (2, 0)
        end_what_was_given_up()

    monkeypatch.setattr(breath, "breathe", give_up)
    rehearsals.run(made)
    made.refresh_from_db()
    assert (made.state, made.problem, rows(made)) == (State.FAILED, Problem.TOO_HEAVY, (0, 0))


@pytest.mark.usefixtures("four")
def test_a_worker_that_stops_ends_the_work_at_once_and_it_begins_anew(round_: Round) -> None:
    rehearse(round_, by=None)
    mine = tasks.new_worker_id()
    breath.stop()
    try:
        tasks.run_one(mine)
    finally:
        breath.start()
    tasks.leave(mine)
    assert Rehearsal.objects.get().state == State.RUNNING
    assert not Pairing.objects.exists()
    worker.drain()
    assert Rehearsal.objects.get().state == State.READY
    assert len(introduced(Rehearsal.objects.get())) == 2


@pytest.mark.usefixtures("four")
def test_what_the_worker_has_given_up_says_so(round_: Round) -> None:
    made = rehearse(round_, by=None)
    end_what_was_given_up()
    made.refresh_from_db()
    assert made.state == State.WAITING
    DBTaskResult.objects.update(status="FAILED")
    end_what_was_given_up()
    made.refresh_from_db()
    assert (made.state, made.problem) == (State.FAILED, Problem.TOO_HEAVY)
    assert rehearse(round_, by=None).number == 2


def test_progress_is_told_now_and_then_and_never_backwards(round_: Round, four: object) -> None:
    made = rehearse(round_, by=None)
    progress = rehearsals._Progress(made)
    for done in (0.2, 0.1, 1.0):
        progress.at = -1000
        progress.note(done)
        made.refresh_from_db()
        assert made.progress == {0.2: 20, 0.1: 20, 1.0: 99}[done]
    rehearsals.fail(made, Problem.TOO_HEAVY)
    progress.at, progress.told = -1000, 0
    with pytest.raises(rehearsals.TakenOver):
        progress.note(0.5)


@pytest.mark.usefixtures("at_once")
def test_a_lock_holds_and_a_lock_of_two_who_would_rather_not_looks_the_same(
    round_: Round, four: dict[str, Person], steward: Person, clock: object
) -> None:
    kept = {}
    for unwanted in (False, True):
        NotWanted.objects.all().delete()
        if unwanted:
            long_ago = {"since": "2026-01-01T00:00:00Z"}
            NotWanted.objects.create(person=four["Hal"], other=four["Ada"], **long_ago)
        rounds.lock(round_, four["Ada"], four["Hal"], by=steward)
        made = rehearsed(round_)
        rows = made.pairings.order_by("rank", "seeker__name")
        kept[unwanted] = [
            (each.rank, each.seeker_id, each.giver_id, each.score, each.locked, each.parts, each.reason)
            for each in rows.filter(rank=1)
        ]
        assert ("Ada", "Hal") in introduced(made)
    assert kept[True] == kept[False]


@pytest.mark.usefixtures("at_once")
def test_forbidden_two_are_not_introduced_and_a_rather_not_counts_from_the_night_on(
    round_: Round, four: dict[str, Person], steward: Person
) -> None:
    rounds.forbid(round_, four["Ada"], four["Gus"], by=steward)
    rounds.forbid(round_, four["Ben"], four["Hal"], by=steward)
    assert introduced(rehearsed(round_)) == {("Ada", "Hal"), ("Ben", "Gus")}
    rounds.free(round_, four["Ada"], four["Gus"], by=steward)
    rounds.free(round_, four["Ben"], four["Hal"], by=steward)
    NotWanted.objects.create(person=four["Gus"], other=four["Ben"])
    before = introduced(rehearsed(round_))
    NotWanted.objects.update(since="2026-01-01T00:00:00Z")
    assert introduced(rehearsed(round_)) == {("Ada", "Gus"), ("Ben", "Hal")}
    assert before in ({("Ada", "Gus"), ("Ben", "Hal")}, {("Ada", "Hal"), ("Ben", "Gus")})


@pytest.mark.usefixtures("at_once")
def test_two_who_both_seek_and_give_are_introduced_once(
    round_: Round, pairs_of_us: Program, organisation: Organisation
) -> None:
    for person in [factories.member(organisation) for _ in range(5)]:
        takes_part(person, pairs_of_us, seeks=True, gives=True)
    made = rehearsed(round_)
    met = [frozenset(pair) for pair in made.pairings.values_list("seeker", "giver")]
    assert len(met) == len(set(met))
    assert made.figures["served"] == 5
    assert made.figures["verified"]
