"""Periodic jobs of ask: looking again for asks that were kept open, making Home's quiet offers."""

from datetime import timedelta

from bothways.ask.actions import asks, quiet_offers
from bothways.ask.models import Ask
from bothways.core import ticks, time

LOOK_AGAIN_AFTER = timedelta(hours=20)


@ticks.every(timedelta(hours=1))
def look_again() -> bool:
    """Each kept-open ask once a day, the longest unseen first. The verb reads the rest of the one at hand."""
    due = Ask.objects.to_look_again(time.now() - LOOK_AGAIN_AFTER).only("key")
    return ticks.work_off(due.order_by("looked_at", "key")[: ticks.AT_HAND], asks.look_again)


@ticks.every(timedelta(hours=1))
def make_quiet_offers() -> bool:
    return ticks.work_off(quiet_offers.due(), quiet_offers.make)


@ticks.every(timedelta(days=1), at=timedelta(hours=3))
def forget_old_offers() -> None:
    quiet_offers.forget()
