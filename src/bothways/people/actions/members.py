"""Belonging to an organisation: suspended, gone, back again. Everything is over by the next request."""

from typing import Any

from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people import events
from bothways.people.actions import search
from bothways.people.actions.roles import keep_an_administrator
from bothways.people.models import Person

State = Person.State
LEAVING = {"state": State.LEFT, "role": Person.Role.MEMBER, "has_room": False}


class NotYours(Exception):
    """A steward may not say of a steward or an administrator that they have left."""


class AlreadySo(Exception):
    """The person is in no state from which this could be done."""


@verb
def suspend(person: Person) -> None:
    """Out until taken back."""
    _send_away(person, {"state": State.SUSPENDED, "has_room": False}, since=(State.ACTIVE, State.INVITED))


@verb
def mark_left(person: Person, *, by: Person) -> None:
    """Gone from the organisation, and from what they looked after."""
    if "administrator" not in by.roles and person.role != Person.Role.MEMBER:
        raise NotYours
    _send_away(person, LEAVING, since=(State.ACTIVE, State.INVITED, State.SUSPENDED))


@verb
def leave(person: Person) -> None:
    """Gone by their own wish."""
    _send_away(person, LEAVING, since=(State.ACTIVE,))


@verb
def take_back(person: Person) -> None:
    """Back: the suspended as they were, those who left as members; whoever never came is awaited again.

    What has ended stays ended.
    """
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if locked.state not in (State.SUSPENDED, State.LEFT):
        raise AlreadySo
    back = State.ACTIVE if locked.account_id else State.INVITED
    Person.objects.filter(pk=person.pk).update(state=back)
    search.refresh([person])


def _send_away(person: Person, change: dict[str, Any], *, since: tuple[State, ...]) -> None:
    keep_an_administrator(person)
    if not Person.objects.filter(pk=person.pk, state__in=since).update(**change):
        raise AlreadySo
    person.invitations.filter(used_at=None).update(ends_at=time.now())
    search.refresh([person])
    record(events.PersonWentAway(person=person.key))
