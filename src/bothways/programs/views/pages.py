"""How the pages of programs answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from bothways.people.requests import PersonRequest

IS_SENT = gettext_lazy("This round is sent. What is sent cannot be changed.")


def show(request: PersonRequest, template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"programs/{template}.html", values, status=status)


def leads(
    request: PersonRequest, name: str, key: str = "", said: str = "", *, where: str = ""
) -> HttpResponse:
    """On to another page; `said` is what has happened, `where` of the page: its query and fragment."""
    if said:
        messages.success(request, said)
    address = {"organisation": request.organisation.slug} | ({"key": key} if key else {})
    return HttpResponseRedirect(reverse(name, kwargs=address) + where)


def refused(request: PersonRequest, why: str, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page as it stands, with what could not be done and what to do."""
    messages.error(request, why)
    return page()
