"""A person's calendar feed: made, replaced, revoked. Its token is shown once."""

import secrets
from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac

from bothways.core import time
from bothways.core.transactions import verb
from bothways.inbox.models import Feed
from bothways.inbox.queries.calendars import hashed
from bothways.people.models import Person


@verb
def open(person: Person, *, details: bool, once: str = "") -> str:
    """Make a feed and return its token; an earlier one stops working.

    `once`: when the form was opened, so that a form that is sent again makes the same address again.
    """
    of = f"{person.key}/{once or secrets.token_urlsafe()}"
    made = salted_hmac("bothways.inbox.feeds", of, algorithm="sha256").digest()
    token = urlsafe_b64encode(made).decode().rstrip("=")
    Feed.objects.update_or_create(
        person=person,
        defaults={"token_hash": hashed(token), "details": details, "created_at": time.now()},
    )
    return token


@verb
def revoke(person: Person) -> None:
    Feed.objects.filter(person=person).delete()
