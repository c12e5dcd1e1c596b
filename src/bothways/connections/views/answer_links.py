"""Answering by a link from a mail. The page always shows all the choices and never an answer (rule 22)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bothways.connections.actions import answers
from bothways.connections.forms.answers import Choices
from bothways.connections.queries import answer_links
from bothways.connections.queries.answer_links import Behind
from bothways.connections.queries.introductions import Shown
from bothways.connections.views.introductions import act


def answer(request: HttpRequest, token: str) -> HttpResponse:
    found = answer_links.behind(token)
    if found is None:
        raise Http404
    with timezone.override(found.person.time_zone):
        return _answered(request, found) if request.method == "POST" else _page(request, found)


def _answered(request: HttpRequest, found: Behind) -> HttpResponse:
    choices = Choices(found.introduction, found.person, request.POST, by_link=True)
    if not choices.is_valid():
        return _page(request, found, choices, status=422)
    try:
        act(found.introduction, found.person, choices)
    except answers.Over:
        return _page(request, found, over=True, status=409)
    return _page(request, found, kept=True)


def _page(
    request: HttpRequest,
    found: Behind,
    choices: Choices | None = None,
    *,
    kept: bool = False,
    over: bool = False,
    status: int = 200,
) -> HttpResponse:
    """What it says of answers is the same after any of them, and whatever was answered before."""
    shown = Shown(found.introduction, found.person)
    choices = choices or Choices(found.introduction, found.person, by_link=True)
    values = {"shown": shown, "choices": choices, "kept": kept, "over": over or not shown.open}
    values["organisation_name"] = found.person.organisation.name
    return render(request, "connections/introductions/link.html", values, status=status)
