"""What the worker does for programs."""

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from bothways.core import tasks, ticks
from bothways.people.models import Person
from bothways.programs.actions import rehearsals, sending
from bothways.programs.models import Rehearsal, Round
from bothways.programs.rules.problems import Problem


def rehearse(round_: Round, *, by: Person | None) -> Rehearsal:
    """Ask for a rehearsal and queue its work, both or neither; the one under way, where there is one.

    Raises `IsSent`.
    """
    with transaction.atomic():
        made, fresh = rehearsals.begin(round_, by=by)
        if fresh:
            work_out.enqueue(made.key)
    return made


@task()
def work_out(rehearsal: str) -> None:
    found = Rehearsal.objects.filter(key=rehearsal).first()
    if found:  # its round may be gone
        rehearsals.run(found)


@ticks.every(timedelta(minutes=1))
def send_rounds() -> bool:
    return sending.advance()


@ticks.every(timedelta(minutes=15))
def count_steps() -> bool:
    return sending.count_due()


@ticks.every(timedelta(hours=1))
def end_what_was_given_up() -> None:
    """A rehearsal whose work nobody will take up again says so, and another may be asked for."""
    waiting = {str(arguments[0]) for arguments in tasks.arguments_waiting(work_out.module_path) if arguments}
    for rehearsal in Rehearsal.objects.filter(state__in=rehearsals.AT_WORK).exclude(key__in=waiting):
        rehearsals.fail(rehearsal, Problem.TOO_HEAVY)
