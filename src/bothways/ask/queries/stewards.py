"""Who may be asked when nobody else was found."""

from bothways.core import time
from bothways.people.models import Person
from bothways.people.queries import confidants
from bothways.people.queries.confidants import Confidant


def to_ask(person: Person) -> list[Confidant]:
    """Those who look after mentorship here and are here now; one's own line only if nobody else is."""
    today = time.today(person.organisation.time_zone)
    return confidants.among(confidants.named(person).not_away(today), person)
