"""Periodic jobs of people, and the long work on lists of people."""

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from bothways.core import ticks
from bothways.core.models import Organisation
from bothways.people.actions import absences, applying, availability, checking, imports, search
from bothways.people.models import Roster


@ticks.every(timedelta(minutes=15))
def begin_absences() -> None:
    absences.begin_due()


@ticks.every(timedelta(days=1))
def forget_past_absences() -> None:
    absences.forget_past()


@ticks.every(timedelta(days=1))
def take_snapshot() -> None:
    """Who has room for a conversation (consent.md 14)."""
    for organisation in Organisation.objects.order_by("pk"):
        availability.take_snapshot(organisation)


@ticks.every(timedelta(days=1))
def heal_search() -> None:
    """Index everybody anew, whatever was forgotten during the day."""
    for organisation in Organisation.objects.order_by("pk"):
        search.rebuild(organisation)


@ticks.every(timedelta(hours=1))
def tidy_imports() -> None:
    imports.tidy()


def look_through(roster: Roster) -> None:
    """Begin the check and queue its work, both or neither."""
    with transaction.atomic():
        imports.begin_check(roster)
        check_roster.enqueue(roster.key)


def bring_in(roster: Roster, *, skip_bad: bool = False, mark_leavers: bool = False) -> None:
    """Begin to bring the list in and queue its work, both or neither."""
    with transaction.atomic():
        imports.begin_apply(roster, skip_bad=skip_bad, mark_leavers=mark_leavers)
        apply_roster.enqueue(roster.key)


@task()
def check_roster(key: str) -> None:
    checking.check(Roster.objects.get(key=key))


@task()
def apply_roster(key: str) -> None:
    applying.apply(Roster.objects.get(key=key))
