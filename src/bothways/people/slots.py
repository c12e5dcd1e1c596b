"""What people put onto pages of other apps."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.core import slots
from bothways.people.models import Person


@slots.fill("home")
def looking_after(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """The ways to their pages, for those who look after the organisation."""
    if "steward" in person.roles:
        yield slots.Part("people/stewards/home.html", order=90)
