"""A rehearsal: asked for, waited for, looked at, taken away as a file."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from bothways.core import keys, time
from bothways.people.requests import PersonRequest
from bothways.programs import tasks
from bothways.programs.actions import exports
from bothways.programs.actions import rounds as verbs
from bothways.programs.actions.rehearsals import AT_WORK
from bothways.programs.forms.pairs import TwoForm
from bothways.programs.matchmaking import why_not as explained
from bothways.programs.models import Rehearsal, Round
from bothways.programs.queries import changes, handwork, rehearsals, results
from bothways.programs.views.pages import leads, refused, show
from bothways.programs.views.rounds import in_words, sent_already

A_FEW = 5


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
    page = results.left_out(rehearsal, request.GET.get("page"))
    return show(request, "left_out", {"rehearsal": rehearsal, "page": page})


def why_not(request: PersonRequest, rehearsal: Rehearsal) -> HttpResponse:
    """Two names, and why these two are not introduced."""
    form = TwoForm(request.POST if request.method == "POST" else None, program=rehearsal.round.program)
    ready = rehearsal.state == Rehearsal.State.READY
    values: dict[str, Any] = {"rehearsal": rehearsal, "form": form, "ready": ready}
    if ready and form.is_valid():
        values |= {"two": form.chosen(), "answer": explained.answer(rehearsal, *form.chosen())}
    return show(request, "why_not", values, 422 if form.errors else 200)


def file(request: PersonRequest, rehearsal: Rehearsal) -> HttpResponse | StreamingHttpResponse:
    """Who is introduced to whom, with both addresses; that it was taken stands in the trail."""
    if rehearsal.state != Rehearsal.State.READY:
        return refused(request, _("There are no pairs yet."), lambda: of(request, rehearsal, 409))
    lines = exports.take(rehearsal, by=request.person)
    response = StreamingHttpResponse(
        (line.encode() for line in lines), content_type="text/csv; charset=utf-8"
    )
    name = f"rehearsal-{rehearsal.number}-{time.today(request.organisation.time_zone)}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def of(request: PersonRequest, rehearsal: Rehearsal, status: int = 200) -> HttpResponse:
    """The rehearsal's page, whatever has become of it."""
    values: dict[str, Any] = {
        "rehearsal": rehearsal,
        "round": rehearsal.round,
        "program": rehearsal.round.program,
        "at_work": rehearsal.state in AT_WORK,
    }
    if rehearsal.state == Rehearsal.State.READY:
        values |= _result(request, rehearsal)
        # what was settled since must be rehearsed before it can be sent: then that is the next step
        values["settled_since"] = not (rehearsal.round.sent_at or changes.since(rehearsal).may_be_sent)
    return show(request, "rehearsal", values, status)


def _result(request: PersonRequest, rehearsal: Rehearsal) -> dict[str, Any]:
    at = keys.read(request.GET.get("at", ""))
    sought = request.GET.get("q", "").strip()[:120]
    out = results.left_out(rehearsal)
    many_out = out.paginator.count > A_FEW + 1  # for one alone nobody goes to another page
    return {
        "q": sought,
        "page": rehearsals.pairs(rehearsal, sought, request.GET.get("page"), at),
        "at": at,
        "out": list(out)[: A_FEW if many_out else A_FEW + 1],
        "more_out": many_out,
        **_as_a_whole(rehearsal),
        **in_words(rehearsal),
    }


def _as_a_whole(rehearsal: Rehearsal) -> dict[str, Any]:
    figures = results.figures(rehearsal)
    least, as_little = rehearsals.least(rehearsal)
    return {
        "figures": figures,
        "drawn": rehearsals.drawn(rehearsal, figures),
        "beside": handwork.beside(rehearsal),
        "least": least,
        "as_little": as_little,
    }
