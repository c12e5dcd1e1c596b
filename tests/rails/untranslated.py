"""What of a page did not come through gettext, when gettext puts ⟦these⟧ around all that it gives."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from html.parser import HTMLParser
from typing import Any
from unittest import mock

from django.apps import apps
from django.db import models
from django.utils import translation

from bothways.people.models import Person, Roster
from bothways.people.rules.tongues import languages, time_zones
from bothways.ui.templatetags.ui import initials

OPEN, CLOSE = "⟦", "⟧"
SPOKEN = ("gettext", "ngettext", "pgettext", "npgettext")
SAID_BY = ("title", "aria-label", "placeholder", "alt", "aria-description", "data-confirm", "label")
UNHEARD = {"script", "style", "template", "code"}
# Proper names, addresses and signs that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"https?://\S+|\S+@\S+|\b[A-Z]\w+/[A-Z][\w/+-]*|\bUT[CF](-\d+)?( [LB]E)?\b|\bWindows-\d+"
    r"|\bCSV\b|\bMB\b|\bBothways\b"
)
OUR_MARKS = {
    "kind",
    "code",
    "weight",
    "about",
    "name_of_event",
    "digest",
    "encoding",
    "outcome",
    "closed_how",
}


@contextmanager
def marked() -> Iterator[None]:
    """Everything that gettext gives stands between marks."""

    def marking(given: Callable[..., str]) -> Callable[..., str]:
        @wraps(given)
        def spoken(*args: Any) -> str:
            text = given(*args)
            return f"{OPEN}{text}{CLOSE}" if text.strip() else text

        return spoken

    trans = vars(translation)["_trans"]
    with ExitStack() as stack:
        for name in SPOKEN:
            stack.enter_context(mock.patch.object(trans, name, marking(getattr(trans, name))))
        yield


def people_wrote() -> set[str]:
    """All words in the tables: what people wrote is shown as they wrote it."""
    words: set[str] = set()
    for app in ("core", "people", "connections", "ask", "programs", "inbox"):
        for model in apps.get_app_config(app).get_models():
            written = [field.name for field in model._meta.fields if _is_written(field)]
            if written and model._meta.managed:
                for row in model._default_manager.values_list(*written):
                    words |= {line.strip() for value in row if value for line in str(value).splitlines()}
    for given in Roster.objects.values_list("columns", "counts"):
        words |= set(re.findall(r"[^\W\d_][\w ]*", str(given)))
    return words | {initials(name) for name in Person.objects.values_list("name", flat=True)}


def _is_written(field: Any) -> bool:
    """By people: neither chosen among ours nor one of our own marks."""
    words = isinstance(field, models.CharField | models.TextField | models.FileField)
    return words and not field.choices and field.name not in OUR_MARKS


def names_of_the_world() -> set[str]:
    """Languages in their own names, and places as the time zone database has them."""
    places = {said for continent, zones in time_zones() for said in (continent, *(name for _, name in zones))}
    return places | set(languages().values())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines())
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))


def untranslated(page: str, theirs: set[str]) -> list[str]:
    reader = _Reader()
    reader.feed(page)
    return leftovers(reader.heard, theirs)


def leftovers(heard: list[str], theirs: set[str]) -> list[str]:
    """What still holds a word, without what is marked, what people wrote and what is the same everywhere."""
    theirs = theirs | names_of_the_world()
    found, depth = [], 0
    for text in heard:
        outside = []
        for part in re.split(f"([{OPEN}{CLOSE}])", text):
            depth += {OPEN: 1, CLOSE: -1}.get(part, 0)
            if depth == 0 and part not in (OPEN, CLOSE):
                outside.append(part)
        for part in outside:
            if _has_words(part, theirs):
                found.append(" ".join(part.split())[:120])
    return found


def _has_words(text: str, theirs: set[str]) -> bool:
    text = SAME_EVERYWHERE.sub(" ", text)
    for known in sorted(theirs, key=len, reverse=True):
        if known in text:
            text = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", text)
    return bool(re.search(r"[^\W\d_]{2,}", text))


class _Reader(HTMLParser):
    """The text of a page in its order, and what is read out of attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.silent += tag in UNHEARD
        self.heard += [said[name] for name in SAID_BY if said.get(name)]
        if tag == "input" and said.get("type") in {"submit", "button", "reset"}:
            self.heard.append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in UNHEARD

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.heard.append(data)
