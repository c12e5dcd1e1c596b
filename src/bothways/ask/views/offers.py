"""Home's quiet offer."""

from django.http import HttpResponse, HttpResponseRedirect

from bothways.ask.actions import quiet_offers
from bothways.ask.models import QuietOffer
from bothways.people.requests import PersonRequest
from bothways.ui import addresses


def decline(request: PersonRequest, offer: QuietOffer) -> HttpResponse:
    """One click, no reason; the next one comes next week."""
    quiet_offers.decline(offer)
    return HttpResponseRedirect(addresses.find("home", organisation=request.organisation.slug))
