"""One's usual hours."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bothways.people.actions import profiles
from bothways.people.forms.hours import Hours
from bothways.people.requests import PersonRequest


def mine(request: PersonRequest) -> HttpResponse:
    form = Hours(request.POST if request.method == "POST" else None, person=request.person)
    if form.is_valid():
        profiles.change(request.person, {"hours": [shift.stored() for shift in form.shifts()]})
        messages.success(request, _("Kept."))
        return redirect("people_me", request.organisation.slug)
    return render(request, "people/profile/hours.html", {"form": form}, status=422 if form.is_bound else 200)
