"""People somebody would rather not be introduced to. Only they ever see it (consent.md 3, 18)."""

from bothways.core.transactions import verb
from bothways.people.models import NotWanted, Person


class Oneself(Exception):
    """Nobody is introduced to themselves anyhow."""


@verb
def add(person: Person, other: Person) -> None:
    if other.pk == person.pk:
        raise Oneself
    NotWanted.objects.get_or_create(person=person, other=other)


@verb
def remove(person: Person, other: Person) -> None:
    NotWanted.objects.filter(person=person, other=other).delete()
