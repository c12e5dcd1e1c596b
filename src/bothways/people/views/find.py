"""Finding people."""

from django.http import HttpResponse
from django.shortcuts import render

from bothways.people.forms.find import Find
from bothways.people.queries.find import find
from bothways.people.queries.spoken import languages_spoken
from bothways.people.requests import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    form = Find(request.GET, spoken=languages_spoken(request.organisation))
    wish = form.wish()
    found = find(request.person, wish, page=request.GET.get("page"))
    return render(request, "people/find/index.html", {"form": form, "wish": wish, "found": found})
