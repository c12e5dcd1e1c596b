"""Rehearsals: asked for, worked out beside the worker's other work, and shown whole or not at all."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet

from bothways.core import breath, children, time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.matching import Draft, OutOfRange, ToldPair, ToldRound, ToldUnserved, TooLarge
from bothways.people.models import Person
from bothways.programs.actions import rounds
from bothways.programs.events import RehearsalEnded
from bothways.programs.matchmaking import market
from bothways.programs.matchmaking.market import Known
from bothways.programs.models import Entry, LeftOut, Pairing, Rehearsal, Round
from bothways.programs.queries import changes
from bothways.programs.rules import figures, left_out_words, lots, pair_reasons
from bothways.programs.rules.problems import Problem

log = logging.getLogger("bothways.programs")

AT_WORK = (Rehearsal.State.WAITING, Rehearsal.State.RUNNING)
PROGRESS_EVERY = 0.5  # seconds
A_SLICE = 500  # rows that are written while nobody else can write
_REFUSALS = {TooLarge.__name__: Problem.TOO_LARGE, OutOfRange.__name__: Problem.TOO_LARGE}

Row = TypeVar("Row", Pairing, LeftOut)


class TakenOver(Exception):
    """Another go at the same rehearsal has begun, or it has come to an end meanwhile."""


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
    """Work it out. Safe to run twice; where it is killed, nobody sees what is half-made: it begins anew."""
    current = _take_up(rehearsal)
    if current is None:
        return
    try:
        _forget(current)
        _work_out(current)
    except TakenOver:
        _forget(current)


def _work_out(rehearsal: Rehearsal) -> None:
    draft, known = market.of(rehearsal)
    problem = _lacking(draft)
    if problem:
        fail(rehearsal, problem)
        return
    handed = [draft]  # and not kept here: of thirty thousand people it is large, and the child's from then on
    del draft
    try:
        found: ToldRound = children.run(
            "bothways.matching:rehearse", handed.pop(), told=_Progress(rehearsal).note, between=breath.breathe
        )
    except children.Refused as refused:
        log.warning("Rehearsal %s cannot be worked out: %s", rehearsal.key, refused)
        fail(rehearsal, _REFUSALS.get(refused.args[0], Problem.STRANGE))
    except children.Died:
        log.warning("What worked out rehearsal %s ended without a word.", rehearsal.key)
        fail(rehearsal, Problem.TOO_HEAVY)
    else:
        if found["verified"]:
            _keep(rehearsal, known, found)
        else:
            log.error("The certificate of rehearsal %s does not hold.", rehearsal.key)
            fail(rehearsal, Problem.STRANGE)


@verb
def _take_up(rehearsal: Rehearsal) -> Rehearsal | None:
    """From here on this go alone writes; None where it has come to an end already."""
    begins = {"state": Rehearsal.State.RUNNING, "progress": 0, "begun": F("begun") + 1}
    if not _under_way(rehearsal).update(**begins):
        return None
    return Rehearsal.objects.select_related("round__program__organisation").get(pk=rehearsal.pk)


def fail(rehearsal: Rehearsal, problem: Problem) -> None:
    """There is none, and why. Harmless where it has come to an end already."""
    _forget(rehearsal)
    _end(rehearsal, problem)


@verb
def _end(rehearsal: Rehearsal, problem: Problem) -> None:
    ended = {"state": Rehearsal.State.FAILED, "problem": problem, "ready_at": time.now()}
    if _mine(rehearsal).update(**ended):
        record(RehearsalEnded(rehearsal=rehearsal.key))


def _keep(rehearsal: Rehearsal, known: Known, found: ToldRound) -> None:
    """In slices, so that nobody else's writing waits for long; the last one shows it, whole."""
    figures = _figures(rehearsal, known, found)
    for pairings in _slices(_pairings(rehearsal, known, found["pairs"])):
        _write(rehearsal, Pairing, pairings)
    for left_out in _slices(_left_out(rehearsal, known, found["unserved"])):
        _write(rehearsal, LeftOut, left_out)
    _show(rehearsal, figures, found["certificate"])


def _slices(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, A_SLICE)):
        yield some
        breath.breathe()


@verb
def _write(rehearsal: Rehearsal, model: type[Model], rows: Sequence[Any]) -> None:
    if not _mine(rehearsal).select_for_update(no_key=True).exists():
        raise TakenOver
    model._default_manager.bulk_create(rows)


@verb
def _show(rehearsal: Rehearsal, figures: Mapping[str, object], certificate: str) -> None:
    ready = {"state": Rehearsal.State.READY, "progress": 100, "ready_at": time.now()}
    if not _mine(rehearsal).update(**ready, figures=figures, certificate=certificate):
        raise TakenOver
    record(RehearsalEnded(rehearsal=rehearsal.key))


def _forget(rehearsal: Rehearsal) -> None:
    """What an earlier go wrote of it, or this one where it came to nothing; never what somebody sees."""
    for model in (Pairing, LeftOut):
        while _forget_some(rehearsal, model):
            breath.breathe()


@verb
def _forget_some(rehearsal: Rehearsal, model: type[Pairing] | type[LeftOut]) -> int:
    unseen = Rehearsal.objects.filter(pk=rehearsal.pk, begun=rehearsal.begun)
    hidden = unseen.exclude(state=Rehearsal.State.READY).select_for_update(no_key=True)
    written = model.objects.filter(rehearsal=rehearsal).values_list("pk", flat=True)[:A_SLICE]
    return model.objects.filter(pk__in=list(written)).delete()[0] if hidden.exists() else 0


def _under_way(rehearsal: Rehearsal) -> QuerySet[Rehearsal]:
    return Rehearsal.objects.filter(pk=rehearsal.pk, state__in=AT_WORK)


def _mine(rehearsal: Rehearsal) -> QuerySet[Rehearsal]:
    """The rehearsal, while this go is the one that works on it."""
    return _under_way(rehearsal).filter(begun=rehearsal.begun)


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
            if not _mine(self.rehearsal).update(progress=percent):
                raise TakenOver


def _lacking(draft: Draft) -> Problem | None:
    if not draft.seekers:
        return Problem.NOBODY_SEEKS
    return None if any(one.places for one in draft.givers) else Problem.NOBODY_GIVES


def _figures(rehearsal: Rehearsal, known: Known, found: ToldRound) -> Mapping[str, object]:
    today = time.today(rehearsal.round.program.organisation.time_zone)
    stands = {
        key: figures.Place(one.team, one.place, figures.tenure(one.started_on, today))
        for key, one in known.people.items()
        if key in known.seeking
    }
    pairs = [
        figures.Pair(pair["seeker"], pair["giver"], pair_reasons.points(_shown(pair, known)), pair["hours"])
        for pair in found["pairs"]
        if pair["rank"] == 1
    ]
    made = figures.figures(stands, known.places, pairs)
    return made | {"verified": found["verified"], "fairest": found["fairest"]}


def _pairings(rehearsal: Rehearsal, known: Known, pairs: Iterable[ToldPair]) -> Iterator[Pairing]:
    for pair in pairs:
        seeker, giver = known.people[pair["seeker"]], known.people[pair["giver"]]
        parts = _shown(pair, known)
        reason, reason_back = pair_reasons.for_each(seeker, giver, pair["parts"], known)
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


def _shown(pair: ToldPair, known: Known) -> list[dict[str, Any]]:
    return pair_reasons.public(known.people[pair["seeker"]], known.people[pair["giver"]], pair["parts"])


def _left_out(rehearsal: Rehearsal, known: Known, unserved: Iterable[ToldUnserved]) -> Iterator[LeftOut]:
    """Those with nobody of rank 1, without what is private of why."""
    for why in unserved:
        one = known.people[why["seeker"]]
        declined = lots.declined(one.key)
        told = left_out_words.kept(why, secret=one.secret, declined=declined)
        yield LeftOut(rehearsal=rehearsal, person_id=one.pk, why=told)
    for key in sorted(known.without_room):
        yield LeftOut(rehearsal=rehearsal, person_id=known.people[key].pk, why=dict(left_out_words.DECLINED))
