"""What a steward settles by hand for two people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.requests import PersonRequest
from bothways.programs.actions import rounds
from bothways.programs.models import Pairing, Round
from bothways.programs.queries import rehearsals as listed
from bothways.programs.queries.results import A_PAGE
from bothways.programs.views import rehearsals
from bothways.programs.views.pages import IS_SENT, leads, refused, show
from bothways.programs.views.rounds import sent_already

VERBS = {"lock": rounds.lock, "forbid": rounds.forbid, "free": rounds.free}
SAID = {
    "lock": gettext_lazy(
        "Locked: %(seeker)s with %(giver)s, whatever else comes out. Rehearse again to see the rest."
    ),
    "forbid": gettext_lazy("Kept apart: %(seeker)s and %(giver)s. Rehearse again to see who comes instead."),
    "free": gettext_lazy("Free again: %(seeker)s and %(giver)s. Rehearse again to see what comes of it."),
}
REFUSALS: dict[type[Exception], str | Promise] = {
    rounds.IsSent: IS_SENT,
    rounds.NotInIt: gettext_lazy("One of the two takes no part in this way any more. Rehearse again."),
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
    names = {"seeker": pairing.seeker.name, "giver": pairing.giver.name}
    return leads(request, "programs_rehearsal", pairing.rehearsal.key, str(SAID[do]) % names)


def swap(request: PersonRequest, pairing: Pairing) -> HttpResponse:
    """Each of two seekers gets the other's giver: the other pair is picked first."""
    if request.method != "POST":
        return _swap(request, pairing)
    other = listed.others(pairing, "").filter(key=request.POST.get("other", "")).first()
    if other is None:
        messages.error(request, _("Pick the other pair first."))
        return _swap(request, pairing, 422)
    try:
        rounds.swap(pairing, other, by=request.person)
    except tuple(REFUSALS) as refusal:
        return _refused(request, pairing, refusal)
    said = _("Swapped, and locked so. Rehearse again to see the rest.")
    return leads(request, "programs_rehearsal", pairing.rehearsal.key, said)


def pins(request: PersonRequest, round_: Round) -> HttpResponse:
    page = Paginator(listed.pins(round_.pk), A_PAGE).get_page(request.GET.get("page"))
    return show(request, "pins", {"round": round_, "page": page})


def free(request: PersonRequest, round_: Round) -> HttpResponse:
    found = listed.pins(round_.pk).filter(
        seeker__key=request.POST.get("seeker", ""), giver__key=request.POST.get("giver", "")
    )
    for pin in found:
        try:
            rounds.free(round_, pin.seeker, pin.giver, by=request.person)
        except rounds.IsSent:
            return sent_already(request, round_)
    return leads(request, "programs_pins", round_.key, _("They are free again."))


def _swap(request: PersonRequest, pairing: Pairing, status: int = 200) -> HttpResponse:
    sought = request.GET.get("q", "").strip()[:120]
    page = Paginator(listed.others(pairing, sought), A_PAGE).get_page(request.GET.get("page"))
    return show(request, "swap", {"pairing": pairing, "q": sought, "page": page}, status)


def _refused(request: PersonRequest, pairing: Pairing, refusal: Exception) -> HttpResponse:
    why = str(REFUSALS[type(refusal)])
    return refused(request, why, lambda: rehearsals.of(request, pairing.rehearsal, 409))
