"""Rehearsals that nobody had to work out, for pages that show them."""

from collections.abc import Sequence
from typing import Any

from bothways.core import time
from bothways.people.models import Person
from bothways.programs.actions import rehearsals
from bothways.programs.models import LeftOut, Pairing, Rehearsal, Round

PARTS = [
    {"kind": "shared topic", "what": "mending", "points": 108, "count": 1},
    {"kind": "hours in common", "what": "", "points": 4, "count": 4},
]
REASON = {"kind": "offers", "topic": "Mending nets"}
ONE_MORE = {"kind": "one more place", "topic": "", "hour": -1, "rule": ""}
FULL = {"binding": "full", "rules": [], "changes": [ONE_MORE]}


def figures(seekers: int, served: int) -> dict[str, Any]:
    """As a rehearsal keeps them, of so many who seek."""
    group = [["Nets", seekers, served]] if seekers >= 5 else []
    return {
        "seekers": seekers,
        "givers": served,
        "places": served,
        "served": served,
        "total": 112 * served,
        "worst": 112 if served else None,
        "hours_least": 4 if served else None,
        "hours_median": 4 if served else None,
        "load": [[1, served]],
        "fairness": {"team": group, "place": [], "tenure": []},
        "verified": True,
        "fairest": True,
    }


def ready(of: Round, pairs: Sequence[tuple[Person, Person]], out: Sequence[Person] = ()) -> Rehearsal:
    """A rehearsal as it would be worked out."""
    made, _fresh = rehearsals.begin(of, by=of.program.stewards.first())
    Rehearsal.objects.filter(pk=made.pk).update(
        state=Rehearsal.State.READY,
        progress=100,
        ready_at=time.now(),
        figures=figures(len(pairs) + len(out), len(pairs)),
        certificate="{}",
    )
    Pairing.objects.bulk_create(pairing(made, seeker, giver) for seeker, giver in pairs)
    LeftOut.objects.bulk_create(LeftOut(rehearsal=made, person=person, why=FULL) for person in out)
    made.refresh_from_db()
    return made


def pairing(of: Rehearsal, seeker: Person, giver: Person) -> Pairing:
    said: dict[str, Any] = {"parts": PARTS, "reason": REASON, "reason_back": REASON}
    return Pairing(rehearsal=of, seeker=seeker, giver=giver, score=112, hours=4, **said)
