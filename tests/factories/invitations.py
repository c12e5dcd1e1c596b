"""Somebody who is awaited, and the invitation on its way to them."""

from typing import Any

from bothways.core.models import Organisation, RecordedEvent
from bothways.people.actions import invitations
from bothways.people.models import Invitation, Person
from tests import factories


def newcomer(of: Organisation, name: str = "Nina", **fields: Any) -> Person:
    email = fields.pop("email", f"{name.lower()}@{of.slug}.example")
    return Person.objects.create(organisation=of, name=name, email=email, **fields)


def steward(of: Organisation) -> Person:
    return factories.member(of, "Stella", role=Person.Role.STEWARD)


def invited(of: Organisation, name: str = "Nina", **fields: Any) -> Invitation:
    person = newcomer(of, name, **fields)
    invitations.invite([person], by=steward(of))
    return person.invitations.get()


def events_of(name: str) -> list[dict[str, Any]]:
    return list(RecordedEvent.objects.filter(name=f"people.{name}").values_list("payload", flat=True))
