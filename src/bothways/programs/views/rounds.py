"""A round: who is in, what counts, rehearsed as often as one likes, sent once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from bothways.people.requests import PersonRequest
from bothways.programs.actions import rounds
from bothways.programs.forms.terms import CompareForm, TermsForm
from bothways.programs.models import Program, Rehearsal, Round
from bothways.programs.queries import compared, handwork
from bothways.programs.queries import programs as of_programs
from bothways.programs.queries import rounds as of_rounds
from bothways.programs.queries.results import A_PAGE
from bothways.programs.views import programs
from bothways.programs.views.pages import IS_SENT, leads, refused, show


def open_one(request: PersonRequest, program: Program) -> HttpResponse:
    try:
        return leads(request, "programs_round", rounds.open(program, by=request.person).key)
    except rounds.NotOpen:
        messages.error(
            request, _("No round can be opened now: the program is closed, or a round waits to be sent.")
        )
        return programs.of(request, program, status=409)


def page(request: PersonRequest, round_: Round) -> HttpResponse:
    return of(request, round_)


def settle(request: PersonRequest, round_: Round) -> HttpResponse:
    form = TermsForm(request.POST, round_=round_)
    if not form.is_valid():
        return of(request, round_, form, 422)
    try:
        rounds.settle(round_, rules=form.cleaned_data["rules"], weights=form.weights(), by=request.person)
    except rounds.IsSent:
        return sent_already(request, round_)
    said = _("Kept. The next rehearsal goes by it.")
    return leads(request, "programs_round", round_.key, said)


def trail(request: PersonRequest, round_: Round) -> HttpResponse:
    page = Paginator(of_rounds.trail(round_), A_PAGE).get_page(request.GET.get("page"))
    values = {"round": round_, "page": page, "lines": of_rounds.told(list(page))}
    return show(request, "trail", values)


def compare(request: PersonRequest, round_: Round) -> HttpResponse:
    """Two rehearsals side by side; picked on the page, or in its address."""
    known = of_rounds.ready(round_)
    form = CompareForm(request.GET if "a" in request.GET else None, rehearsals=of_rounds.choices(known))
    values: dict[str, Any] = {
        "round": round_,
        "program": round_.program,
        "form": form,
        "several": len(known) > 1,
    }
    if form.is_valid():
        a, b = (known[form.cleaned_data[name]] for name in ("a", "b"))
        values |= {"a": a, "b": b, "compared": compared.side_by_side(a, b, request.GET.get("page"))}
        values |= {"terms": of_rounds.differing_terms(a, b), "by_hand": handwork.differing(a, b)}
    return show(request, "compare", values, 422 if form.errors else 200)


def sent_already(request: PersonRequest, round_: Round) -> HttpResponse:
    return refused(request, str(IS_SENT), lambda: of(request, round_, status=409))


def of(
    request: PersonRequest, round_: Round, form: TermsForm | None = None, status: int = 200
) -> HttpResponse:
    """The round's page, perhaps with terms that need another look."""
    values = {
        "round": round_,
        "program": round_.program,
        "counts": of_programs.counts(round_.program),
        "form": form or TermsForm(round_=round_),
        "page": Paginator(of_rounds.rehearsals(round_), A_PAGE).get_page(request.GET.get("page")),
        "steps": of_rounds.steps(round_) if round_.sent_at else [],
        "pins": of_rounds.pins(round_),
    }
    return show(request, "round", values | in_words(round_), status)


def in_words(settled: Round | Rehearsal) -> dict[str, Any]:
    """What counts, or counted."""
    return {
        "rules": of_rounds.rules_in_force(settled.rules),
        "weights": of_rounds.weights_in_force(settled.weights),
    }
