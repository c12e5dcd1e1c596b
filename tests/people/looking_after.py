"""What the tests of those who look after an organisation share."""

from django.urls import reverse

from bothways.core.models import Organisation
from bothways.people.models import Person


def address(name: str, of: Organisation, person: Person | None = None) -> str:
    return reverse(name, kwargs={"organisation": of.slug} | ({"key": person.key} if person else {}))


def now(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)
