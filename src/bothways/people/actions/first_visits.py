"""The first visit: what a person says of themself before anything else. All of it may be skipped."""

from collections.abc import Iterable

from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people import events
from bothways.people.actions import budgets, profiles
from bothways.people.models import Offer, Person, Topic, Want
from bothways.people.rules.hours import Shift


@verb
def bring(person: Person, *, brings: str, offers: Iterable[Topic]) -> None:
    """What I bring, and what to ask me about; the latter replaces what was there."""
    chosen = list(offers)
    Offer.objects.filter(person=person).exclude(topic__in=chosen).delete()
    Offer.objects.bulk_create([Offer(person=person, topic=topic) for topic in chosen], ignore_conflicts=True)
    profiles.change(person, {"brings": brings})


@verb
def hope(person: Person, *, hopes: str, wants: Iterable[Topic]) -> None:
    """What I hope for, and what I would like to get better at; the latter replaces what was there."""
    chosen = list(wants)
    Want.objects.filter(person=person).exclude(topic__in=chosen).delete()
    Want.objects.bulk_create([Want(person=person, topic=topic) for topic in chosen], ignore_conflicts=True)
    profiles.change(person, {"hopes": hopes})


@verb
def give(person: Person, *, minutes: int, hours: Iterable[Shift]) -> None:
    """The time budget and the usual week. Whoever has said this much is confirmed and may be suggested."""
    if week := [shift.stored() for shift in hours]:
        profiles.change(person, {"hours": week})
    me = Person.objects.filter(pk=person.pk)
    first_time = me.filter(confirmed_at=None).update(confirmed_at=time.now())
    me.update(welcomed=True)
    budgets.change(person, minutes=minutes)
    if first_time:
        record(events.PersonConfirmed(person=person.key))


@verb
def skip(person: Person) -> None:
    """Not now: the pages do not come by themselves again."""
    Person.objects.filter(pk=person.pk).update(welcomed=True)
