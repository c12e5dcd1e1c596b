"""Finding a time, one meeting, moving and cancelling it, and what comes after."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import connections, meetings
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.forms.times import PlaceForm, ProposeForm, TimesForm
from bothways.connections.models import Connection, Meeting
from bothways.connections.queries import histories, relationships, suggestions
from bothways.connections.rules import kind_texts, kinds
from bothways.connections.views.pages import kindly, leads, posted, show, while_alive
from bothways.core import time
from bothways.people.requests import PersonRequest


def index(request: PersonRequest, connection: Connection) -> HttpResponse:
    """Meetings that are over, with what was learned."""
    page, over = histories.meetings(request.person, connection, request.GET.get("page", 1))
    values = {"connection": connection, "other": connection.other(request.person), "page": page, "over": over}
    return show(request, "meetings", values)


@kindly
@while_alive
def propose(request: PersonRequest, connection: Connection) -> HttpResponse:
    form = _propose_form(request, connection)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        meetings.propose(
            connection, told["times"], by=request.person, minutes=told["minutes"], where=told["where"]
        )
        return leads(request, "connections_connection", connection.key, said=_("Your times are offered."))
    return show(request, "times", _about(request, connection), form)


@kindly
def page(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """One meeting: its times to pick from, when and where it is, or what was learned."""
    other = meeting.connection.other(request.person)
    values = _about(request, meeting.connection) | {
        "meeting": meeting,
        "starts": meeting.starts(time.now()) if meeting.is_to_come else [],
        "mine_to_pick": meeting.proposed_by_id != request.person.pk,
        "past": histories.past(request.person, meeting),
        "over": meeting.ends_at is not None and meeting.ends_at <= time.now(),
    }
    return show(request, "meeting", values, PlaceForm(initial={"where": meeting.where}, other=other))


@kindly
def pick(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    meetings.pick(meeting, _start(request), by=request.person)
    return leads(request, "connections_meeting", meeting.key, said=_("Picked. You both get it by mail."))


@kindly
def place(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    form = PlaceForm(request.POST, other=meeting.connection.other(request.person))
    if not form.is_valid():
        return show(request, "place", _about(request, meeting.connection) | {"meeting": meeting}, form)
    meetings.settle_place(meeting, form.cleaned_data["where"], by=request.person)
    return leads(request, "connections_meeting", meeting.key, said=_("Noted. You both get it by mail."))


@kindly
@while_alive
def move(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    if meeting.state != Meeting.State.PICKED:
        raise NoLongerThere
    form = _times_form(request, meeting.connection, meeting.minutes)
    if request.method == "POST" and form.is_valid():
        meetings.move(meeting, form.cleaned_data["times"], by=request.person)
        return leads(request, "connections_meeting", meeting.key, said=_("Other times are offered."))
    return show(request, "move", _about(request, meeting.connection) | {"meeting": meeting}, form)


@kindly
@while_alive
def cancel(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Call it off, perhaps with other times."""
    form = _times_form(request, meeting.connection, meeting.minutes)
    alone = "alone" in request.POST
    if request.method == "POST" and (alone or form.is_valid()):
        instead = () if alone else form.cleaned_data["times"]
        meetings.cancel(meeting, by=request.person, instead=instead)
        return leads(request, "connections_connection", meeting.connection.key, said=_("Cancelled."))
    return show(request, "cancel", _about(request, meeting.connection) | {"meeting": meeting}, form)


@kindly
@while_alive
def cannot(request: PersonRequest, connection: Connection) -> HttpResponse:
    """ "I can't after all", before the first meeting."""
    standing = relationships.standing(request.person, connection)
    if standing.met or not connection.is_alive:
        raise NoLongerThere
    form = _times_form(request, connection, kinds.pace(connection.kind).minutes, ticked=False)
    if request.method == "POST" and (said := _cannot(request, connection, form)):
        return leads(request, "connections_connection", connection.key, said=said)
    return show(request, "cannot", _about(request, connection) | {"standing": standing}, form)


def _cannot(request: PersonRequest, connection: Connection, form: TimesForm) -> str:
    """Do what was chosen, and say so; nothing where the times are to be mended."""
    if "rest" in request.POST:
        connections.call_off_and_rest(connection)
        return gettext("It rests. Wake it any time.")
    if "off" in request.POST:
        connections.cannot(connection, by=request.person)
        return gettext("Called off. Nothing else has changed.")
    if form.is_valid():
        connections.cannot(connection, by=request.person, instead=form.cleaned_data["times"])
        return gettext("Your times are offered.")
    return ""


@kindly
def missed(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """ "We didn't manage to meet", and back."""
    verb = meetings.met_after_all if "met" in request.POST else meetings.miss
    verb(meeting)
    return leads(request, "connections_meeting", meeting.key, said=_("Noted. Nobody is named."))


def agenda(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Questions to take turns with; prints on a page."""
    connection = meeting.connection
    values = {"meeting": meeting, "turns": kind_texts.turns(connection.kind)}
    return show(request, "agenda", _about(request, connection) | values)


def _about(request: PersonRequest, connection: Connection) -> dict[str, Any]:
    return {"connection": connection, "other": connection.other(request.person)}


def _propose_form(request: PersonRequest, connection: Connection) -> ProposeForm:
    minutes = kinds.pace(connection.kind).minutes
    return ProposeForm(
        posted(request),
        person=request.person,
        other=connection.other(request.person),
        suggested=suggestions.of(connection, request.person, minutes=minutes),
        minutes=minutes,
    )


def _times_form(
    request: PersonRequest, connection: Connection, minutes: int, *, ticked: bool = True
) -> TimesForm:
    form = TimesForm(
        posted(request),
        person=request.person,
        other=connection.other(request.person),
        suggested=suggestions.of(connection, request.person, minutes=minutes),
    )
    if not ticked:
        form.starts.initial = []
    return form


def _start(request: PersonRequest) -> datetime:
    try:
        start = datetime.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        raise NoLongerThere from None
    if start.tzinfo is None:
        raise NoLongerThere
    return start
