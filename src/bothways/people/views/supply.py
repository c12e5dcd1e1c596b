"""The stewards' pages about supply: what nobody offers, whom nobody has reached."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.people.actions import invitations
from bothways.people.forms.supply import Invited
from bothways.people.queries import invitations as who
from bothways.people.queries.supply import wanted_not_offered
from bothways.people.requests import PersonRequest

A_PAGE = 25


def wanted(request: PersonRequest) -> HttpResponse:
    found = list(wanted_not_offered(request.person))  # a few hundred at most: counted and shown in one go
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    waiting = who.not_reached(request.organisation.pk).count()
    return render(request, "people/supply/wanted.html", {"page": page, "waiting": waiting})


def not_reached(request: PersonRequest) -> HttpResponse:
    return _not_reached(request, status=200)


def invite(request: PersonRequest) -> HttpResponse:
    form = Invited(request.POST, by=request.person)
    everybody = "everybody" in request.POST
    if not everybody and not form.is_valid():
        messages.error(request, _("Tick at least one person, then invite them."))
        return _not_reached(request, status=422)
    try:
        number = _invite(request, form, everybody)
    except invitations.TooSoon:
        messages.error(request, _("Nobody was invited: they are here, or were invited within the last day."))
        return _not_reached(request, status=409)
    messages.success(request, _on_their_way(number))
    return redirect("people_not_reached", request.organisation.slug)


def _invite(request: PersonRequest, form: Invited, everybody: bool) -> int:
    if everybody:
        return invitations.invite_everybody(by=request.person)
    return invitations.invite(list(form.cleaned_data["person"]), by=request.person)


def _on_their_way(number: int) -> str:
    said = ngettext("An invitation is on its way.", "%(number)s invitations are on their way.", number)
    return said % {"number": number}


def _not_reached(request: PersonRequest, *, status: int) -> HttpResponse:
    awaited = who.by_need(who.awaited(request.organisation.pk))
    page = Paginator(awaited, A_PAGE).get_page(request.GET.get("page"))
    waiting = who.not_reached(request.organisation.pk).count()
    some_may = any(vars(each)["rested"] for each in page)
    shown = {"page": page, "waiting": waiting, "some_may": some_may}
    return render(request, "people/supply/not_reached.html", shown, status=status)
