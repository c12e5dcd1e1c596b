"""Who may be told that something is wrong: people named for it, never the other one."""

from bothways.connections.models import Connection
from bothways.people.models import Person
from bothways.people.queries import confidants
from bothways.people.queries.confidants import Confidant


def for_concern(connection: Connection, teller: Person) -> list[Confidant]:
    """Stewards and administrators, without the two of the connection.

    Whoever is away, or above one of the two in a reporting line, only where nobody else is left.
    """
    pair = (connection.first_id, connection.second_id)
    return confidants.among(confidants.named(teller).exclude(pk__in=pair), teller, connection.other(teller))
