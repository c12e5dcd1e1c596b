"""Every word on every page, in every refusal and in every mail comes through gettext."""

from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from bothways.connections.models import Introduction
from bothways.connections.queries import answer_links
from bothways.core.time import Clock
from bothways.inbox.kinds import KINDS, Kind
from bothways.inbox.models import Mail, Message
from bothways.inbox.queries import letters
from tests.factories.introductions import introduction, take_part
from tests.rails.crowd import crowd
from tests.rails.routes import Route, every_route
from tests.rails.scenes import scene
from tests.rails.undone import undone
from tests.rails.untranslated import leftovers, marked, people_wrote, untranslated
from tests.rails.visitors import Cast, cast

pytestmark = pytest.mark.sqlite  # words are the same beside either database

FOR_CONTRIBUTORS = {"style", "style_door"}
ROUTES = [route for route in every_route() if route.row and route.name not in FOR_CONTRIBUTORS]
READ = [route for route in ROUTES if route.row and "GET" in route.row.methods]
POSTED = [route for route in ROUTES if route.row and "POST" in route.row.methods]
SPOKEN = ("text/html", "text/plain")
LEAD_ON = {"account_logout", "inbox_open"}


@pytest.fixture
def harbour(db: None, clock: Clock) -> Cast:
    return cast()


def words(answer: Any) -> str:
    if not answer["Content-Type"].startswith(SPOKEN):
        return ""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode()


@pytest.mark.parametrize("route", READ, ids=lambda route: route.name)
def test_a_page_says_nothing_untranslated(route: Route, harbour: Cast, clock: Clock) -> None:
    """Empty, and with something of everything."""
    here = scene(route, harbour, clock)
    me = harbour.people.get(here.visitor)
    with marked():
        answer = here.client.get(here.url)
        assert answer.status_code == 200 or route.name in LEAD_ON
        empty = words(answer)
        theirs = people_wrote()
        assert untranslated(empty, theirs) == []
        if me:
            crowd(me, 1)
            full = words(here.client.get(here.url))
            assert untranslated(full, people_wrote() | theirs) == []


@pytest.mark.parametrize("route", POSTED, ids=lambda route: route.name)
def test_a_refusal_says_nothing_untranslated(route: Route, harbour: Cast, clock: Clock) -> None:
    here = scene(route, harbour, clock)
    wrong = {
        name: "not this"
        for name in ("email", "since", "until", "minutes", "other_1", "starts", "kind", "amount")
    }
    for data in ({}, wrong):
        with marked(), undone():
            answer: Any = here.client.post(here.url, data, follow=True)
            assert untranslated(words(answer), people_wrote()) == []


@pytest.mark.django_db
def test_an_error_says_nothing_untranslated() -> None:
    client = Client(raise_request_exception=False)
    with marked():
        assert untranslated(words(client.get("/no/such/page/")), set()) == []
        for number in (400, 403, 404, 500):
            assert untranslated(render_to_string(f"ui/errors/{number}.html"), set()) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_message_says_nothing_untranslated(kind: Kind) -> None:
    with marked():
        said = [str(part) for part in (kind.title, kind.text, kind.mail_text, kind.label, kind.subject)]
        assert leftovers(said, set()) == []


def test_a_mail_says_nothing_untranslated(harbour: Cast) -> None:
    owner = harbour.people["owner"]
    crowd(owner, 1)
    composed = set()
    with marked():
        for message in Message.objects.mine(owner):
            letter = letters.compose(Mail(person=owner, kind=message.kind, about=message.about, key="a"))
            if letter:
                composed.add(message.kind)
                said = [letter.subject, letter.text]
                assert leftovers(said, people_wrote()) + untranslated(letter.html, people_wrote()) == []
    assert len(composed) > 8, composed


LETTERS = sorted(Path("src/bothways/people/templates/account/email").glob("*.txt"))


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.stem)
def test_a_letter_about_signing_in_says_nothing_untranslated(letter: Path) -> None:
    values = {"code": "1234-5678", "link": "https://harbour.example/x", "address": "ada@harbour.example"}
    with marked():
        said = render_to_string(f"account/email/{letter.name}", values)
        assert leftovers([said], set()) == []


def test_what_a_round_brings_about_says_nothing_untranslated(harbour: Cast, clock: Clock) -> None:
    """To either side, on the page and by the link; while it is open, and once the other found somebody."""
    owner, party = (harbour.people[name] for name in ("owner", "party"))
    part = take_part(owner, party)
    assert part is not None
    only = introduction(party)
    with marked():
        for ended in ("", "found"):
            Introduction.objects.filter(pk=only.pk).update(
                ended_how=ended, state="ended" if ended else "open"
            )
            for who in ("owner", "party"):
                place = reverse("connections_introduction", args=[harbour.harbour.slug, only.key])
                by_link = answer_links.path_of(only, harbour.people[who])
                for page in (harbour.client(who).get(place), Client().get(by_link)):
                    assert page.status_code == 200
                    assert untranslated(words(page), people_wrote()) == []
