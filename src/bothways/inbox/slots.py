"""What the inbox puts onto lower pages."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.core import slots
from bothways.inbox.queries import messages
from bothways.inbox.queries.messages import Shown
from bothways.people.models import Person

NEXT = "inbox/next.html"


@slots.fill("home.next")
def next_step(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """The first thing that waits for this person; introductions go before it."""
    for row in _waiting(request, person)[:1]:
        yield slots.Part(NEXT, {"row": row}, order=20)


@slots.fill("home")
def waiting(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """What else waits for this person's answer."""
    rows = _waiting(request, person)
    if slots.first("home.next", request, person) == NEXT:
        rows = rows[1:]
    if rows:
        yield slots.Part("inbox/home.html", {"rows": rows}, order=20)


def _waiting(request: HttpRequest, person: Person) -> list[Shown]:
    """Read once a page, although two of its places are filled from it."""
    known: dict[str, list[Shown]] = vars(request)
    if "waits_on_home" not in known:
        known["waits_on_home"] = messages.waiting_on_home(person)
    return known["waits_on_home"]
