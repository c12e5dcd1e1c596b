"""What an observer can obtain: every page of the URLconf that opens to them, and their mail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from django.core import mail
from django.test import Client
from django.urls import reverse

from bothways.people.models import Person
from tests import factories
from tests.masked import masked
from tests.rails.routes import Route, every_route

UNSEEN_HEADERS = {"date", "set-cookie"}

# Surfaces that answer with something new each time, by nature.
LEFT_OUT = {"account_login", "account_logout", "healthz", "front"}
TELLING = {
    "ask_show",
    "asks",
    "ask",
    "connections",
    "connections_introductions",
    "connections_introduction",
    "connections_passed_on",
    "home",
    "inbox",
    "people_person",
    "people_supply",
    "people_members",
}
ROUTES = [route for route in every_route() if route.below_organisation and route.name not in LEFT_OUT]
assert {route.name for route in ROUTES} >= TELLING


@dataclass(frozen=True)
class Seen:
    """One thing that one observer saw: where, and every byte of it."""

    observer: str
    where: str
    what: str


def pages(observer: Person) -> Iterator[Seen]:
    """Every page that opens to this observer."""
    client = factories.signed_in(observer) if observer.roles else None
    for route in ROUTES:
        for address in addresses(route, observer):
            yield look(client or Client(), observer, address)


def some_pages(observer: Person, dice: Random) -> Iterator[Seen]:
    """One of the pages that tell most, and one of all, drawn alike in both worlds."""
    if not observer.roles:
        return
    client = factories.signed_in(observer)
    telling = [route for route in ROUTES if route.name in TELLING]
    for route in (dice.choice(telling), dice.choice(ROUTES)):
        for address in list(addresses(route, observer))[-2:]:
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


def letters(observer: Person, sent: Sequence[mail.EmailMessage], *, since: int) -> Iterator[Seen]:
    """Each of this observer's letters, with its place among theirs."""
    mine = [letter for letter in sent[since:] if any(observer.email in to for to in letter.to)]
    for number, letter in enumerate(mine):
        parts = [str(letter.extra_headers), str(letter.subject), str(letter.body)]
        parts += [str(part) for part in getattr(letter, "alternatives", [])]
        yield Seen(observer.name, f"letter {number}", masked("\n".join(parts)))
