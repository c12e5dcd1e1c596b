"""Who may be suggested: a nightly snapshot of public state (consent.md 14)."""

from datetime import timedelta

from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from bothways.core import time
from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.people.models import Person, Reservation
from bothways.people.models.person import PersonQuerySet

RECENT = timedelta(days=60)
SHORTEST = 30
MOST_HOLDS = 2


@verb
def take_snapshot(organisation: Organisation) -> int:
    """Say anew of everybody whether there is room for a conversation; returns of how many that changed."""
    return _settle(Person.objects.filter(organisation=organisation), organisation)


@verb
def of(person: Person) -> bool:
    """Whether this one person has room, said anew at once: after they confirmed or gave more time."""
    _settle(Person.objects.filter(pk=person.pk), person.organisation)
    person.has_room = Person.objects.values_list("has_room", flat=True).get(pk=person.pk)
    return person.has_room


def _settle(persons: PersonQuerySet, organisation: Organisation) -> int:
    """Two statements that touch only the rows whose answer changes."""
    able = _with_room(persons, organisation)
    emptied = persons.filter(has_room=True).exclude(pk__in=able.values("pk")).update(has_room=False)
    return emptied + able.filter(has_room=False).update(has_room=True)


def _with_room(persons: PersonQuerySet, organisation: Organisation) -> PersonQuerySet:
    month = time.month_of(time.now(), organisation.time_zone)
    theirs = Reservation.objects.filter(person=OuterRef("pk")).order_by().values("person")
    taken = theirs.filter(month=month).annotate(total=Sum("minutes")).values("total")
    holds = theirs.filter(kind=Reservation.Kind.HELD).annotate(total=Count("pk")).values("total")
    return persons.alias(
        taken=Coalesce(Subquery(taken), 0, output_field=IntegerField()),
        holds=Coalesce(Subquery(holds), 0, output_field=IntegerField()),
    ).filter(
        state=Person.State.ACTIVE,
        confirmed_at__isnull=False,
        here_on__gte=time.today(organisation.time_zone) - RECENT,
        budget_minutes__gte=F("taken") + SHORTEST,
        holds__lt=MOST_HOLDS,
    )
