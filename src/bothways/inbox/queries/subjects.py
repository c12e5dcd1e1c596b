"""What messages are about, fetched within what their reader may see, a query for each sort of thing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db.models import Model, Q, QuerySet

from bothways.ask.models import Ask, StewardAsk
from bothways.connections.models import (
    Agreement,
    Concern,
    Connection,
    Introduction,
    Meeting,
    MoreAsked,
    Reflection,
)
from bothways.core.prepared import Prepared, Somebody
from bothways.people.models import Invitation, Person
from bothways.programs.models import Rehearsal

Found = QuerySet[Any]


def _more_asked(person: Person) -> Found:
    """The other's "tell me more", also for an ask's author (consent.md 27), and what they replied to mine."""
    sides = Q(introduction__first=person) | Q(introduction__second=person)
    return MoreAsked.objects.filter(sides, introduction__delivered=True).select_related(
        "introduction__first", "introduction__second", "introduction__queue", "by"
    )


def _learned(person: Person) -> Found:
    sides = Q(meeting__connection__first=person) | Q(meeting__connection__second=person)
    shared = Reflection.objects.filter(sides, shared=True).exclude(author=person)
    return shared.select_related("meeting__connection__first", "meeting__connection__second", "author")


SCOPES: dict[str, Callable[[Person], Found]] = {
    "agreement": Agreement.objects.ours,
    "ask": Ask.objects.mine,
    "concern": Concern.objects.ours,
    "connection": Connection.objects.ours,
    "introduction": Introduction.objects.ours,
    "invitation": lambda person: Invitation.objects.filter(person=person).select_related(
        "person__organisation", "by"
    ),
    "meeting": Meeting.objects.ours,
    "more": _more_asked,
    "reflection": _learned,
    "rehearsal": Rehearsal.objects.stewarded,
    "steward": StewardAsk.objects.ours,
}


def about(thing: Any) -> str:
    """`meeting:abc`, for a message to remember what it is about."""
    return f"{_SORTS[type(thing)]}:{thing.key}"


def matter(thing: Any, *, each: bool) -> str:
    """What mails of one kind are counted by: the thing, or for times and versions the two they are between.

    `each`: every meeting for itself, because a calendar takes each from its own mail.
    """
    between = thing.connection if isinstance(thing, Agreement | Meeting) and not each else thing
    return about(between)


_SORTS: dict[type[Model], str] = {
    Agreement: "agreement",
    Ask: "ask",
    Concern: "concern",
    Connection: "connection",
    Introduction: "introduction",
    Invitation: "invitation",
    Meeting: "meeting",
    MoreAsked: "more",
    Reflection: "reflection",
    Rehearsal: "rehearsal",
    StewardAsk: "steward",
}


def of(person: Person, abouts: Iterable[str]) -> dict[str, Any]:
    """The things by `about`; what is gone, or is not this person's to see, is missing."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in abouts:
        sort, _, key = one.partition(":")
        if sort in SCOPES:
            wanted[sort].add(key)
    return {
        f"{sort}:{thing.key}": thing
        for sort, keys in sorted(wanted.items())
        for thing in _named(sort)(person.pk, person.organisation_id, sorted(keys))
    }


@cache
def _named(sort: str) -> Prepared[Any]:
    scope: Callable[[Any], Found] = SCOPES[sort]
    return Prepared(
        lambda person, organisation, keys: scope(Somebody(person, organisation)).filter(key__in=keys)
    )
