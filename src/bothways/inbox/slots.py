"""What the inbox puts onto lower pages."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.connections.parts import introductions
from bothways.core import slots
from bothways.inbox.queries import messages
from bothways.inbox.queries.messages import Shown
from bothways.people.models import Person


@slots.fill("home.next")
def next_step(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """The first thing that waits for this person; introductions go before it."""
    for row in _waiting(request, person)[:1]:
        yield slots.Part("inbox/next.html", {"row": row}, order=20)


@slots.fill("home")
def waiting(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """What else waits for this person's answer."""
    rows = _waiting(request, person)
    if not introductions.waiting_for(request, person):
        rows = rows[1:]  # the first is the next step
    if rows:
        yield slots.Part("inbox/home.html", {"rows": rows}, order=20)


def _waiting(request: HttpRequest, person: Person) -> list[Shown]:
    """Read once a page, although two of its places are filled from it."""
    known: dict[str, list[Shown]] = vars(request)
    if "waits_on_home" not in known:
        known["waits_on_home"] = messages.waiting_on_home(person)
    return known["waits_on_home"]
