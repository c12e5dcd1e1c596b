"""The invitation's page: answered without signing in, in a minute."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bothways.people.actions import invitations
from bothways.people.forms.answers import Answer
from bothways.people.models import Invitation
from bothways.people.queries import invitations as links
from bothways.people.queries.topics import proposed_for
from bothways.ui import addresses

JUST_JOINED = "people_just_joined"


def join(request: HttpRequest, token: str) -> HttpResponse:
    invitation = links.open_behind(token)
    if invitation is None:
        return _over(request)
    if request.POST.get("answer") == "no":
        return _declined(request, invitation)
    proposed = proposed_for(invitation.person)
    form = Answer(request.POST or None, person=invitation.person, proposed=proposed)
    if form.is_valid():
        return _confirmed(request, token, invitation, form)
    shown = {"form": form, "invited": invitation.person, "token": token}
    return render(request, "people/join/answer.html", shown, status=422 if form.is_bound else 200)


def _confirmed(request: HttpRequest, token: str, invitation: Invitation, form: Answer) -> HttpResponse:
    chosen = form.chosen()
    minutes, words = form.cleaned_data["minutes"], ", ".join(chosen.others)
    try:
        invitations.confirm(invitation, offers=chosen.topics, minutes=minutes, words=words)
    except invitations.Over:
        return _over(request)
    request.session[JUST_JOINED] = invitation.key
    return redirect("people_joined", token=token)


def _declined(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    try:
        invitations.decline(invitation)
    except invitations.Over:
        return _over(request)
    return render(request, "people/join/declined.html")


def joined(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks; and, in the same browser and once, a way in without a code where the sign-in is new."""
    invitation = _just_joined(request, token)
    if invitation is None:
        return _over(request)
    if request.method == "POST":
        return _enter(request, invitation)
    person, new = invitation.person, links.made_a_sign_in(invitation)
    offered = [offer.topic for offer in person.offers.select_related("topic").order_by("topic__name")]
    return render(request, "people/join/done.html", {"joined": person, "offered": offered, "new": new})


def _enter(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    account, home = invitation.person.account, f"/{invitation.person.organisation.slug}/"
    request.session.pop(JUST_JOINED)
    if account is None or not invitation.person.roles:
        return _over(request)
    if not links.made_a_sign_in(invitation):
        return redirect(home)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if request.POST.get("to") == "password" and not account.has_usable_password():
        return redirect("account_set_password")
    if request.POST.get("to") == "ask":
        return redirect(addresses.find("ask", organisation=invitation.person.organisation.slug) or home)
    return redirect(home)


def _just_joined(request: HttpRequest, token: str) -> Invitation | None:
    key, invitation = request.session.get(JUST_JOINED), links.behind(token)
    return invitation if invitation and invitation.key == key else None


def _over(request: HttpRequest) -> HttpResponse:
    """Used, too old, taken back, made up: one and the same page."""
    return render(request, "people/join/over.html", status=410)
