"""Which mail I get, and my calendar feed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bothways.inbox.actions import feeds
from bothways.inbox.actions import settings as verbs
from bothways.inbox.forms import FeedChoice, MailSettings
from bothways.inbox.models import Feed
from bothways.inbox.queries import links, settings
from bothways.people.requests import PersonRequest


def mail(request: PersonRequest) -> HttpResponse:
    person, data = request.person, request.POST if request.method == "POST" else None
    form = MailSettings(data, roles=person.roles, off=settings.turned_off(person))
    if form.is_valid():
        verbs.keep_on(person, form.on())
        messages.success(request, _("Saved. What you turned off still waits for you in your inbox."))
        return redirect("inbox_settings", organisation=request.organisation.slug)
    return render(request, "inbox/settings.html", {"form": form}, status=422 if form.errors else 200)


def feed(request: PersonRequest) -> HttpResponse:
    """The address is shown once, on the page that made it, which may be loaded again."""
    form = FeedChoice(request.POST if request.method == "POST" else None)
    address = ""
    if form.is_valid():
        details = form.cleaned_data["details"] == "details"
        token = feeds.open(request.person, details=details, once=form.cleaned_data["once"])
        address = links.to_feed(token)
    there = Feed.objects.filter(person=request.person).first()
    shown = {"form": form, "address": address, "feed": there}
    return render(request, "inbox/feed.html", shown, status=422 if form.errors else 200)


def revoke_feed(request: PersonRequest) -> HttpResponse:
    feeds.revoke(request.person)
    messages.success(request, _("The address no longer works. Calendars that read it fall silent."))
    return redirect("inbox_feed", organisation=request.organisation.slug)
