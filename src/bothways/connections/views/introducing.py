"""Any member introduces two others with a sentence why (consent.md 19)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bothways.connections.actions import introductions
from bothways.connections.forms.introducing import WhyForm
from bothways.connections.models import PassedOn
from bothways.connections.queries import colleagues
from bothways.connections.queries.introductions import A_PAGE
from bothways.people.models import Person
from bothways.people.requests import PersonRequest


def introduce(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        return _passed(request)
    return _page(request, request.GET, WhyForm())


def passed_on(request: PersonRequest) -> HttpResponse:
    page = Paginator(PassedOn.objects.mine(request.person), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "connections/introducing/passed_on.html", {"page": page})


def _passed(request: PersonRequest) -> HttpResponse:
    first, second = _two(request.person, request.POST)
    form = WhyForm(request.POST)
    if not (form.is_valid() and first and second and first != second):
        return _page(request, request.POST, form, status=422)
    try:
        introductions.introduce(first, second, by=request.person, why=form.cleaned_data["why"])
    except introductions.TooManyPassedOn:
        return _page(request, request.POST, form, status=409)
    messages.success(request, _("Passed on. What becomes of it is theirs."))
    return redirect("connections_passed_on", organisation=request.organisation.slug)


def _two(person: Person, data: Any) -> tuple[Person | None, Person | None]:
    return colleagues.of_key(person, data.get("first", "")), colleagues.of_key(person, data.get("second", ""))


def _page(request: PersonRequest, data: Any, form: WhyForm, status: int = 200) -> HttpResponse:
    """First one person, then the other, then the sentence; the address keeps what was chosen."""
    first, second = _two(request.person, data)
    second = None if first == second else second
    sought = data.get("q", "").strip()
    known = [person for person in (request.person, first, second) if person]
    found = colleagues.named(request.person, sought, leave_out=known)
    values = {"first": first, "second": second, "q": sought, "found": found, "form": form}
    values |= {
        "chosen": _chosen(first, second),
        "again_at": introductions.introduces_again_at(request.person),
    }
    return render(request, "connections/introducing/introduce.html", values, status=status)


def _chosen(first: Person | None, second: Person | None) -> list[dict[str, Any]]:
    """Those picked so far, each with the query that picks somebody else instead."""
    pairs = [(first, second), (second, first)]
    return [{"person": one, "without": f"first={other.key}" if other else ""} for one, other in pairs if one]
