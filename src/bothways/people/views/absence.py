"""Away for a while, back again, or gone for good."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.actions import absences, members, roles
from bothways.people.forms.profile import Away, Leaving
from bothways.people.requests import PersonRequest

REFUSALS = {
    absences.Backwards: gettext_lazy("That is before the first day. Did you swap the two?"),
    absences.Past: gettext_lazy("That day is over. Is the year right?"),
    absences.TooLong: gettext_lazy(
        "That is more than two years. You can leave instead, and come back any time."
    ),
}


def mine(request: PersonRequest) -> HttpResponse:
    person = request.person
    begin = {"since": person.away_from, "until": person.away_until}
    form = Away(request.POST if request.method == "POST" else None, initial=begin, person=person)
    if form.is_valid() and _go(request, form):
        messages.success(request, _("Kept. Enjoy the quiet."))
        return redirect("people_me", request.organisation.slug)
    return render(request, "people/profile/away.html", {"form": form}, status=422 if form.is_bound else 200)


def _go(request: PersonRequest, form: Away) -> bool:
    try:
        absences.go_away(request.person, **form.cleaned_data)
    except tuple(REFUSALS) as refusal:
        form.add_error("until", REFUSALS[type(refusal)])
    return form.is_valid()


def come_back(request: PersonRequest) -> HttpResponse:
    absences.come_back(request.person)
    messages.success(request, _("Good to have you here."))
    return redirect("people_me", request.organisation.slug)


def leave(request: PersonRequest) -> HttpResponse:
    form = Leaving(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            members.leave(request.person)
        except roles.LastAdministrator:
            form.add_error(None, _("You are the only administrator here. Make somebody else one first."))
            status = 409
        else:
            return redirect("/")
    return render(request, "people/profile/leave.html", {"form": form}, status=status)
