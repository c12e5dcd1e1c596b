"""Who may be told that something is wrong: people named for it, never the other one."""

from django.db.models import QuerySet

from bothways.connections.models import Connection
from bothways.people.models import Person


def for_concern(connection: Connection, teller: Person) -> QuerySet[Person]:
    """Stewards and administrators who are here, without the two of the connection."""
    named = Person.objects.in_organisation(teller).filter(
        state=Person.State.ACTIVE, role__in=(Person.Role.STEWARD, Person.Role.ADMINISTRATOR)
    )
    return named.exclude(pk__in=(connection.first_id, connection.second_id)).order_by("name", "key")
