"""Home's quiet offer."""

from django.http import HttpResponse, HttpResponseRedirect

from bothways.ask.actions import quiet_offers
from bothways.ask.models import QuietOffer
from bothways.people.requests import PersonRequest
from bothways.ui import addresses


def decline(request: PersonRequest, offer: QuietOffer) -> HttpResponse:
    """One click, no reason; the next one comes next week."""
    quiet_offers.decline(offer)
    return _where_it_stands(request)


def bring_back(request: PersonRequest, offer: QuietOffer) -> HttpResponse:
    quiet_offers.bring_back(offer)
    return _where_it_stands(request)


def _where_it_stands(request: PersonRequest) -> HttpResponse:
    home = addresses.find("home", organisation=request.organisation.slug)
    return HttpResponseRedirect(f"{home}#offer")
