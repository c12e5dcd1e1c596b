"""Belonging to an organisation: suspended, gone, back again. Everything is over by the next request."""

from typing import Any

from django.db import IntegrityError, transaction

from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people import events
from bothways.people.actions import availability, search
from bothways.people.actions.roles import keep_an_administrator
from bothways.people.models import Person, Team

State = Person.State
LEAVING = {"state": State.LEFT, "role": Person.Role.MEMBER, "has_room": False}


class NotYours(Exception):
    """A steward may not say of a steward or an administrator that they have left."""


class OnTheList(Exception):
    """Somebody with this address belongs to the organisation, or did."""


class Theirs(Exception):
    """Whoever has been here says themselves what they are called."""


class AlreadySo(Exception):
    """The person is in no state from which this could be done."""


@verb
def add(*, by: Person, email: str, name: str, title: str = "", team: str = "") -> Person:
    """Somebody who belongs here and is not on the list yet: awaited from now on. Raises `OnTheList`."""
    organisation, email = by.organisation, email.lower()
    if Person.objects.filter(organisation=organisation, email__iexact=email).exists():
        raise OnTheList
    said = {"email": email, "name": name, "title": title, "team": _team(organisation.pk, team)}
    try:
        with transaction.atomic():
            person = Person.objects.create(
                organisation=organisation, time_zone=organisation.time_zone, **said
            )
    except IntegrityError as same_moment:
        raise OnTheList from same_moment
    search.refresh([person])
    return person


@verb
def mend(person: Person, *, title: str | None = None, team: str | None = None, name: str = "") -> None:
    """What the list says of somebody, put right: their work always; what is not given stays as it is.

    Raises `Theirs` where another name is given of somebody who has been here meanwhile, `AlreadySo` of
    somebody who has left.
    """
    current = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if current.state == State.LEFT:
        raise AlreadySo
    if name and name != current.name and not current.is_on_a_list_alone:
        raise Theirs
    current.name = name or current.name
    current.title = current.title if title is None else title
    current.team = current.team if team is None else _team(current.organisation_id, team)
    current.save(update_fields=["name", "title", "team"])
    search.refresh([current])


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
    availability.of(person)
    search.refresh([person])


def _team(organisation_id: int, name: str) -> Team | None:
    """The team of that name; else one whose name has the same letters, small or capital; else a new one."""
    if not name:
        return None
    there = Team.objects.filter(organisation=organisation_id).order_by("pk")
    alike = [team for team in there if team.name.casefold() == name.casefold()]
    alike.sort(key=lambda team: team.name != name)
    return alike[0] if alike else Team.objects.get_or_create(organisation_id=organisation_id, name=name)[0]


def _send_away(person: Person, change: dict[str, Any], *, since: tuple[State, ...]) -> None:
    keep_an_administrator(person)
    if not Person.objects.filter(pk=person.pk, state__in=since).update(**change):
        raise AlreadySo
    person.invitations.filter(used_at=None).update(ends_at=time.now())
    search.refresh([person])
    record(events.PersonWentAway(person=person.key))
