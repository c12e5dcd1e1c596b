"""Home: what is next for me. One next step on top, then whatever upper apps have for this person."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bothways.core import slots
from bothways.people.requests import PersonRequest


def home(request: PersonRequest) -> HttpResponse:
    if not request.person.welcomed:
        return redirect(reverse("people_welcome", kwargs={"organisation": request.organisation.slug}))
    steps = slots.parts("home.next", request, request.person)
    return render(request, "web/home.html", {"next_step": steps[0] if steps else None})
