"""A hundred nasty inputs for every form: a sentence or a refusal, what was typed kept, nothing let through.

The forms are found on the pages themselves; an address that no page of the crawl has a form for stands
in `FIELDS`. Whatever a page does with an input is undone before the next.
"""

import logging
import time as seconds
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection as database
from django.urls import resolve

from bothways.core.time import Clock
from tests.rails.forms_of import SECRET, Box, Form, forms_of
from tests.rails.nasties import (
    CHOICES,
    FIGURES,
    FOR_FILES,
    HEADS,
    MARK,
    SHAPES,
    TO_A_DATABASE,
    WORDS,
    Body,
    Value,
    filled,
    sent,
)
from tests.rails.routes import Route, every_route
from tests.rails.scenes import Scene, scene
from tests.rails.undone import undone
from tests.rails.visitors import Cast, cast

pytestmark = pytest.mark.django_db

POSTED = [route for route in every_route() if route.row and "POST" in route.row.methods]
READ = [route for route in every_route() if route.row and "GET" in route.row.methods]
ACCEPTABLE = {200, 302, 400, 404, 409, 410, 413, 422, 429}
LONGEST = 8.0  # seconds of work for one answer, on a machine that has much else to do
RUNS = (MARK, "<img src=x", "<svg/onload", "<b onclick", 'href="javascript:', 'src="data:text')
FOLLOWED = {"a script", "a drawing that runs", "prose that runs", "a template", "right to left", "stars"}
IN_ADDRESSES = (
    "page",
    "q",
    "team",
    "topic",
    "language",
    "state",
    "new",
    "fault",
    "first",
    "second",
    "next",
    "how",
    "a",
    "b",
    "seeker",
    "giver",
)
NASTY_ADDRESSES = ("nul", "a script", "search operators", "a book", "a huge number")
# Fields of addresses for whose form no page of the crawl shows it, or not in all its states.
FIELDS: dict[str, dict[str, str]] = {
    "ask": {
        "sentence": "textarea",
        "note": "textarea",
        "kind": "conversation",
        "people": "{report}",
        "do": "ask",
    },
    "ask_begin": {"said": "hidden", "choice": "hidden"},
    "ask_offer_decline": {},
    "ask_offer_return": {},
    "ask_person": {"note": "textarea", "kind": "conversation", "people": "{owner}", "do": "ask"},
    "ask_steward_introduce": {"person": "hidden", "why": "textarea"},
    "ask_suggestions": {
        "sentence": "textarea",
        "topics": "hidden",
        "struck": "hidden",
        "with_line": "hidden",
    },
    "ask_withdraw": {},
    "connections_introduce": {"first": "{report}", "second": "{party}", "why": "textarea", "q": "text"},
    "connections_introduction": {"person": "{report}", "answer": "hand on"},
    "connections_introduction_told": {"tell": "yes"},
    "connections_missed": {"met": "1"},
    "connections_pick": {"start": "2026-03-04T10:00:00+00:00"},
    "connections_place": {"where": "text"},
    "connections_signature": {},
    "connections_suggested": {"do": "approve"},
    "connections_told": {"reply": "textarea"},
    "demo_step": {},
    "inbox_feed_revoke": {},
    "inbox_put_away": {},
    "inbox_unsubscribe": {"on": "1"},
    "people_invite": {"person": "{invited}"},
    "people_me_back": {},
    "people_me_offers": {"topic": "nets", "q": "hidden"},
    "people_me_wants": {"topic": "nets", "q": "hidden", "shown": "on"},
    "people_member_manager": {"manager": "text"},
    "people_member_mend": {"title": "text", "team": "text"},
    "people_member_return": {},
    "people_member_role": {"role": "steward"},
    "people_member_suspend": {},
    "programs_free": {"seeker": "{owner}", "giver": "{party}"},
    "programs_look_again": {},
    "programs_open_again": {},
    "programs_pin": {"do": "lock"},
    "programs_rehearse": {},
    "programs_send": {"anyway": "1"},
    "programs_swap": {"other": "hidden"},
    "people_not_wanted": {"do": "add", "person": "{report}", "name": "text"},
}


def crawl(harbour: Cast, clock: Clock) -> dict[str, list[Form]]:
    """By route name, the forms that lead there, from every page that somebody may see."""
    forms: dict[str, dict[tuple[str, ...], Form]] = defaultdict(dict)
    for route in READ:
        with undone():
            here = scene(route, harbour, clock)
            answer = here.client.get(here.url)
            if answer.streaming or "html" not in answer["Content-Type"]:
                continue
            for form in forms_of(answer.content.decode()):
                form.boxes.pop("csrfmiddlewaretoken", None)
                if form.method == "post":
                    leads_to = resolve(urlsplit(form.action).path or here.url).view_name
                    forms[leads_to].setdefault(tuple(form.boxes), form)
    return {name: list(different.values()) for name, different in forms.items()}


def declared(fields: dict[str, str], harbour: Cast) -> Form:
    people = {name: person.key for name, person in harbour.people.items()}
    form = Form("", "post")
    for name, kind in fields.items():
        typed = kind in {"text", "textarea"}
        value = kind.strip("{}")
        values = [] if typed else [people[value] if kind.startswith("{") else value]
        pressed = "submit" if name in {"do", "answer"} else "hidden"
        form.boxes[name] = Box(name, kind if typed else pressed, values)
    return form


class Forms:
    """The forms of the whole site, crawled once."""

    found: dict[str, list[Form]] | None = None

    @classmethod
    def to(cls, route: Route, harbour: Cast, clock: Clock) -> list[Form]:
        if cls.found is None:
            cls.found = crawl(harbour, clock)
        own = [declared(FIELDS[route.name], harbour)] if route.name in FIELDS else []
        return [*cls.found.get(route.name, []), *own]


@pytest.fixture
def harbour(clock: Clock) -> Iterator[Cast]:
    logging.disable(logging.CRITICAL)
    yield cast()
    logging.disable(logging.NOTSET)


@dataclass
class Attempt:
    """One nasty input for one form: what is sent, and what of it must be there again at a 422."""

    name: str
    body: Body
    head: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Value] = field(default_factory=dict)
    followed: bool = False


def attempts(form: Form, number: int, harbour: Cast) -> Iterator[Attempt]:
    """All of them beside SQLite; beside PostgreSQL those that it may take otherwise."""
    if database.vendor == "postgresql":
        yield from (each for each in fillings(form, harbour) if each.name in TO_A_DATABASE)
        return
    yield from fillings(form, harbour)
    if number == 0:
        yield from shapes(form)


def fillings(form: Form, harbour: Cast) -> Iterator[Attempt]:
    for sort, nasties in (("words", WORDS), ("figures", FIGURES)):
        boxes = [box for box in form.boxes.values() if box.sort == sort]
        for name, value in nasties.items() if boxes else ():
            kept = {box.name: value for box in boxes if box.kind != SECRET}
            yield Attempt(name, sent(form, filled(form, sort, value)), {}, kept, name in FOLLOWED)
    if any(box.sort == "choices" for box in form.boxes.values()):
        for name, choice in CHOICES.items():
            yield Attempt(name, sent(form, filled(form, "choices", choice(harbour))))


def shapes(form: Form) -> Iterator[Attempt]:
    for name, shape in SHAPES.items():
        if form.multipart or name not in FOR_FILES:
            yield Attempt(name, shape(form))
    for name, head in HEADS.items():
        yield Attempt(name, sent(form, filled(form)), head)


def text(answer: Any) -> str:
    return "" if answer.streaming else answer.content.decode(errors="replace")


def wrong(answer: Any, body: str) -> str:
    """What is wrong with an answer to anything nasty."""
    if answer.status_code not in ACCEPTABLE:
        return f"answered {answer.status_code}"
    if any(mark in body for mark in RUNS):
        return "a script came through"
    if "15838" in body:
        return "a template was filled in"
    where = urlsplit(answer.get("Location", "/"))
    return f"leads away, to {where.geturl()}" if where.scheme or where.netloc else ""


def lost(attempt: Attempt, body: str) -> list[str]:
    """Boxes of a page that came back which no longer hold what was typed."""
    back = {box.name: box for form in forms_of(body) for box in form.boxes.values() if box.is_typed}
    return [name for name, words in attempt.typed.items() if name in back and not _same(back[name], words)]


def _same(box: Box, words: Value) -> bool:
    typed = words.decode(errors="replace") if isinstance(words, bytes) else words
    return "".join("".join(box.values).split()) == "".join(typed.split())


def tried(here: Scene, attempt: Attempt) -> str:
    """Send it, undo it; what was wrong."""
    client: Any = here.client
    cookies = deepcopy(client.cookies)
    content, kind = attempt.body
    begun = seconds.process_time()
    with undone():
        answer: Any = client.generic("POST", here.url, content, content_type=kind, **attempt.head)
        body = text(answer)
        fault = wrong(answer, body)
        if not fault and attempt.followed and answer.status_code == 302:
            there: Any = client.get(answer["Location"], follow=True)
            fault = wrong(there, text(there))
    client.cookies = cookies
    if not fault and answer.status_code == 422 and (gone := lost(attempt, body)):
        fault = f"no longer holds what was typed into {gone}"
    if not fault and seconds.process_time() - begun > LONGEST:
        fault = f"took {seconds.process_time() - begun:.1f} s"
    return fault


@pytest.mark.parametrize("route", POSTED, ids=lambda route: route.name)
def test_nothing_nasty_gets_further_than_the_form(route: Route, harbour: Cast, clock: Clock) -> None:
    forms = Forms.to(route, harbour, clock)
    assert forms, "no page has a form for this address: say in FIELDS what it takes"
    here = scene(route, harbour, clock)
    faults = {}
    for number, form in enumerate(forms):
        for attempt in attempts(form, number, harbour):
            try:
                fault = tried(here, attempt)
            except Exception as broken:
                fault = f"{type(broken).__name__}: {broken}"[:200]
            if fault:
                faults[number, attempt.name] = fault
    assert faults == {}


@pytest.mark.parametrize("route", READ, ids=lambda route: route.name)
def test_nothing_nasty_in_an_address_breaks_a_page(route: Route, harbour: Cast, clock: Clock) -> None:
    here = scene(route, harbour, clock)
    faults = {}
    nasties = {name: (WORDS | FIGURES)[name] for name in NASTY_ADDRESSES}
    for name, value in nasties.items():
        query = urlencode([(each, value) for each in IN_ADDRESSES])
        with undone():
            try:
                answer: Any = here.client.get(f"{here.url}?{query}")
                fault = wrong(answer, text(answer))
            except Exception as broken:
                fault = f"{type(broken).__name__}: {broken}"[:200]
        if fault:
            faults[name] = fault
    assert faults == {}


def test_there_are_more_than_fifty() -> None:
    """For every form that one writes into."""
    assert len(WORDS) + len(SHAPES) + len(HEADS) >= 50
    assert WORDS.keys() | FIGURES.keys() | CHOICES.keys() >= TO_A_DATABASE
