"""Periodic jobs of people."""

from datetime import timedelta

from bothways.core import ticks
from bothways.core.models import Organisation
from bothways.people.actions import absences, availability, search


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
