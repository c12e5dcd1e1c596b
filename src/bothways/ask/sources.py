"""Where help may come from. People are the first source; upper apps register theirs in `AppConfig.ready`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.people.models import Person


class Group(models.TextChoices):
    """The four groups of the page, in their order. An empty one is not shown."""

    PEOPLE = "people", _("People who might help")
    ROOMS = "rooms", _("Rooms you could sit in on")
    ANSWERS = "answers", _("Answers already given")
    READING = "reading", _("Something to read, and communities")

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"group-{self.value}"


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """What is asked, by whom. `topics` were picked, not found; `struck` are keys not to show again.

    `openly`: somebody else looks on this person's behalf, so nothing private may leave anybody out.
    """

    person: Person
    sentence: str
    topics: tuple[str, ...] = ()
    struck: frozenset[str] = frozenset()
    with_line: bool = False
    openly: bool = False


class Source(Protocol):
    """Finds a few things of one group; each is drawn by `template` as `finding`."""

    @property
    def group(self) -> Group: ...

    @property
    def template(self) -> str: ...

    def find(self, inquiry: Inquiry) -> Sequence[Any]:
        """At most five, best first, in a constant number of queries."""
        ...


@dataclass(frozen=True)
class Found:
    group: Group
    template: str
    findings: Sequence[Any]


_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def look(inquiry: Inquiry) -> list[Found]:
    """What every source finds, in the order of the groups, without the empty ones."""
    found = [Found(source.group, source.template, source.find(inquiry)) for source in _sources]
    order = list(Group)
    return sorted((each for each in found if each.findings), key=lambda each: order.index(each.group))
