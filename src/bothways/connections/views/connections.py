"""My connections, one connection, and its rest and end."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import connections, messages
from bothways.connections.forms.life import MessageForm
from bothways.connections.models import Connection
from bothways.connections.queries import expectations, histories, relationships
from bothways.connections.views import steps
from bothways.connections.views.pages import kindly, leads, posted, show, while_alive
from bothways.core import time
from bothways.people.requests import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    """Those one is connected with, grouped by what is next."""
    page, standings = relationships.mine(request.person, request.GET.get("page", 1))
    return show(request, "index", {"page": page, "groups": steps.grouped(standings)})


def page(request: PersonRequest, connection: Connection) -> HttpResponse:
    return _page(request, connection, MessageForm(other=connection.other(request.person)))


def _page(request: PersonRequest, connection: Connection, form: MessageForm) -> HttpResponse:
    standing = relationships.standing(request.person, connection)
    letters, earlier = histories.latest_messages(connection)
    over = histories.latest_meetings(request.person, connection)
    values = _about(standing) | {"letters": letters, "earlier": earlier, "over": over}
    return show(request, "connection", values, form)


def _about(standing: relationships.Standing) -> dict[str, Any]:
    return {
        "connection": standing.connection,
        "standing": standing,
        "other": standing.other,
        "next_step": steps.in_words(standing),
        "also_waiting": steps.also_waiting(standing),
        "lasting": steps.lasting(standing.connection.kind),
        "just_ended": standing.connection.has_just_ended(time.now()),
        "ran_out": expectations.ran_out(standing),
    }


@kindly
def letters(request: PersonRequest, connection: Connection) -> HttpResponse:
    """All messages, the newest page first; a new one is sent from here."""
    other = connection.other(request.person)
    form = MessageForm(posted(request), other=other)
    if request.method == "POST":
        if form.is_valid():
            messages.send(connection, form.cleaned_data["text"], by=request.person)
            return leads(request, "connections_connection", connection.key, said=_("Sent."))
        return _page(request, connection, form)
    found = histories.messages(connection, request.GET.get("page", 1))
    return show(request, "messages", {"connection": connection, "other": other, "letters": found}, form)


@kindly
@while_alive
def rest(request: PersonRequest, connection: Connection) -> HttpResponse:
    """Let it rest (asked first), or wake it."""
    if request.method == "POST" and "wake" in request.POST:
        connections.wake(connection)
        return leads(request, "connections_connection", connection.key, said=_("Awake again."))
    if request.method == "POST":
        connections.rest(connection)
        return leads(request, "connections_connection", connection.key, said=_("It rests. Wake it any time."))
    other = connection.other(request.person)
    return show(request, "rest", {"connection": connection, "other": other})


@kindly
@while_alive
def ending(request: PersonRequest, connection: Connection) -> HttpResponse:
    if request.method == "POST":
        connections.end(connection)
        return leads(request, "connections_connection", connection.key)
    other = connection.other(request.person)
    return show(request, "ending", {"connection": connection, "other": other})
