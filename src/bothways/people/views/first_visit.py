"""The first visit: three short screens, each may be skipped, that end on something useful to do.

Who answered an invitation is not asked again what it asked: what they bring, and how much time they give.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bothways.people.actions import first_visits
from bothways.people.forms.first_visit import Bringing, Hoping, Time
from bothways.people.models import Topic
from bothways.people.queries.topics import proposed_for
from bothways.people.requests import PersonRequest


def bring(request: PersonRequest) -> HttpResponse:
    person = request.person
    if person.answered_invitation:
        return redirect("people_welcome_hopes", request.organisation.slug)
    mine = list(Topic.objects.filter(offers__person=person).order_by("name"))
    said = {"brings": person.brings, "topics": [topic.key for topic in mine]}
    form = Bringing(
        request.POST or None, initial=said, person=person, proposed=_with(mine, proposed_for(person))
    )
    if form.is_valid():
        chosen = form.chosen()
        brings = _joined(form.cleaned_data["brings"], chosen.others)
        first_visits.bring(person, brings=brings, offers=chosen.topics)
        return redirect("people_welcome_hopes", request.organisation.slug)
    return _screen(request, "people/welcome/bring.html", form)


def hope(request: PersonRequest) -> HttpResponse:
    person = request.person
    mine = list(Topic.objects.filter(wants__person=person).order_by("name"))
    said = {"hopes": person.hopes, "topics": [topic.key for topic in mine]}
    form = Hoping(request.POST or None, initial=said, person=person, proposed=mine)
    if form.is_valid():
        chosen = form.chosen()
        hopes = _joined(form.cleaned_data["hopes"], chosen.others)
        first_visits.hope(person, hopes=hopes, wants=chosen.topics)
        return redirect("people_welcome_time", request.organisation.slug)
    return _screen(request, "people/welcome/hope.html", form)


def give(request: PersonRequest) -> HttpResponse:
    person = request.person
    if "skip" in request.POST:
        first_visits.skip(person)
        return redirect("people_welcome_done", request.organisation.slug)
    form = Time(request.POST or None, person=person)
    if form.is_valid():
        first_visits.give(person, minutes=form.given(), hours=form.hours())
        return redirect("people_welcome_done", request.organisation.slug)
    return _screen(request, "people/welcome/time.html", form)


def done(request: PersonRequest) -> HttpResponse:
    return render(request, "people/welcome/done.html")


def _screen(request: PersonRequest, template: str, form: Bringing | Hoping | Time) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if form.is_bound else 200)


def _with(mine: list[Topic], proposed: list[Topic]) -> list[Topic]:
    return list({topic.pk: topic for topic in [*mine, *proposed]}.values())


def _joined(text: str, others: list[str]) -> str:
    """Own words in which no topic was found are not lost."""
    return " ".join(part for part in (text, ", ".join(others)) if part)[:600]
