"""Everybody reads whatever opens to them; what they saw is a set of canaries, each with where."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core import mail
from django.test import Client
from django.urls import reverse

from bothways.people.models import Invitation, Person
from bothways.people.queries.invitations import path_of
from tests import factories
from tests.rails.canaries.stage import House
from tests.rails.quiet import observe
from tests.rails.routes import every_route

CANARY = re.compile(r"zq[b-z]{10}|\b[45]\d{4}\b", re.IGNORECASE)
FOLDED = re.compile(r"\r?\n[ \t]")  # how calendars and headers break a line
OPEN_TO_ALL = [
    route.name
    for route in every_route()
    if route.row and not route.parameters and "GET" in route.row.methods and route.name != "account_logout"
]
NEAREST = ("/owner", "/party", "/administrator")  # who read the pages above all organisations too

Sight = dict[str, str]


@dataclass
class Sights:
    """By observer, `harbour/owner`: each canary they saw, and where first."""

    seen: dict[str, Sight] = field(default_factory=lambda: defaultdict(dict))
    pages: int = 0

    def note(self, observer: str, where: str, text: str) -> None:
        for word in CANARY.findall(FOLDED.sub("", text)):
            self.seen[observer].setdefault(word.lower(), where)


def crawl(house: House, names: Iterable[str], sights: Sights) -> None:
    """These people read their pages, their mail, and what its links open."""
    for name in names:
        person, observer = _with_roles(house.people[name]), f"{house.slug}/{name}"
        if person.roles:
            _read_all(person, observer, sights)
        else:
            _knock_everywhere(house, person, observer, sights)
        _letters(person, observer, sights)


def _with_roles(person: Person) -> Person:
    found = Person.objects.with_roles().select_related("organisation", "account", "team")
    return found.get(pk=person.pk)


def _read_all(person: Person, observer: str, sights: Sights) -> None:
    client = factories.signed_in(person)
    outside = map(reverse, OPEN_TO_ALL) if observer.endswith(NEAREST) else ()
    for address in [*_open_to(person), *outside]:
        _look(client, address, observer, sights)
    offered = next(iter(person.organisation.topics.filter(offers__isnull=False))).name
    found = client.post(
        reverse("ask_suggestions", kwargs={"organisation": person.organisation.slug}), {"sentence": offered}
    )
    assert found.status_code == 200
    sights.note(observer, "suggestions", found.content.decode())


def _open_to(person: Person) -> list[str]:
    return [address for route in observe.ROUTES for address in observe.addresses(route, person)]


def _look(client: Client, address: str, observer: str, sights: Sights) -> int:
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    text = f"{response.headers}\n{body.decode(errors='replace')}"
    sights.note(observer, address, text.replace(address, "what was asked for"))
    sights.pages += 1
    return response.status_code


def _knock_everywhere(house: House, person: Person, observer: str, sights: Sights) -> None:
    """Who is not here, at every address that opens to those who see most."""
    client = factories.signed_in(person) if person.account else Client()
    for name in ("owner", "administrator"):
        for address in _open_to(_with_roles(house.people[name])):
            assert _look(client, address, observer, sights) in (302, 404)


def open_links(house: House, sights: Sights) -> None:
    """Who holds a feed's address is an observer of their own, and so is who holds an invitation."""
    for name, token in house.feeds.items():
        where = reverse("inbox_ics", kwargs={"token": token})
        assert _look(Client(), where, f"{house.slug}/{name}", sights) == 200
    invitation = Invitation.objects.get(person=house.people["invited"])
    assert _look(Client(), path_of(invitation), f"{house.slug}/invitation", sights) == 200


def _letters(person: Person, observer: str, sights: Sights) -> None:
    """Each letter whole, and the links in it that open without signing in."""
    for letter in mail.outbox:
        if not any(person.email in to for to in letter.to):
            continue
        bodies = [str(letter.body), *(str(part) for part, _ in getattr(letter, "alternatives", []))]
        text = "\n".join([str(letter.subject), str(letter.extra_headers), *letter.to, *bodies])
        sights.note(observer, f"letter “{letter.subject}”", text)
        for link in set(re.findall(r"https?://[^/\s]+(/(?:answer|unsubscribe)/[^\s\"<>]+)", text)):
            _look(Client(), link, observer, sights)


@contextmanager
def logged(sights: Sights) -> Iterator[None]:
    """Every line of every logger, down to DEBUG; what a server's log would hold and more."""

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            sights.note("log", record.name, f"{record.getMessage()} {record.exc_info or ''}")

    root = logging.getLogger()
    before, others = root.level, root.handlers[:]
    root.handlers[:] = [Noting()]
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(before)
        root.handlers[:] = others
