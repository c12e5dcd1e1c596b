"""What a person has turned off."""

from typing import Any

from django.db.models import QuerySet

from bothways.core.prepared import prepared
from bothways.inbox.models import TurnedOff
from bothways.people.models import Person


def turned_off(person: Person) -> set[str]:
    return set(_turned_off(person.pk))


@prepared
def _turned_off(person: Any) -> QuerySet[TurnedOff, str]:
    return TurnedOff.objects.filter(person=person).values_list("setting", flat=True)
