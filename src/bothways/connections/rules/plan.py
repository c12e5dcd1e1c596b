"""What an asker may know of how the asking goes: its dates, fixed by the list and the kind alone."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from bothways.connections.rules import kinds


@dataclass(frozen=True)
class Plan:
    """`next_at`: by then we'll have asked somebody else, None where everybody's turn comes at once.

    `hear_by`: whatever happens, the author hears from us by then.
    """

    next_at: datetime | None
    hear_by: datetime


def turns(people: int, at_once: int) -> int:
    """How many turns it takes to ask that many people, if all of them have room."""
    return ceil(people / at_once)


def plan(kind: str, turns: int, *, begin: datetime, zone: str, of_round: bool = False) -> Plan:
    """The plan of that many turns, the first at `begin`, on the clocks of the organisation's `zone`.

    Reads no answer, and could not.
    """
    moments = [begin]
    while len(moments) < turns:
        moments.append(kinds.fallback_after(kind, moments[-1], zone, of_round=of_round))
    lasts = kinds.pace(kind, of_round=of_round).lasts
    return Plan(moments[1] if turns > 1 else None, moments[-1] + lasts)
