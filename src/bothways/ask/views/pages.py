"""How the pages of ask answer."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bothways.people.requests import PersonRequest


def show(request: PersonRequest, template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"ask/{template}.html", values, status=status)


def leads(request: PersonRequest, name: str, key: str = "") -> HttpResponse:
    where = {"organisation": request.organisation.slug} | ({"key": key} if key else {})
    return HttpResponseRedirect(reverse(name, kwargs=where))
