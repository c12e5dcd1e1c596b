"""Rehearsals: asked for, worked out beside the worker's other work, and kept whole or not at all."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db.models import QuerySet

from bothways.core import breath, children, time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.matching import ToldPair, ToldRound, ToldUnserved
from bothways.people.models import Person
from bothways.programs.actions import rounds
from bothways.programs.events import RehearsalEnded
from bothways.programs.matchmaking import market
from bothways.programs.matchmaking.market import Market
from bothways.programs.models import Entry, LeftOut, Pairing, Rehearsal, Round
from bothways.programs.queries import changes
from bothways.programs.rules import figures, left_out_words, lots, pair_reasons
from bothways.programs.rules.problems import Problem

log = logging.getLogger("bothways.programs")

AT_WORK = (Rehearsal.State.WAITING, Rehearsal.State.RUNNING)
PROGRESS_EVERY = 0.5  # seconds
_A_BATCH = 500
_REFUSALS = {"TooLarge": Problem.TOO_LARGE, "OutOfRange": Problem.TOO_LARGE}


@verb
def begin(round_: Round, *, by: Person | None) -> tuple[Rehearsal, bool]:
    """A rehearsal of the round as it is settled now; the one that is under way, where there is one.

    Says too whether it is a new one: then whoever calls this sees to it that `run` runs
    (`programs.tasks.rehearse` does both). Raises `IsSent`.
    """
    locked = rounds.unsent(round_)
    under_way = locked.rehearsals.filter(state__in=AT_WORK).order_by("-number").first()
    if under_way:
        return under_way, False
    number = rounds.next_number(locked)
    made = Rehearsal.objects.create(
        round=locked, number=number, asked_by=by, asked_at=time.now(), **changes.settled(locked)
    )
    rounds.note(locked, Entry.What.REHEARSED, by=by, about={"number": number})
    return made, True


def run(rehearsal: Rehearsal) -> None:
    """Work it out. Safe to run twice; where it is killed, nothing is half-made and it begins anew."""
    if not _under_way(rehearsal).update(state=Rehearsal.State.RUNNING, progress=0):
        return
    current = Rehearsal.objects.select_related("round__program__organisation").get(pk=rehearsal.pk)
    read = market.of(current)
    problem = _lacking(read)
    if problem:
        fail(current, problem)
        return
    try:
        found: ToldRound = children.run(
            "bothways.matching:rehearse", read.draft, told=_Progress(current).note, between=breath.breathe
        )
    except children.Refused as refused:
        log.warning("Rehearsal %s cannot be worked out: %s", current.key, refused)
        fail(current, _REFUSALS.get(refused.args[0], Problem.STRANGE))
    except children.Died:
        log.warning("What worked out rehearsal %s ended without a word.", current.key)
        fail(current, Problem.TOO_HEAVY)
    else:
        if found["verified"]:
            _keep(current, read, found)
        else:
            log.error("The certificate of rehearsal %s does not hold.", current.key)
            fail(current, Problem.STRANGE)


@verb
def fail(rehearsal: Rehearsal, problem: Problem) -> None:
    """There is none, and why. Harmless where it has come to an end already."""
    ended = {"state": Rehearsal.State.FAILED, "problem": problem, "ready_at": time.now()}
    if _under_way(rehearsal).update(**ended):
        record(RehearsalEnded(rehearsal=rehearsal.key))


@verb
def _keep(rehearsal: Rehearsal, read: Market, found: ToldRound) -> None:
    """All of it or nothing."""
    kept = _under_way(rehearsal).update(
        state=Rehearsal.State.READY,
        progress=100,
        ready_at=time.now(),
        figures=_figures(rehearsal, read, found),
        certificate=found["certificate"],
    )
    if not kept:
        return
    Pairing.objects.bulk_create(_pairings(rehearsal, read, found["pairs"]), batch_size=_A_BATCH)
    LeftOut.objects.bulk_create(_left_out(rehearsal, read, found["unserved"]), batch_size=_A_BATCH)
    record(RehearsalEnded(rehearsal=rehearsal.key))


def _under_way(rehearsal: Rehearsal) -> QuerySet[Rehearsal]:
    return Rehearsal.objects.filter(pk=rehearsal.pk, state__in=AT_WORK)


@dataclass
class _Progress:
    """How far it is, told now and then, and never backwards."""

    rehearsal: Rehearsal
    told: int = 0
    at: float = 0.0

    def note(self, done: float) -> None:
        percent = min(99, int(100 * done))
        if percent > self.told and monotonic() - self.at >= PROGRESS_EVERY:
            self.told, self.at = percent, monotonic()
            _under_way(self.rehearsal).update(progress=percent)


def _lacking(read: Market) -> Problem | None:
    if not read.draft.seekers:
        return Problem.NOBODY_SEEKS
    return None if any(one.places for one in read.draft.givers) else Problem.NOBODY_GIVES


def _figures(rehearsal: Rehearsal, read: Market, found: ToldRound) -> Mapping[str, object]:
    today = time.today(rehearsal.round.program.organisation.time_zone)
    seekers = {one.key for one in read.draft.seekers} | read.without_room
    stands = {
        key: figures.Place(one.team, one.place, figures.tenure(one.started_on, today))
        for key, one in read.people.items()
        if key in seekers
    }
    pairs = [
        figures.Pair(pair["seeker"], pair["giver"], pair_reasons.points(_shown(pair, read)), pair["hours"])
        for pair in found["pairs"]
        if pair["rank"] == 1
    ]
    places = {one.key: one.places for one in read.draft.givers}
    made = figures.figures(stands, places, pairs)
    return made | {"verified": found["verified"], "fairest": found["fairest"]}


def _pairings(rehearsal: Rehearsal, read: Market, pairs: Iterable[ToldPair]) -> Iterator[Pairing]:
    for pair in pairs:
        seeker, giver = read.people[pair["seeker"]], read.people[pair["giver"]]
        parts = _shown(pair, read)
        reason, reason_back = pair_reasons.for_each(seeker, giver, pair["parts"], read)
        yield Pairing(
            rehearsal=rehearsal,
            seeker_id=seeker.pk,
            giver_id=giver.pk,
            rank=pair["rank"],
            score=pair_reasons.points(parts),
            hours=pair["hours"],
            locked=pair["locked"],
            parts=parts,
            reason=reason,
            reason_back=reason_back,
        )


def _shown(pair: ToldPair, read: Market) -> list[dict[str, Any]]:
    return pair_reasons.public(read.people[pair["seeker"]], read.people[pair["giver"]], pair["parts"])


def _left_out(rehearsal: Rehearsal, read: Market, unserved: Iterable[ToldUnserved]) -> Iterator[LeftOut]:
    """Those with nobody of rank 1, without what is private of why."""
    for why in unserved:
        one = read.people[why["seeker"]]
        declined = lots.declined(one.key)
        told = left_out_words.kept(why, secret=one.secret, declined=declined)
        yield LeftOut(rehearsal=rehearsal, person_id=one.pk, why=told)
    for key in sorted(read.without_room):
        why_not = {"binding": left_out_words.NO_ROOM}
        yield LeftOut(rehearsal=rehearsal, person_id=read.people[key].pk, why=why_not)
