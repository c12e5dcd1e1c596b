"""What programs put on pages of others."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.core.slots import Part, fill
from bothways.people.models import Person
from bothways.programs.queries import programs


@fill("home")
def take_part(request: HttpRequest, person: Person) -> Iterator[Part]:
    """One program at most: that one takes part in, or the newest that one could, and does not run."""
    program = programs.first_open_to(person)
    if program is not None:
        yield Part("programs/parts/home.html", {"program": program}, order=50)


@fill("stewards.ways")
def looking_after(request: HttpRequest, person: Person) -> Iterator[Part]:
    """The way to the programs, beside the others of those who look after the organisation."""
    yield Part("programs/parts/way.html", order=10)
