"""What one can be asked about, and what one would like to get better at."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bothways.core import keys
from bothways.people.actions import offers
from bothways.people.models import Topic
from bothways.people.queries import subjects
from bothways.people.requests import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    """Mine, and what the thesaurus finds for some words."""
    mine = subjects.of(request.person, words=request.GET.get("q", "")[:200])
    return render(request, "people/profile/topics.html", {"mine": mine})


def offer(request: PersonRequest) -> HttpResponse:
    topic = _topic(request)
    if topic is None:
        return _unknown(request)
    if "stop" in request.POST:
        offers.stop_offering(request.person, topic)
    else:
        _keep(request, offers.offer, topic)
    return _back(request)


def want(request: PersonRequest) -> HttpResponse:
    topic = _topic(request)
    if topic is None:
        return _unknown(request)
    if "stop" in request.POST:
        offers.stop_wanting(request.person, topic)
    else:
        said = {"shown": "shown" in request.POST, "suggest": "quiet" not in request.POST}
        _keep(request, offers.want, topic, **said)
    return _back(request)


def _topic(request: PersonRequest) -> Topic | None:
    key = keys.read(request.POST.get("topic", ""))
    return Topic.objects.in_organisation(request.person).filter(key=key).first()


def _keep(request: PersonRequest, verb: Callable[..., object], topic: Topic, **said: bool) -> None:
    try:
        verb(request.person, topic, **said)
    except offers.TooMany:
        messages.error(request, _("Twenty are enough. Take one off the list, and this one fits."))


def _unknown(request: PersonRequest) -> HttpResponse:
    messages.error(request, _("That topic is not on the list any more. Look for it by another word."))
    mine = subjects.of(request.person, words="")
    return render(request, "people/profile/topics.html", {"mine": mine}, status=422)


def _back(request: PersonRequest) -> HttpResponse:
    address = reverse("people_me_topics", kwargs={"organisation": request.organisation.slug})
    words = request.POST.get("q", "")[:200]
    return redirect(f"{address}?{urlencode({'q': words})}" if words else address)
