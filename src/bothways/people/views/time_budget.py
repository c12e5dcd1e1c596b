"""How much time one gives."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bothways.core import time
from bothways.people.actions import budgets
from bothways.people.forms.giving import TimeBudget
from bothways.people.requests import PersonRequest


def mine(request: PersonRequest) -> HttpResponse:
    person = request.person
    form = TimeBudget(request.POST if request.method == "POST" else None, minutes=person.budget_minutes)
    if form.is_valid():
        budgets.change(person, minutes=form.chosen())
        messages.success(request, _("Kept. It counts from the next introduction on."))
        return redirect("people_me", request.organisation.slug)
    month = time.month_of(time.now(), request.organisation.time_zone)
    shown = {"form": form, "month": month, "promised": budgets.promised(person, month=month)}
    return render(request, "people/profile/time.html", shown, status=422 if form.is_bound else 200)
