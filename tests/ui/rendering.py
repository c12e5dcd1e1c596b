"""Pieces of template, rendered as a page would render them, and read as a browser would."""

import re
from html.parser import HTMLParser
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

COMPILER: Final[Any] = CottonCompiler
VOID: Final = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.inside: list[Element] = []
        self.words: list[str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words)).strip()

    def all(self, tag: str = "", **wanted: str) -> list["Element"]:
        """Elements below this one with the tag and attributes; `_class` names one of the classes."""
        return [one for one in self.inside if one.matches(tag, wanted)]

    def one(self, tag: str = "", **wanted: str) -> "Element":
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of {tag} {wanted}"
        return found[0]

    def matches(self, tag: str, wanted: dict[str, str]) -> bool:
        wanted = dict(wanted)
        kind = wanted.pop("_class", "")
        return (
            (not tag or self.tag == tag)
            and (not kind or kind in self.attributes.get("class", "").split())
            and all(self.attributes.get(name.replace("_", "-")) == value for name, value in wanted.items())
        )


class Reader(HTMLParser):
    """Builds elements and refuses HTML whose tags do not close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(html)
        self.close()
        assert [one.tag for one in self.open] == [""], f"left open: {[one.tag for one in self.open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        for outer in self.open:
            outer.inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for outer in self.open:
            outer.words.append(data)


def read(html: str) -> Element:
    return Reader(html).root


def render(source: str, path: str = "/", **values: Any) -> Element:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    template = engines["django"].from_string(COMPILER().process(source))
    return read(template.render(values, request))
