"""Periodic jobs of ask: looking again for asks that were kept open, making Home's quiet offers."""

from datetime import timedelta

from bothways.ask.actions import asks, quiet_offers
from bothways.ask.models import Ask
from bothways.core import breath, ticks, time

LOOK_AGAIN_AFTER = timedelta(hours=20)


@ticks.every(timedelta(hours=1))
def look_again() -> None:
    """Each kept-open ask once a day, the longest unseen first."""
    due = Ask.objects.to_look_again(time.now() - LOOK_AGAIN_AFTER)
    for kept in due.order_by("looked_at", "key").iterator(chunk_size=200):
        asks.look_again(kept)
        breath.breathe()


@ticks.every(timedelta(hours=1))
def make_quiet_offers() -> None:
    for person in quiet_offers.due():
        quiet_offers.make(person)
        breath.breathe()
