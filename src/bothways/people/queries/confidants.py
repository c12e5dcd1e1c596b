"""Who looks after mentorship here and may be told something in confidence, and what to know of them first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.core import time
from bothways.people.models import Person
from bothways.people.models.person import PersonQuerySet
from bothways.ui import moments

_OF_ROLE = {
    Person.Role.STEWARD.value: gettext_lazy("looks after mentorship here"),
    Person.Role.ADMINISTRATOR.value: gettext_lazy("administrator here"),
}


@dataclass(frozen=True)
class Confidant:
    """Somebody who may be told; `remarks` are what their teller should know before choosing."""

    person: Person
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.person.name, self.person.title, self.remark)))

    @property
    def remark(self) -> str:
        """What stands under their name: why it is they, where no title says who they are, and the remarks."""
        begun = () if self.person.title else (str(_OF_ROLE[self.person.role]),)
        return ", ".join((*begun, *self.remarks))


def named(teller: Person) -> PersonQuerySet:
    """Everybody of such a role, by name, here or away; never oneself."""
    active = Person.objects.in_organisation(teller).filter(state=Person.State.ACTIVE, role__in=list(_OF_ROLE))
    return active.exclude(pk=teller.pk).order_by("name", "key")


def among(people: QuerySet[Person], teller: Person, about: Person | None = None) -> list[Confidant]:
    """Those of whom there is nothing to remark; only where there is nobody such, everybody.

    `about` is whom a concern is about: whoever is above that one is remarked too.
    """
    everybody = [Confidant(person, tuple(_remarks(person, teller, about))) for person in people]
    return [one for one in everybody if not one.remarks] or everybody


def away_until(person: Person, zone: str) -> str:
    """The last day of an absence that lasts today, as people say it."""
    if not person.is_away(time.today(zone)) or person.away_until is None:
        return ""
    return moments.day(person.away_until)


def _remarks(person: Person, teller: Person, about: Person | None) -> Iterator[str]:
    if person.pk == teller.manager_id:
        yield _("your manager")
    elif person.is_above(teller):
        yield _("above you in your reporting line")
    if about is not None and person.is_above(about):
        yield _("above %(name)s in the reporting line") % {"name": about.name}
    if last := away_until(person, teller.organisation.time_zone):
        yield _("away until %(day)s") % {"day": last}
