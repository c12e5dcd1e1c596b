"""Taking part: by one's own yes alone, and out again at any time."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from bothways.connections.actions import locks, rounds
from bothways.connections.models import Queue, QueueEntry
from bothways.core import time
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.programs.models import Pairing, Participation, Program


class NotOpen(Exception):
    """The program is closed, or over."""


class Neither(Exception):
    """Whoever takes part seeks, gives, or both."""


@verb
def take_part(program: Program, person: Person, *, seeks: bool, gives: bool) -> Participation:
    """Join, or change how; somebody who had left is back. Raises `NotOpen`, `Neither`."""
    if not (seeks or gives):
        raise Neither
    if person.organisation_id != program.organisation_id or not program.is_running(_today(program)):
        raise NotOpen
    mine, fresh = Participation.objects.select_for_update(no_key=True).get_or_create(
        program=program, person=person, defaults={"seeks": seeks, "gives": gives}
    )
    if not fresh and (mine.left_at or (mine.seeks, mine.gives) != (seeks, gives)):
        back = {"left_at": None, "joined_at": time.now()} if mine.left_at else {}
        changed = {"seeks": seeks, "gives": gives, "changed_at": time.now()}
        Participation.objects.filter(pk=mine.pk).update(**changed, **back)
        if mine.gives and not gives:
            rounds.stop_asking(person, _waiting_for(mine))
        mine.refresh_from_db()
    return mine


@verb
def leave(participation: Participation) -> None:
    """Out of the program: nobody else is introduced, and what was open for them reads "no longer needed"."""
    now = time.now()
    mine = Participation.objects.filter(pk=participation.pk, left_at=None)
    if not mine.update(left_at=now, changed_at=now, seeks=False, gives=False):
        return
    own, waiting = _sent(participation).filter(author=participation.person_id), _waiting_for(participation)
    held = locks.queues(pk for found in (own, waiting) for pk in found.values_list("pk", flat=True))
    for queue in held.values():
        if queue.author_id == participation.person_id:
            rounds.leave_round(queue)
    rounds.stop_asking(participation.person, waiting)


def _sent(participation: Participation) -> QuerySet[Queue]:
    """What is open of the program's rounds. Of each queue it is asked, so that nobody's leave reads all."""
    mine = Pairing.objects.filter(queue=OuterRef("pk"), rehearsal__round__program=participation.program_id)
    return Queue.objects.filter(Exists(mine), state=Queue.State.OPEN)


def _waiting_for(participation: Participation) -> QuerySet[Queue]:
    """Those in which their turn to be asked is still to come."""
    untried = QueueEntry.objects.filter(person=participation.person_id, tried_at=None)
    return _sent(participation).filter(pk__in=untried.values("queue"))


def _today(program: Program) -> date:
    return time.today(program.organisation.time_zone)
