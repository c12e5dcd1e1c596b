"""A rehearsal: asked for, waited for, looked at, taken away as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from bothways.people.requests import PersonRequest
from bothways.programs import tasks
from bothways.programs.actions import rounds as verbs
from bothways.programs.actions.rehearsals import AT_WORK
from bothways.programs.models import Rehearsal, Round
from bothways.programs.queries import rehearsals, rounds
from bothways.programs.views.pages import A_PAGE, leads, show
from bothways.programs.views.rounds import sent_already


def begin(request: PersonRequest, round_: Round) -> HttpResponse:
    try:
        made = tasks.rehearse(round_, by=request.person)
    except verbs.IsSent:
        return sent_already(request, round_)
    return leads(request, "programs_rehearsal", made.key)


def page(request: PersonRequest, rehearsal: Rehearsal) -> HttpResponse:
    return of(request, rehearsal)


def progress(request: PersonRequest, rehearsal: Rehearsal) -> HttpResponse:
    at_work = rehearsal.state in AT_WORK
    response = show(request, "parts/working", {"rehearsal": rehearsal, "at_work": at_work})
    if not at_work:
        response["HX-Refresh"] = "true"
    return response


def left_out(request: PersonRequest, rehearsal: Rehearsal) -> HttpResponse:
    found = Paginator(rehearsals.left_out(rehearsal), A_PAGE).get_page(request.GET.get("page"))
    values = {"rehearsal": rehearsal, "page": found, "out": rehearsals.out_in_words(rehearsal, found)}
    return show(request, "left_out", values)


def of(request: PersonRequest, rehearsal: Rehearsal, status: int = 200) -> HttpResponse:
    """The rehearsal's page, whatever has become of it."""
    values: dict[str, Any] = {
        "rehearsal": rehearsal,
        "round": rehearsal.round,
        "program": rehearsal.round.program,
        "at_work": rehearsal.state in AT_WORK,
        "problem": rehearsal.get_problem_display(),
    }
    if rehearsal.state == Rehearsal.State.READY:
        values |= _result(request, rehearsal)
    return show(request, "rehearsal", values, status)


def _result(request: PersonRequest, rehearsal: Rehearsal) -> dict[str, Any]:
    sought = request.GET.get("q", "").strip()[:120]
    pairs = Paginator(rehearsals.called_so(rehearsal, sought), A_PAGE).get_page(request.GET.get("page"))
    out = list(rehearsals.left_out(rehearsal)[: rehearsals.A_FEW + 1])
    return {
        "figures": rehearsals.figures(rehearsal.figures),
        "hours": rehearsals.hours_in_common(rehearsal),
        "worst": rehearsals.worst_off(rehearsal),
        "q": sought,
        "page": pairs,
        "pairs": rehearsals.told(rehearsal, list(pairs)),
        "out": rehearsals.out_in_words(rehearsal, out[: rehearsals.A_FEW]),
        "more_out": len(out) > rehearsals.A_FEW,
        "rules": rounds.rules_in_force(rehearsal.rules),
        "weights": rounds.weights_in_force(rehearsal.weights),
    }
