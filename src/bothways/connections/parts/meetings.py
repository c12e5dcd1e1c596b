"""What is coming up, on Home: below what waits, above whom one might like to meet."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.connections.queries import relationships
from bothways.core.slots import Part, fill
from bothways.people.models import Person


@fill("home")
def coming_up(request: HttpRequest, person: Person) -> Iterator[Part]:
    soonest = relationships.coming_up(person)
    if rows := [{"meeting": one, "other": one.connection.other(person)} for one in soonest]:
        yield Part("connections/parts/coming_up.html", {"rows": rows}, order=40)
