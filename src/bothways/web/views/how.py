"""How it works: one screen, for whoever would like to know before they press anything."""

from django.http import HttpResponse
from django.shortcuts import render

from bothways.people.requests import PersonRequest


def page(request: PersonRequest) -> HttpResponse:
    return render(request, "web/how.html")
