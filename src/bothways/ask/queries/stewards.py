"""Who may be asked when nobody else was found, and what stewards were asked."""

from django.db.models import QuerySet

from bothways.ask.models import StewardAsk
from bothways.core import time
from bothways.people.models import Person


def to_ask(person: Person) -> QuerySet[Person]:
    """Those who look after mentorship here and are here now, by name; never oneself."""
    today = time.today(person.organisation.time_zone)
    here = Person.objects.in_organisation(person).filter(state=Person.State.ACTIVE).not_away(today)
    roles = (Person.Role.STEWARD, Person.Role.ADMINISTRATOR)
    return here.filter(role__in=roles).exclude(pk=person.pk).order_by("name", "key")


def waiting_for(person: Person) -> QuerySet[StewardAsk]:
    """What this person was asked as a steward and has not replied to, oldest first."""
    return StewardAsk.objects.mine(person).filter(replied_at=None).order_by("sent_at", "key")
