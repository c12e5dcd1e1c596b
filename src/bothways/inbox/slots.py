"""What the inbox puts onto lower pages."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.core import slots
from bothways.inbox.queries import messages
from bothways.people.models import Person


@slots.fill("home")
def waiting(request: HttpRequest, person: Person) -> Iterator[slots.Part]:
    """What waits for this person's answer; nothing where nothing does."""
    if rows := messages.waiting_on_home(person):
        yield slots.Part("inbox/home.html", {"rows": rows}, order=20)
