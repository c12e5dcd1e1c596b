"""Who may be asked when nobody else was found."""

from django.db.models import QuerySet

from bothways.core import time
from bothways.people.models import Person


def to_ask(person: Person) -> QuerySet[Person]:
    """Those who look after mentorship here and are here now, by name; never oneself."""
    today = time.today(person.organisation.time_zone)
    here = Person.objects.in_organisation(person).filter(state=Person.State.ACTIVE).not_away(today)
    roles = (Person.Role.STEWARD, Person.Role.ADMINISTRATOR)
    return here.filter(role__in=roles).exclude(pk=person.pk).order_by("name", "key")
