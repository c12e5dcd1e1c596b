"""Who looks after mentorship here and may be told something in confidence, and what to know of them first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock_time

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bothways.core import time
from bothways.people.models import Person
from bothways.ui import moments

ROLES = (Person.Role.STEWARD, Person.Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Confidant:
    """Somebody who may be told; `remarks` are what their teller should know before choosing."""

    person: Person
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.person.name, self.person.title, *self.remarks)))

    @property
    def remark(self) -> str:
        return ", ".join(self.remarks)


def named(teller: Person) -> QuerySet[Person]:
    """Everybody of such a role, by name, here or away; never oneself."""
    active = Person.objects.in_organisation(teller).filter(state=Person.State.ACTIVE, role__in=ROLES)
    return active.exclude(pk=teller.pk).order_by("name", "key")


def among(people: QuerySet[Person], teller: Person) -> list[Confidant]:
    """Those of whom there is nothing to remark; only where there is nobody such, everybody."""
    everybody = [Confidant(person, _remarks(person, teller)) for person in people]
    return [one for one in everybody if not one.remarks] or everybody


def away_until(person: Person, zone: str) -> str:
    """The last day of an absence that lasts today, as people say it."""
    if not person.is_away(time.today(zone)) or person.away_until is None:
        return ""
    return moments.day(datetime.combine(person.away_until, clock_time(12), UTC), "UTC")


def _remarks(person: Person, teller: Person) -> tuple[str, ...]:
    last = away_until(person, teller.organisation.time_zone)
    return (_("away until %(day)s") % {"day": last},) if last else ()
