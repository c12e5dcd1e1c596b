"""What is reached from a mail or a calendar, without signing in: the token is the key."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from bothways.inbox.actions import settings
from bothways.inbox.queries import calendars, links


def feed(request: HttpRequest, token: str) -> HttpResponse:
    found = calendars.feed_of(token)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")


@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page that asks, for people; one POST, for mail programs (RFC 8058), which hold no cookie."""
    found = links.behind_turn_off(token)
    if found is None:
        raise Http404
    person, setting = found
    shown = {"setting": setting, "organisation": person.organisation, "state": "asks"}
    if request.method == "POST":
        on_again = "on" in request.POST
        (settings.turn_on if on_again else settings.turn_off)(person, setting)
        shown["state"] = "on" if on_again else "off"
    return render(request, "inbox/unsubscribe.html", shown)
