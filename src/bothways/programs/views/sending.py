"""Sending a round: what will happen, in plain words, and the one button."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.connections.rules import kinds
from bothways.core import time
from bothways.people.requests import PersonRequest
from bothways.programs.actions import rounds, sending
from bothways.programs.models import Program, Rehearsal
from bothways.programs.queries import changes, results
from bothways.programs.views import rehearsals
from bothways.programs.views.pages import leads, refused, show

REFUSALS: dict[type[Exception], str | Promise] = {
    rounds.IsSent: _("This round is sent already. Nothing was sent twice."),
    sending.NotReady: _("This rehearsal has no pairs. Rehearse again, then send."),
    sending.Closed: _("The program is closed. Open it again, then send."),
}


def send(request: PersonRequest, rehearsal: Rehearsal) -> HttpResponse:
    if rehearsal.round.sent_at:
        return _refused(request, rehearsal, rounds.IsSent())
    if rehearsal.state != Rehearsal.State.READY:
        return _refused(request, rehearsal, sending.NotReady())
    if request.method != "POST":
        return _page(request, rehearsal, changes.since(rehearsal))
    try:
        sent = sending.send(rehearsal, by=request.person, anyway="anyway" in request.POST)
    except sending.Outdated as outdated:
        return _page(request, rehearsal, outdated.changes, 409)
    except tuple(REFUSALS) as refusal:
        return _refused(request, rehearsal, refusal)
    said = _("Sent. Within minutes both sides of each introduction are asked, each in private.")
    return leads(request, "programs_round", sent.key, str(said))


def _page(
    request: PersonRequest, rehearsal: Rehearsal, changed: changes.Changes, status: int = 200
) -> HttpResponse:
    program = rehearsal.round.program
    values: dict[str, Any] = {
        "rehearsal": rehearsal,
        "round": rehearsal.round,
        "program": program,
        "figures": results.figures(rehearsal),
        "ranks": results.ranks(rehearsal),
        "changes": changed,
        "turn": _turn(program),
        "days": kinds.pace(program.kind, of_round=True).fallback_working_days,
    }
    return show(request, "send", values, status)


def _turn(program: Program) -> datetime:
    """When whoever is not connected gets the next of their list."""
    return kinds.fallback_after(program.kind, time.now(), program.organisation.time_zone, of_round=True)


def _refused(request: PersonRequest, rehearsal: Rehearsal, refusal: Exception) -> HttpResponse:
    why = str(REFUSALS[type(refusal)])
    return refused(request, why, lambda: rehearsals.of(request, rehearsal, 409))
