"""What people put onto pages of other apps."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.core import slots
from bothways.people.models import Person

A_FEW = 5


@slots.fill("home.next")
def beginning(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """The first steps of an organisation in which there is nobody to ask yet; what waits goes before it."""
    if "administrator" in person.roles and _nearly_empty(request, person):
        yield slots.Part("people/stewards/begin.html", order=25)


def _nearly_empty(request: HttpRequest, person: Person) -> bool:
    """Read once a page, which asks twice for its next step. Counts no further than it must."""
    known: dict[str, bool] = vars(request)
    if "nearly_empty" not in known:
        here = Person.objects.filter(organisation=person.organisation_id, state=Person.State.ACTIVE)
        known["nearly_empty"] = here[:A_FEW].count() < A_FEW
    return known["nearly_empty"]


@slots.fill("home")
def looking_after(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """The ways to their pages, for those who look after the organisation."""
    if "steward" in person.roles:
        yield slots.Part("people/stewards/home.html", order=90)
