"""Every address of the URLconf with its policy row, for the tests that must visit them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from bothways.core import policy


@dataclass(frozen=True)
class Route:
    """One address: its pattern from the root, its name, its parameters, its row (None where forgotten)."""

    pattern: str
    name: str
    parameters: tuple[str, ...]
    row: policy.Row | None
    callback: Callable[..., Any]

    @property
    def below_organisation(self) -> bool:
        return "organisation" in self.parameters


def every_route() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, parameters: tuple[str, ...]
) -> Iterator[Route]:
    for pattern in patterns:
        here = (*parameters, *pattern.pattern.converters)
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, here)
        else:
            yield Route(route, pattern.name or "", here, policy.row_of(pattern.callback), pattern.callback)
