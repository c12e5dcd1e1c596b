"""A round is sent once: its introductions open in batches, and its steps are counted at fixed times.

Nothing here reads an answer. Who is connected is counted by public state, for the round as a whole.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import F

from bothways.connections.actions import queues
from bothways.connections.actions.queues import Approved
from bothways.connections.models import Queue
from bothways.connections.rules import kinds
from bothways.core import ticks, time
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.programs.actions import rounds
from bothways.programs.models import Entry, Pairing, Participation, Program, Rehearsal, Round, Step
from bothways.programs.queries.changes import Changes, since
from bothways.programs.rules import terms


class NotReady(Exception):
    """The rehearsal is being worked out, has failed, or introduces nobody."""


class Closed(Exception):
    """The program is closed or over: no round of it is sent any more."""


class Outdated(Exception):
    """Something has changed since the rehearsal; `changes` says what."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(changes)
        self.changes = changes


@verb
def send(rehearsal: Rehearsal, *, by: Person | None, anyway: bool = False) -> Round:
    """Send this rehearsal's introductions. Their queues open by and by (`advance`).

    `anyway`: although people joined or left meanwhile. Raises `IsSent`, `NotReady`, `Closed`, `Outdated`.
    """
    program = rounds.held(rehearsal.round.program_id)
    round_ = rounds.unsent(rehearsal.round)
    current = Rehearsal.objects.get(pk=rehearsal.pk)
    if current.state != Rehearsal.State.READY or not current.pairings.filter(rank=1).exists():
        raise NotReady
    if not rounds.is_running(program):
        raise Closed
    changes = since(current)
    if changes and not (anyway and changes.may_be_sent):
        raise Outdated(changes)
    round_.sent, round_.sent_at = current, time.now()
    round_.save(update_fields=["sent", "sent_at"])
    Step.objects.bulk_create(Step(round=round_, at=at) for at in _steps(program, round_.sent_at))
    rounds.note(round_, Entry.What.SENT, by=by, about={"number": current.number})
    return round_


def _steps(program: Program, begin: datetime) -> Iterator[datetime]:
    """At each turn of the lists, and when the last introduction ends."""
    zone, at = program.organisation.time_zone, begin
    for _turn in range(1, terms.TURNS):
        at = kinds.fallback_after(program.kind, at, zone, of_round=True)
        yield at
    yield at + kinds.pace(program.kind, of_round=True).lasts


def advance() -> bool:
    """Open a slice of what is sent and not open yet; says whether more is left."""
    sent = Round.objects.filter(sent__isnull=False)
    waiting = Pairing.objects.filter(rank=1, sent_at=None, rehearsal__in=sent.values("sent"))
    due = waiting.order_by("rehearsal__round__sent_at", "key")[: ticks.AT_HAND]
    return ticks.work_off(due, open_queue)


@verb
def open_queue(pairing: Pairing) -> None:
    """Begin the seeker's part: their list is asked in its order. Safe to run twice.

    They look for nobody any more then, also where nothing could begin because they left, are away or have no
    minutes: else the list of those who look would tell a steward who had used theirs, and so connected.
    """
    mine = Pairing.objects.select_for_update(of=("self",), no_key=True).get(pk=pairing.pk)
    if mine.sent_at:
        return
    program = Program.objects.get(rounds__rehearsals=mine.rehearsal_id)
    theirs = Pairing.objects.filter(rehearsal=mine.rehearsal_id, seeker=mine.seeker_id)
    # Put in order here: for that, SQLite would read the whole rehearsal.
    ranked = sorted(theirs.select_related("giver"), key=lambda each: each.rank)
    here = _kept_here(program, [mine.seeker_id, *(each.giver_id for each in ranked)])
    seeking = [one for one in here if one.person_id == mine.seeker_id and one.seeks]
    giving = {one.person_id for one in here if one.gives}
    begins = seeking and not program.closed_at
    queue = _open(mine, program, [each for each in ranked if each.giver_id in giving]) if begins else None
    Pairing.objects.filter(pk=mine.pk).update(sent_at=time.now(), queue=queue)
    if begins:
        Participation.objects.filter(pk=seeking[0].pk).update(seeks=False)


def _kept_here(program: Program, people: Sequence[int]) -> list[Participation]:
    """Those of them who take part; nobody leaves until this is done."""
    # Looked up before they are put in order: for that, SQLite would read all who take part.
    found = list(
        Participation.objects.filter(program=program, person__in=people).values_list("pk", flat=True)
    )
    here = Participation.objects.here().filter(pk__in=found).order_by("pk")
    return list(here.select_for_update(of=("self",), no_key=True))


def _open(pairing: Pairing, program: Program, ranked: Sequence[Pairing]) -> Queue | None:
    """The seeker is introduced to these, one after the other."""
    if not ranked:
        return None
    seeker = Person.objects.select_related("organisation").get(pk=pairing.seeker_id)
    approved = [Approved(one.giver, reason=one.reason, reason_back=one.reason_back) for one in ranked]
    return queues.open_in_round(seeker, approved, kind=program.kind, note=program.purpose, named=program.name)


def count_due() -> bool:
    """Count a slice of the steps whose time has come; says whether more is left."""
    due = Step.objects.filter(taken_at=None, at__lte=time.now()).order_by("at", "round__key")
    return ticks.work_off(due[: ticks.AT_HAND], count)


@verb
def count(step: Step) -> None:
    """How many introductions of the round had become connections by then: whenever this runs, the same.

    Of all that were sent: which of them could not begin is nobody else's.
    """
    sent = Pairing.objects.filter(
        rank=1, rehearsal__round=step.round_id, rehearsal=F("rehearsal__round__sent")
    )
    connected = sent.filter(queue__closed_how="connected", queue__closed_at__lte=step.at).count()
    Step.objects.filter(pk=step.pk, taken_at=None).update(
        taken_at=time.now(), connected=connected, not_connected=sent.count() - connected
    )
