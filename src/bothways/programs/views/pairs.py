"""What a steward settles by hand for two people."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.core import keys
from bothways.people.requests import PersonRequest
from bothways.programs.actions import rounds
from bothways.programs.matchmaking import swaps
from bothways.programs.models import Pairing, Round
from bothways.programs.queries import changes
from bothways.programs.queries import rehearsals as listed
from bothways.programs.queries.results import A_PAGE
from bothways.programs.views import rehearsals
from bothways.programs.views.pages import IS_SENT, leads, refused, show
from bothways.programs.views.rounds import sent_already

VERBS = {"lock": rounds.lock, "forbid": rounds.forbid, "free": rounds.free}
REFUSALS: dict[type[Exception], str | Promise] = {
    rounds.IsSent: IS_SENT,
    rounds.NotInIt: gettext_lazy("One of the two takes no part in this way any more. Rehearse again."),
    rounds.OneOfThem: swaps.YOURS,
    rounds.ApartByRule: gettext_lazy("One of the two reports to the other, so they cannot be locked."),
}


def settle(request: PersonRequest, pairing: Pairing) -> HttpResponse:
    """Lock, keep apart, or leave free, by the button that was pressed."""
    do = request.POST.get("do", "")
    if do not in VERBS:
        return rehearsals.of(request, pairing.rehearsal, 422)
    try:
        VERBS[do](pairing.rehearsal.round, pairing.seeker, pairing.giver, by=request.person)
    except tuple(REFUSALS) as refusal:
        return _refused(request, pairing, refusal)
    return _back(request, pairing)


def swap(request: PersonRequest, pairing: Pairing) -> HttpResponse:
    """Each of two seekers gets the other's giver: the other pair is picked first."""
    if request.method != "POST":
        return _swap(request, pairing)
    other = listed.others(pairing, "").filter(key=keys.read(request.POST.get("other", ""))).first()
    if other is None:
        messages.error(request, _("Pick the other pair first."))
        return _swap(request, pairing, 422)
    try:
        rounds.swap(pairing, other, by=request.person)
    except rounds.SettledAnew:
        return _anew(request, pairing)
    except tuple(REFUSALS) as refusal:
        return _refused(request, pairing, refusal)
    return _back(request, pairing)


def pins(request: PersonRequest, round_: Round, status: int = 200) -> HttpResponse:
    page = Paginator(listed.pins(round_.pk), A_PAGE).get_page(request.GET.get("page"))
    return show(request, "pins", {"round": round_, "page": page}, status)


def free(request: PersonRequest, round_: Round) -> HttpResponse:
    found = listed.pins(round_.pk).filter(
        seeker__key=keys.read(request.POST.get("seeker", "")),
        giver__key=keys.read(request.POST.get("giver", "")),
    )
    for pin in found:
        try:
            rounds.free(round_, pin.seeker, pin.giver, by=request.person)
        except rounds.IsSent:
            return sent_already(request, round_)
        except rounds.OneOfThem:
            return refused(request, str(swaps.YOURS), lambda: pins(request, round_, 409))
    return leads(request, "programs_pins", round_.key, _("They are free again."))


def _swap(request: PersonRequest, pairing: Pairing, status: int = 200) -> HttpResponse:
    if pairing.rehearsal.round.sent_at:
        return _refused(request, pairing, rounds.IsSent())
    if changes.is_anew(pairing.rehearsal, pairing.seeker, pairing.giver):
        return _anew(request, pairing)
    sought = request.GET.get("q", "").strip()[:120]
    page: Page[Any] = Paginator(listed.others(pairing, sought), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = swaps.candidates(pairing, list(page.object_list), by=request.person)
    values = {"pairing": pairing, "q": sought, "page": page, "is_locked": swaps.is_locked(pairing)}
    return show(request, "swap", values, status)


def _anew(request: PersonRequest, pairing: Pairing) -> HttpResponse:
    """What this rehearsal says of them is so no more; the ways on from here."""
    values = {"pairing": pairing, "round": pairing.rehearsal.round, "newer": changes.newer(pairing.rehearsal)}
    return show(request, "settled_anew", values, 409)


def _back(request: PersonRequest, pairing: Pairing) -> HttpResponse:
    """To where the pair stands in its rehearsal, which says there what is settled for it now."""
    sought = request.GET.get("q", "").strip()[:120]
    there = {"at": pairing.key} | ({"q": sought} if sought else {})
    where = f"?{urlencode(there)}#pair-{pairing.key}"
    return leads(request, "programs_rehearsal", pairing.rehearsal.key, where=where)


def _refused(request: PersonRequest, pairing: Pairing, refusal: Exception) -> HttpResponse:
    why = str(REFUSALS[type(refusal)])
    return refused(request, why, lambda: rehearsals.of(request, pairing.rehearsal, 409))
