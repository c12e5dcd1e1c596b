"""Something is wrong: telling a named human, and what they were told."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import concerns
from bothways.connections.forms.concerns import ConcernForm, ReplyForm
from bothways.connections.models import Concern, Connection
from bothways.connections.queries import histories, listeners
from bothways.connections.views.pages import kindly, leads, posted, show
from bothways.people.queries import confidants
from bothways.people.requests import PersonRequest


@kindly
def tell(request: PersonRequest, connection: Connection) -> HttpResponse:
    named = listeners.for_concern(connection, request.person)
    form = ConcernForm(posted(request), listeners=named)
    if request.method == "POST" and form.is_valid():
        text, listener = form.cleaned_data["text"], form.listener()
        told = concerns.tell(connection, text, by=request.person, to=listener)
        return leads(request, "connections_told", told.key, said=_("Told."))
    values = {"connection": connection, "other": connection.other(request.person), "named": named}
    return show(request, "concern", values, form)


def index(request: PersonRequest) -> HttpResponse:
    """What was told to this person, and what this person told."""
    return show(request, "concerns", {"page": histories.concerns(request.person, request.GET.get("page", 1))})


@kindly
def page(request: PersonRequest, concern: Concern) -> HttpResponse:
    """One concern, for its teller and the one who was told."""
    told_to_me = concern.told_to_id == request.person.pk
    form = ReplyForm(posted(request), teller=concern.teller, initial={"reply": concern.reply})
    if request.method == "POST" and form.is_valid():
        concerns.reply(concern, form.cleaned_data["reply"], by=request.person)
        return leads(
            request, "connections_told", concern.key, said=_("Your reply is there for them to read.")
        )
    away = confidants.away_until(concern.told_to, request.organisation.time_zone)
    values = {"concern": concern, "told_to_me": told_to_me, "away": away}
    return show(request, "told", values, form if told_to_me else None)
