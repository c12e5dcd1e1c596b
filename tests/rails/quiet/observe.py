"""What an observer can obtain: every page of the URLconf that opens to them, and their mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core import mail
from django.test import Client
from django.urls import reverse

from bothways.people.models import Person
from tests import factories
from tests.rails.routes import Route, every_route

MASKS = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'), "CSRF"),
    (re.compile(r'content="[\w-]{32,}"'), "CSRF"),
    (re.compile(r'"X-CSRFToken": ?"[^"]+"'), "CSRF"),
    (re.compile(r"nonce-[\w+/=-]+"), "NONCE"),
)
UNSEEN_HEADERS = {"date", "set-cookie"}

# Surfaces that answer with something new each time, by nature.
LEFT_OUT = {"account_login", "account_logout", "healthz", "front"}


@dataclass(frozen=True)
class Seen:
    """One thing that one observer saw: where, and every byte of it."""

    observer: str
    where: str
    what: str


def masked(text: str) -> str:
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


def pages(observer: Person) -> Iterator[Seen]:
    client = factories.signed_in(observer)
    for route in every_route():
        if not route.below_organisation or route.name in LEFT_OUT:
            continue
        for address in addresses(route, observer):
            yield look(client, observer, address)


def look(client: Client, observer: Person, address: str) -> Seen:
    response = client.get(address)
    headers = {name: value for name, value in response.items() if name.lower() not in UNSEEN_HEADERS}
    body = b"".join(response) if response.streaming else response.content
    what = f"{response.status_code} {sorted(headers.items())} {masked(body.decode(errors='replace'))}"
    return Seen(observer.name, address, what)


def addresses(route: Route, observer: Person) -> Iterator[str]:
    """The route's address for each object that this observer's scope opens."""
    row = route.row
    if row is None or "GET" not in row.methods or not row.may.needs <= observer.roles:
        return
    slug = observer.organisation.slug
    if row.relation.model is None:
        if route.parameters == ("organisation",):
            yield reverse(route.name, kwargs={"organisation": slug})
        return
    in_scope = getattr(row.relation.model._default_manager, row.relation.scope)(observer)
    for key in sorted(in_scope.values_list("key", flat=True)):
        yield reverse(route.name, kwargs={"organisation": slug, "key": key})


def letters(observer: Person, sent: list[mail.EmailMessage]) -> Iterator[Seen]:
    for number, letter in enumerate(sent):
        if observer.email in letter.to:
            parts = [str(letter.extra_headers), str(letter.subject), str(letter.body)]
            parts += [str(part) for part in getattr(letter, "alternatives", [])]
            yield Seen(observer.name, f"mail {number} of {observer.name}", masked("\n".join(parts)))
