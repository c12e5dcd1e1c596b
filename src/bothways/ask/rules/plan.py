"""What an asker may know of how the asking goes: its dates, fixed by the list and the kind alone."""

from dataclasses import dataclass
from datetime import datetime

from bothways.connections.rules import kinds


@dataclass(frozen=True)
class Plan:
    """`next_at`: by then we'll have asked somebody else, None where everybody's turn comes at once.

    `hear_by`: whatever happens, the author hears from us by then.
    """

    next_at: datetime | None
    hear_by: datetime


def plan(kind: str, people: int, at_once: int, *, begin: datetime, zone: str) -> Plan:
    """The plan of asking that many people from `begin` on, on the clocks of the organisation's `zone`.

    Reads no answer, and could not.
    """
    rhythm = kinds.pace(kind)
    turn, waiting = begin, people - at_once
    next_at = kinds.fallback_after(kind, begin, zone) if waiting > 0 else None
    while waiting > 0:
        turn = kinds.fallback_after(kind, turn, zone)
        waiting -= at_once
    return Plan(next_at, turn + rhythm.lasts)
