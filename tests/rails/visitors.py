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

    leader = factories.member(found.harbour, "Leader")
    manager = factories.member(found.harbour, "Manager", manager=leader)
    found.people |= {"leader": leader, "manager": manager}
    today = time.today()
    others: dict[str, dict[str, Any]] = {
        **{name: {"manager": manager} for name in ("owner", "party", "report")},
        "member": {},
        "newcomer": {"confirmed_at": None, "has_room": False, "budget_minutes": 0},
        "steward": {"role": Person.Role.STEWARD},
        "administrator": {"role": Person.Role.ADMINISTRATOR},
        "steward of the program": {"role": Person.Role.STEWARD},
        "steward of another program": {"role": Person.Role.STEWARD},
        "away": {"away_from": today, "away_until": today + timedelta(days=9)},
        "suspended": {"state": Person.State.SUSPENDED},
        "ex-member": {"state": Person.State.LEFT},
        "invited": {"state": Person.State.INVITED},
    }
    here = factories.members(found.harbour, {name.title(): fields for name, fields in others.items()})
    found.people |= dict(zip(others, here, strict=True))
    foreign = ("member", "steward", "administrator")
    there = factories.members(found.meadow, {f"Foreign {role}": {"role": role} for role in foreign})
    found.people |= dict(zip((f"foreign {role}" for role in foreign), there, strict=True))
    return found
