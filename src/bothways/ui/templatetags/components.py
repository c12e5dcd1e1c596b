"""How `<c-button href="…">Words</c-button>` is rendered; django-cotton reads the notation.

A component is a template in `cotton/`. What it takes by name stands in its `<c-vars>`, each with a default;
whatever else it is given are HTML attributes, `attrs`. What stands inside is `slot`. A page has dozens of
them, so all that can be known of one beforehand is found out once.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Template, Token
from django.template.context import Context
from django.template.engine import Engine
from django.utils.safestring import SafeString
from django_cotton.tag_parser import parse_component_tag, parse_vars_tag
from django_cotton.templatetags import (
    compile_inline_template,
    snapshot_parser_library,
    strip_quotes_with_status,
)

register = template.Library()
Finder = Callable[[Context], Any]


class Defaults(Node):
    """What a component takes by name; it shows nothing."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def render(self, context: Context) -> SafeString:
        return SafeString("")


class Component(Node):
    """Its attributes are `given` in their order; those of them that change with the page are `found`."""

    def __init__(
        self, name: str, nodelist: NodeList, given: dict[str, Any], found: dict[str, Finder]
    ) -> None:
        self.name, self.nodelist, self.given, self.found = name, nodelist, given, found

    def render(self, context: Context) -> SafeString:
        given = self.given | {name: find(context) for name, find in self.found.items()}
        further = {name: value for name, value in given.items() if name not in self.defaults}
        slot = self.nodelist.render(context)
        with context.push(self.defaults | given | {"attrs": further, "slot": slot}):
            return self.template.render(context)

    @cached_property
    def template(self) -> Template:
        path = self.name.replace(".", "/").replace("-", "_")
        return Engine.get_default().get_template(f"cotton/{path}.html")

    @cached_property
    def defaults(self) -> dict[str, Any]:
        return next((node.values for node in self.template.nodelist if isinstance(node, Defaults)), {})


@register.tag
def cotton(parser: Parser, token: Token) -> Component:
    """`title="{{ words }}"` is written out, `:person="each"` the thing itself, `link` alone is True."""
    tag = parse_component_tag(token.contents)
    given: dict[str, Any] = {}
    found: dict[str, Finder] = {}
    for name, value in tag.attrs.items():
        text, _ = strip_quotes_with_status(value)
        given[name.removeprefix(":")] = text
        if name.startswith(":"):
            found[name[1:]] = partial(parser.compile_filter(text).resolve, ignore_failures=True)
        elif value is not True and ("{{" in text or "{%" in text):
            found[name] = compile_inline_template(text, snapshot_parser_library(parser)).nodelist.render
    nodelist = parser.parse(("endcotton",))
    parser.delete_first_token()
    return Component(tag.name, nodelist, given, found)


@register.tag("cotton:vars")
def defaults(parser: Parser, token: Token) -> Defaults:
    """`size="small"` is text, `:person="None"` the thing itself."""
    values = {}
    for name, value in parse_vars_tag(token.contents).attrs.items():
        text, _ = strip_quotes_with_status(value)
        literal = name.startswith(":")
        values[name.removeprefix(":")] = parser.compile_filter(text).resolve(Context()) if literal else text
    return Defaults(values)
