"""The agreement of two people: in force, waiting for a signature, written anew."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import agreements
from bothways.connections.actions.refusals import HasEnded
from bothways.connections.forms.agreements import AgreementForm, first_words
from bothways.connections.models import Agreement, Connection
from bothways.connections.queries import expectations, relationships
from bothways.connections.views.pages import kindly, leads, posted, show, while_alive
from bothways.people.requests import PersonRequest


def page(request: PersonRequest, connection: Connection) -> HttpResponse:
    """What holds, what waits to be signed, and where the two hope for different things."""
    standing = relationships.standing(request.person, connection)
    values = {
        "connection": connection,
        "other": standing.other,
        "standing": standing,
        "ran_out": expectations.ran_out(standing),
        "signed_by_me": bool(standing.unsigned and standing.unsigned.signed_by(request.person)),
        "to_talk_about": expectations.to_talk_about(standing),
        "my_part_is_open": bool(standing.unsigned and not standing.unsigned.part_of(request.person)),
    }
    return show(request, "agreement", values)


@kindly
@while_alive
def write(request: PersonRequest, connection: Connection) -> HttpResponse:
    if not connection.is_alive:
        raise HasEnded
    other = connection.other(request.person)
    initial = first_words(connection, request.person, expectations.newest(connection))
    zone = request.organisation.time_zone
    form = AgreementForm(posted(request), initial=initial, zone=zone, between=connection, by=request.person)
    if request.method == "POST" and form.is_valid():
        upon = form.cleaned_data["upon"]
        agreements.write(connection, form.words(), by=request.person, upon=upon)
        return leads(request, "connections_agreement", connection.key, said=_("Written and signed by you."))
    return show(request, "agreement_write", {"connection": connection, "other": other}, form)


@kindly
def sign(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    agreements.sign(agreement, by=request.person)
    return leads(request, "connections_agreement", agreement.connection.key, said=_("Signed by both of you."))
