"""A person's calendar feed: made, replaced, revoked. Its token is shown once."""

import secrets

from bothways.core import time
from bothways.core.transactions import verb
from bothways.inbox.models import Feed
from bothways.inbox.queries.calendars import hashed
from bothways.people.models import Person


@verb
def open(person: Person, *, details: bool) -> str:
    """Make a feed and return its token; an earlier one stops working."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(
        person=person,
        defaults={"token_hash": hashed(token), "details": details, "created_at": time.now()},
    )
    return token


@verb
def revoke(person: Person) -> None:
    Feed.objects.filter(person=person).delete()
