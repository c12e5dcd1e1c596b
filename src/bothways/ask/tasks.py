"""What the worker does for ask: looks again for asks that were kept open, makes Home's quiet offers."""

from datetime import timedelta

from django_tasks import task

from bothways.ask.actions import asks, quiet_offers, showings
from bothways.ask.models import Ask
from bothways.core import ticks, time
from bothways.core.models import Organisation
from bothways.people.rules.giving import NIGHT

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


@ticks.every(timedelta(days=1), at=timedelta(hours=NIGHT, minutes=15))
def show_anew() -> None:
    """Who is shown to whom, once it is counted who has room (consent.md 14); one organisation at a time."""
    for organisation in Organisation.objects.order_by("pk"):
        show_of.enqueue(organisation.slug)


@task()
def show_of(organisation: str) -> None:
    found = Organisation.objects.filter(slug=organisation).first()
    if found:
        showings.make(found)
