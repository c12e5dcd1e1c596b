import itertools
from typing import Any

from django.test import Client

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.actions import search
from bothways.people.models import Account, Person, Topic

_numbers = itertools.count(1)


def organisation(slug: str = "harbour", **fields: Any) -> Organisation:
    return Organisation.objects.create(
        slug=slug, name=fields.pop("name", slug.title()), created_at=time.now(), **fields
    )


def member(of: Organisation, name: str = "", **fields: Any) -> Person:
    """Somebody who confirmed, was here today, and gives two hours a month."""
    number = next(_numbers)
    name = name or f"Person {number}"
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}.{number}@{of.slug}.example")
    manager: Person | None = fields.get("manager")
    if manager:
        fields.setdefault("line", f"{manager.line}{manager.pk}/")
    defaults: dict[str, Any] = {
        "account": Account.objects.create_user(email),
        "state": Person.State.ACTIVE,
        "budget_minutes": 120,
        "confirmed_at": time.now(),
        "here_on": time.today(),
        "has_room": True,
        "welcomed": True,
        "languages": ["en"],
    }
    person = Person.objects.create(organisation=of, name=name, email=email, **(defaults | fields))
    search.refresh([person])
    return person


def topic(of: Organisation, name: str, **fields: Any) -> Topic:
    key = fields.pop("key", name.lower().replace(" ", "-"))
    return Topic.objects.create(
        organisation=of, key=key, name=name, group=fields.pop("group", Topic.Group.CRAFT), **fields
    )


def signed_in(person: Person) -> Client:
    """A test client signed in as this person."""
    client = Client()
    assert person.account
    client.force_login(person.account)
    return client
