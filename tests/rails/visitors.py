"""Who comes to the door: at least fourteen kinds of visitor, in one believable pair of organisations."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from bothways.core import time
from bothways.core.models import Organisation
from bothways.people.models import Person
from tests import factories


@dataclass
class Cast:
    """The organisation `harbour` with everybody in it, and `meadow` beyond the wall."""

    harbour: Organisation
    meadow: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    def client(self, visitor: str) -> Client:
        if visitor == "anonymous":
            return Client()
        return factories.signed_in(self.people[visitor])

    def is_here(self, visitor: str) -> bool:
        """Whether the visitor is an active member of harbour."""
        person = self.people.get(visitor)
        return bool(
            person and person.organisation_id == self.harbour.pk and person.state == Person.State.ACTIVE
        )

    def has(self, visitor: str, needs: frozenset[str]) -> bool:
        return self.is_here(visitor) and needs <= ROLES.get(visitor, frozenset({"member"}))


ROLES = {
    "manager": frozenset({"member", "manager"}),
    "leader": frozenset({"member", "manager", "leader"}),
    "steward": frozenset({"member", "steward"}),
    "administrator": frozenset({"member", "steward", "administrator"}),
    "steward of the program": frozenset({"member", "steward"}),
    "steward of another program": frozenset({"member", "steward"}),
}

VISITORS = (
    "anonymous",
    "owner",
    "party",
    "report",
    "manager",
    "leader",
    "member",
    "newcomer",
    "steward",
    "administrator",
    "steward of the program",
    "steward of another program",
    "away",
    "suspended",
    "ex-member",
    "invited",
    "foreign member",
    "foreign steward",
    "foreign administrator",
)


def cast() -> Cast:
    """`owner` owns the objects that are visited, with `party` as the other side; `report` is a third."""
    found = Cast(factories.organisation(), factories.organisation("meadow"))

    def add(name: str, **fields: Any) -> Person:
        found.people[name] = factories.member(found.harbour, name.title(), **fields)
        return found.people[name]

    today = time.today()
    leader = add("leader")
    manager = add("manager", manager=leader)
    for name in ("owner", "party", "report"):
        add(name, manager=manager)
    add("member")
    add("newcomer", confirmed_at=None, has_room=False, budget_minutes=0)
    add("steward", role=Person.Role.STEWARD)
    add("administrator", role=Person.Role.ADMINISTRATOR)
    add("steward of the program", role=Person.Role.STEWARD)
    add("steward of another program", role=Person.Role.STEWARD)
    add("away", away_from=today, away_until=today + timedelta(days=9))
    add("suspended", state=Person.State.SUSPENDED)
    add("ex-member", state=Person.State.LEFT)
    add("invited", state=Person.State.INVITED)
    for role in ("member", "steward", "administrator"):
        found.people[f"foreign {role}"] = factories.member(found.meadow, f"Foreign {role}", role=role)
    return found
