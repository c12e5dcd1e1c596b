"""How it works: one screen, for whoever would like to know before they press anything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bothways.people.requests import PersonRequest


def page(request: PersonRequest) -> HttpResponse:
    return render(request, "web/how.html")


def outside(request: HttpRequest) -> HttpResponse:
    """The same before anybody has come in."""
    return render(request, "web/how_outside.html")
