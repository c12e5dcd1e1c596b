"""Periodic jobs of people, and the long work on lists of people."""

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from bothways.core import breath, ticks
from bothways.core.models import Organisation
from bothways.people.actions import absences, applying, availability, checking, imports, search
from bothways.people.models import Roster
from bothways.people.rules.giving import NIGHT
from bothways.people.sessions import SessionStore


@ticks.every(timedelta(minutes=15))
def begin_absences() -> None:
    absences.begin_due()


@ticks.every(timedelta(days=1), at=timedelta(hours=NIGHT))
def take_snapshot() -> None:
    """Who has room for a conversation (consent.md 14)."""
    for organisation in Organisation.objects.order_by("pk"):
        availability.take_snapshot(organisation)
        breath.breathe()


@ticks.every(timedelta(days=1), at=timedelta(hours=3))
def forget() -> None:
    """Absences that are over, and sessions that nobody can use any more."""
    absences.forget_past()
    SessionStore.clear_expired()


@ticks.every(timedelta(days=1), at=timedelta(hours=4))
def heal_search() -> None:
    """Everybody is indexed anew, whatever was forgotten during the day."""
    for organisation in Organisation.objects.order_by("pk"):
        index_everybody.enqueue(organisation.slug)


@task()
def index_everybody(organisation: str) -> None:
    found = Organisation.objects.filter(slug=organisation).first()
    if found:
        search.rebuild(found)


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
