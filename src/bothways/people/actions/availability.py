"""Who may be suggested: a nightly snapshot of public state (consent.md 14)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bothways.core import time
from bothways.core.models import Organisation
from bothways.core.prepared import prepared
from bothways.core.transactions import verb
from bothways.people.models import Person, Reservation
from bothways.people.models.person import PersonQuerySet

RECENT = timedelta(days=60)
SHORTEST = 30
MOST_HOLDS = 2


@verb
def take_snapshot(organisation: Organisation) -> int:
    """Say anew of everybody whether there is room for a conversation; returns of how many that changed.

    Two statements that touch only the rows whose answer changes.
    """
    persons = Person.objects.filter(organisation=organisation)
    able = _with_room(persons, *_now(organisation))
    emptied = persons.filter(has_room=True).exclude(pk__in=able.values("pk")).update(has_room=False)
    return emptied + able.filter(has_room=False).update(has_room=True)


@verb
def of(person: Person) -> bool:
    """Whether this one person has room, said anew at once: after they confirmed or gave more time."""
    person.has_room = bool(_has_room(person.pk, *_now(person.organisation)))
    Person.objects.filter(pk=person.pk).exclude(has_room=person.has_room).update(has_room=person.has_room)
    return person.has_room


def _now(organisation: Organisation) -> tuple[date, date]:
    """The month that counts, and the first day of having been here lately."""
    zone = organisation.time_zone
    return time.month_of(time.now(), zone), time.today(zone) - RECENT


@prepared
def _has_room(pk: Any, month: Any, since: Any) -> QuerySet[Person, int]:
    return _with_room(Person.objects.filter(pk=pk), month, since).values_list("pk", flat=True)


def _with_room(persons: PersonQuerySet, month: Any, since: Any) -> PersonQuerySet:
    theirs = Reservation.objects.filter(person=OuterRef("pk")).order_by().values("person")
    taken = theirs.filter(month=month).annotate(total=Sum("minutes")).values("total")
    holds = theirs.filter(kind=Reservation.Kind.HELD).annotate(total=Count("pk")).values("total")
    return persons.alias(
        taken=Coalesce(Subquery(taken), 0, output_field=IntegerField()),
        holds=Coalesce(Subquery(holds), 0, output_field=IntegerField()),
    ).filter(
        state=Person.State.ACTIVE,
        confirmed_at__isnull=False,
        here_on__gte=since,
        budget_minutes__gte=F("taken") + SHORTEST,
        holds__lt=MOST_HOLDS,
    )
