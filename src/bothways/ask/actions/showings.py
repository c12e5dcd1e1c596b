"""The night's run: who is shown to whom, so that exposure is even. No page waits for it."""

import logging
from datetime import datetime, timedelta

from bothways.ask.matchmaking import nights
from bothways.ask.models import Showing
from bothways.ask.rules.nights import Part
from bothways.core import breath, children, time
from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.matching import ToldLists
from bothways.people.models import Person

log = logging.getLogger("bothways.ask")

A_BATCH = 500
LONGEST = timedelta(minutes=10)  # that a part may take


def make(organisation: Organisation) -> None:
    """Make everybody's anew, part by part, and forget what the last run said of whoever is in none.

    Safe to run twice, and to be broken off: what is there stands until it is replaced. A part that fails is
    passed over, and its people are looked up as if there had been no run.
    """
    begun = time.now()
    for part in nights.parts(organisation):
        draft = nights.draft(organisation, part)
        breath.breathe()
        try:
            told: ToldLists = children.run(
                "bothways.matching:show",
                draft,
                between=breath.breathe,
                at_most=LONGEST.total_seconds(),
            )
        except (children.Refused, children.Died, children.TookTooLong):
            log.exception("A part of the night's run of %s failed.", organisation.slug)
        else:
            _keep(part, told, begun)
    _forget(organisation, before=begun)


def _keep(part: Part, told: ToldLists, at: datetime) -> None:
    people = sorted({*part.seekers, *part.givers})
    for first in range(0, len(people), A_BATCH):
        _keep_some(people[first : first + A_BATCH], told, at)
        breath.breathe()


@verb
def _keep_some(people: list[int], told: ToldLists, at: datetime) -> None:
    """A slice of a part: what is there stands beside the other slices' old until it is their turn."""
    keys = Person.objects.filter(pk__in=people).order_by("pk").values_list("pk", "key")
    Showing.objects.bulk_create(
        [
            Showing(
                person_id=pk,
                shown=told["lists"].get(key, []),
                needed=told["needed"].get(key, 0),
                made_at=at,
            )
            for pk, key in keys
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["shown", "needed", "made_at"],
    )


def _forget(organisation: Organisation, *, before: datetime) -> None:
    old = Showing.objects.filter(person__organisation=organisation, made_at__lt=before).order_by("pk")
    while some := list(old.values_list("pk", flat=True)[:A_BATCH]):
        Showing.objects.filter(pk__in=some).delete()
        breath.breathe()
