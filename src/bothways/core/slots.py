"""Places on a page that upper apps fill, so that a lower template never links upwards.

A page says `{% slot "person.page" person %}`; an upper app registers, in its `AppConfig.ready`, a
function that returns the parts it wants to show there. A part is a template and its values.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Part:
    template: str
    values: dict[str, Any] = field(default_factory=dict)
    order: int = 50


Filler = Callable[[HttpRequest, Any], Iterable[Part]]
_fillers: dict[str, list[Filler]] = {}


def fill(slot: str) -> Callable[[Filler], Filler]:
    def register(filler: Filler) -> Filler:
        fillers = _fillers.setdefault(slot, [])
        if filler not in fillers:
            fillers.append(filler)
        return filler

    return register


def parts(slot: str, request: HttpRequest, subject: Any = None) -> list[Part]:
    """All parts for the slot, smallest order first."""
    found = [part for filler in _fillers.get(slot, []) for part in filler(request, subject)]
    return sorted(found, key=lambda part: part.order)


def first(slot: str, request: HttpRequest, subject: Any = None) -> str:
    """The template of the first part: what stands there need not be said again elsewhere on the page."""
    return next((part.template for part in parts(slot, request, subject)), "")
