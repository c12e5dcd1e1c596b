"""What a person has turned off."""

from bothways.inbox.models import TurnedOff
from bothways.people.models import Person


def turned_off(person: Person) -> set[str]:
    return set(TurnedOff.objects.filter(person=person).values_list("setting", flat=True))
