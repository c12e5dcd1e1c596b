"""A person's page, and the pages on which one writes one's own."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bothways.people.actions import profiles
from bothways.people.forms.profile import About, Saying, Words
from bothways.people.models import Person
from bothways.people.queries.profiles import seen_by
from bothways.people.requests import PersonRequest


def show(request: PersonRequest, colleague: Person) -> HttpResponse:
    profile = seen_by(request.person, colleague)
    return render(request, "people/profile/show.html", {"profile": profile, "colleague": colleague})


def overview(request: PersonRequest) -> HttpResponse:
    return render(request, "people/profile/overview.html")


def about(request: PersonRequest) -> HttpResponse:
    return _write(request, About(_sent(request), person=request.person), "people/profile/about.html")


def words(request: PersonRequest) -> HttpResponse:
    return _write(request, Words(_sent(request), person=request.person), "people/profile/words.html")


def _sent(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _write(request: PersonRequest, form: Saying, template: str) -> HttpResponse:
    if form.is_valid():
        profiles.change(request.person, form.said())
        messages.success(request, _("Kept."))
        return redirect("people_me", request.organisation.slug)
    return render(request, template, {"form": form}, status=422 if form.is_bound else 200)
