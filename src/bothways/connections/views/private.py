"""Private answers: how is it, rest or meet or end, go on; and "shall we make this mentoring?"."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import connections, fit_checks, quiet_spells, renewals
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.forms.life import FitForm, KindForm, QuietForm
from bothways.connections.models import Connection
from bothways.connections.queries import relationships
from bothways.connections.views.pages import kindly, leads, posted, show, while_alive
from bothways.people.requests import PersonRequest

KEPT = _("Thank you. Your answer stays with you.")


def _asked(request: PersonRequest, connection: Connection, question: str) -> relationships.Standing:
    standing = relationships.standing(request.person, connection)
    if question not in standing.asked:
        raise NoLongerThere
    return standing


@kindly
@while_alive
def fit(request: PersonRequest, connection: Connection) -> HttpResponse:
    standing = _asked(request, connection, "fit")
    form = FitForm(posted(request), initial={"said": standing.asked["fit"]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["said"]
        fit_checks.answer(connection, said, by=request.person)
        kept = "" if said == fit_checks.STOP else KEPT
        return leads(request, "connections_connection", connection.key, said=kept)
    return show(request, "fit", {"connection": connection, "other": standing.other}, form)


@kindly
@while_alive
def quiet(request: PersonRequest, connection: Connection) -> HttpResponse:
    standing = _asked(request, connection, "quiet")
    form = QuietForm(posted(request), initial={"said": standing.asked["quiet"]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["said"]
        quiet_spells.answer(connection, said, by=request.person)
        on = "connections_times" if said == "meet" else "connections_connection"
        return leads(request, on, connection.key, said="" if said == quiet_spells.END else KEPT)
    return show(request, "quiet", {"connection": connection, "other": standing.other}, form)


@kindly
@while_alive
def renewal(request: PersonRequest, connection: Connection) -> HttpResponse:
    standing = _asked(request, connection, "renewal")
    if request.method == "POST":
        verb = renewals.take_back if "take_back" in request.POST else renewals.go_on
        verb(connection, by=request.person)
        return leads(request, "connections_connection", connection.key, said=KEPT)
    values = {"connection": connection, "other": standing.other, "standing": standing}
    return show(request, "renewal", values)


@kindly
@while_alive
def kind(request: PersonRequest, connection: Connection) -> HttpResponse:
    """Propose something lasting, agree to it, or leave it as it is."""
    standing = relationships.standing(request.person, connection)
    form = KindForm(request.POST if "kind" in request.POST else None, now=connection.kind)
    if request.method == "POST" and ("agree" in request.POST or "leave" in request.POST):
        verb = connections.agree_kind if "agree" in request.POST else connections.leave_kind
        verb(connection, by=request.person)
        return leads(request, "connections_connection", connection.key)
    if request.method == "POST" and form.is_valid():
        connections.propose_kind(connection, form.cleaned_data["kind"], by=request.person)
        return leads(request, "connections_connection", connection.key, said=_("Proposed."))
    values = {"connection": connection, "standing": standing, "other": standing.other}
    return show(request, "kind", values, form)
