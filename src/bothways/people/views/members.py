"""Who belongs to the organisation, and in which role; for those who look after it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.people.actions import members, reporting, roles
from bothways.people.forms.members import THEIRS, Added, Manager, Mended, Role, Sought
from bothways.people.models import Person
from bothways.people.queries.invitations import awaited, to_be_reached
from bothways.people.queries.members import listed
from bothways.people.requests import PersonRequest

A_PAGE = 25
REFUSALS: dict[type[Exception], str | Promise] = {
    roles.LastAdministrator: _(
        "Nobody else administers this organisation. Make somebody else an administrator first."
    ),
    members.NotYours: _("Only an administrator can do this with a steward or an administrator."),
    members.AlreadySo: _("Somebody else has done this just now, or something else. Here is how it stands."),
}

ON_THE_LIST = _("Somebody with this address is on the list already. Look for them among the members.")
CIRCLE = _("Nobody reports to themselves, nor to somebody below them. Change that person's manager first.")


def index(request: PersonRequest) -> HttpResponse:
    sought = Sought(request.GET)
    wanted = sought.cleaned_data if sought.is_valid() else {}
    page = Paginator(listed(request.person, **wanted), A_PAGE).get_page(request.GET.get("page"))
    waiting = to_be_reached(request.organisation.pk).exists()
    shown = {"page": page, "sought": sought, "waiting": waiting}
    return render(request, "people/members/index.html", shown)


def add(request: PersonRequest) -> HttpResponse:
    form = Added(request.POST if request.method == "POST" else None, by=request.person)
    if form.is_valid():
        try:
            member = members.add(by=request.person, **form.cleaned_data)
        except members.OnTheList:
            form.add_error("email", ON_THE_LIST)
        else:
            messages.success(request, str(_("Added. Now invite them.")))
            return redirect("people_member", request.organisation.slug, member.key)
    return render(request, "people/members/add.html", {"form": form}, status=422 if form.is_bound else 200)


def show(request: PersonRequest, member: Person) -> HttpResponse:
    return _page(request, member)


def mend(request: PersonRequest, member: Person) -> HttpResponse:
    form = Mended(request.POST, by=request.person, member=member)
    if form.is_valid():
        try:
            members.mend(member, **form.changes())
        except members.Theirs:
            form.add_error("name", THEIRS)
        except members.AlreadySo as refusal:
            messages.error(request, str(REFUSALS[type(refusal)]))
            return _page(request, member, status=409)
    if form.errors:
        return _page(request, member, mended=form, status=422)
    messages.success(request, str(_("Put right.")))
    return redirect("people_member", request.organisation.slug, member.key)


def change_role(request: PersonRequest, member: Person) -> HttpResponse:
    form = Role(request.POST)
    if not form.is_valid():
        return _page(request, member, form=form, status=422)
    return _done(request, member, lambda: roles.change(member, to=form.cleaned_data["role"]))


def set_manager(request: PersonRequest, member: Person) -> HttpResponse:
    form = Manager(request.POST, member=member)
    if form.is_valid():
        try:
            reporting.set_manager(member, form.cleaned_data["manager"])
        except reporting.Circle:
            form.add_error("manager", CIRCLE)
    if form.errors:
        return _page(request, member, manager=form, status=422)
    messages.success(request, str(_("Done. It holds from now on.")))
    return redirect("people_member", request.organisation.slug, member.key)


def suspend(request: PersonRequest, member: Person) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/members/suspend.html", {"member": member})
    return _done(request, member, lambda: members.suspend(member))


def take_back(request: PersonRequest, member: Person) -> HttpResponse:
    return _done(request, member, lambda: members.take_back(member))


def mark_left(request: PersonRequest, member: Person) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/members/leaving.html", {"member": member})
    return _done(request, member, lambda: members.mark_left(member, by=request.person))


def _done(request: PersonRequest, member: Person, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except tuple(REFUSALS) as refusal:
        messages.error(request, str(REFUSALS[type(refusal)]))
        return _page(request, member, status=409)
    messages.success(request, str(_("Done. It holds from now on.")))
    return redirect("people_member", request.organisation.slug, member.key)


def _page(request: PersonRequest, member: Person, *, status: int = 200, **filled: Form) -> HttpResponse:
    fresh = {
        "form": Role(initial={"role": member.role}),
        "manager": Manager(member=member),
        "mended": Mended(by=request.person, member=member),
    }
    invited = awaited(request.organisation.pk).filter(pk=member.pk).first()
    shown = {"member": member, "invited": invited} | fresh | filled
    return render(request, "people/members/show.html", shown, status=status)
