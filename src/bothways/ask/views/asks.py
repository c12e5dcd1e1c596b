"""An ask after it was pressed: its plan, and what its author may do."""

from django.http import HttpResponse

from bothways.ask.actions import asks
from bothways.ask.models import Ask
from bothways.ask.queries import asks as asks_of
from bothways.ask.views.pages import leads, show
from bothways.people.requests import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    return show(request, "asks", {"page": asks_of.mine(request.person, request.GET.get("page", 1))})


def page(request: PersonRequest, ask: Ask) -> HttpResponse:
    return show(request, "show", {"progress": asks_of.progress(ask)})


def withdraw(request: PersonRequest, ask: Ask) -> HttpResponse:
    asks.withdraw(ask)
    return leads(request, "ask_show", ask.key)


def keep(request: PersonRequest, ask: Ask) -> HttpResponse:
    if ask.is_running or ask.found:
        return show(request, "show", {"progress": asks_of.progress(ask)}, status=409)
    try:
        asks.keep(ask)
    except asks.TooManyKeptOpen:
        values = {"progress": asks_of.progress(ask), "too_many_kept": True}
        return show(request, "show", values, status=409)
    return leads(request, "ask_show", ask.key)


def put_away(request: PersonRequest, ask: Ask) -> HttpResponse:
    asks.put_away(ask)
    return leads(request, "ask_show", ask.key)
