"""Whether two people are connected already."""

from bothways.connections.models import Connection
from bothways.people.models import Person


def between(person: Person, other: Person) -> Connection | None:
    return Connection.objects.ours(person).ours(other).alive().first()
