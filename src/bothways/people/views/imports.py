"""A list of people from another system: chosen, its columns settled, looked at, brought in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bothways.people import tasks
from bothways.people.actions import imports
from bothways.people.forms.imports import BringIn, Columns, Upload
from bothways.people.models import Roster
from bothways.people.queries import rosters
from bothways.people.requests import PersonRequest
from bothways.people.rules.roster import headings
from bothways.people.rules.roster.refusals import Unreadable

A_PAGE = 25
State = Roster.State


def index(request: PersonRequest) -> HttpResponse:
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("people_import", request.organisation.slug, _taken_in(request, form).key)
        except Unreadable as refusal:
            form.add_error("file", str(refusal))
        except imports.Busy:
            return _index(request, form, status=409)
    return _index(request, form, status=422 if request.method == "POST" else 200)


def show(request: PersonRequest, roster: Roster) -> HttpResponse:
    return _page(request, roster, BringIn(roster=roster))


def progress(request: PersonRequest, roster: Roster) -> HttpResponse:
    response = render(request, "people/imports/progress.html", {"roster": roster})
    if not roster.at_work:
        response["HX-Refresh"] = "true"
    return response


def columns(request: PersonRequest, roster: Roster) -> HttpResponse:
    form = Columns(request.POST or None, roster=roster)
    if request.method == "POST" and form.is_valid():
        try:
            if _settled(roster, form):
                return redirect("people_import", request.organisation.slug, roster.key)
        except imports.NotNow as moved:
            return _moved_on(request, moved)
        form.add_error("order", _("Dates like 03/04/2024 could be read in two ways. Say which."))
    dropped = [column for column in roster.described() if column.dropped]
    lacking = [headings.FIELDS[each] for each in headings.missing(one.field for one in roster.described())]
    shown = {"roster": roster, "form": form, "left_out": dropped, "lacking": lacking}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/imports/columns.html", shown, status=status)


def bring_in(request: PersonRequest, roster: Roster) -> HttpResponse:
    form = BringIn(request.POST, roster=roster)
    if not form.is_valid():
        return _page(request, roster, form, status=422)
    try:
        tasks.bring_in(roster, **form.cleaned_data)
    except imports.NotNow as moved:
        return _moved_on(request, moved)
    return redirect("people_import", request.organisation.slug, roster.key)


def set_aside(request: PersonRequest, roster: Roster) -> HttpResponse:
    try:
        imports.set_aside(roster)
    except imports.NotNow as moved:
        return _moved_on(request, moved)
    messages.success(
        request, _("The list is set aside. Nothing of it was brought in, and its rows are forgotten.")
    )
    return redirect("people_imports", request.organisation.slug)


def report(request: PersonRequest, roster: Roster) -> StreamingHttpResponse:
    said = _("line %(line)s: %(text)s")
    lines = (f"{said % {'line': line, 'text': text}}\r\n".encode() for line, text in rosters.report(roster))
    response = StreamingHttpResponse(lines, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="report.txt"'
    return response


def _taken_in(request: PersonRequest, form: Upload) -> Roster:
    file = form.cleaned_data["file"]
    roster = imports.upload(
        request.organisation,
        by=request.person,
        name=file.name,
        content=file.read(),
        encoding=form.cleaned_data["encoding"],
    )
    if imports.is_settled(roster):
        tasks.look_through(roster)
    return roster


def _settled(roster: Roster, form: Columns) -> bool:
    """The columns as the form says, and the list on its way; not where its dates are still unclear."""
    settled = imports.choose(roster, fields=form.chosen, order=form.cleaned_data["order"])
    if settled.order_known:
        tasks.look_through(settled)
    return settled.order_known


def _index(request: PersonRequest, form: Upload, *, status: int) -> HttpResponse:
    shown = {"form": form, "latest": rosters.latest(request.organisation.pk), "fields": headings.FIELDS}
    return render(request, "people/imports/index.html", shown, status=status)


def _page(request: PersonRequest, roster: Roster, form: BringIn, *, status: int = 200) -> HttpResponse:
    if roster.state == State.UPLOADED:
        return redirect("people_import_columns", request.organisation.slug, roster.key)
    shown = {
        "roster": roster,
        "form": form,
        "faults": _pages(request, rosters.faults(roster), "fault"),
        "notes": _pages(request, rosters.notes(roster), "page"),
        "left_out": [column for column in roster.described() if column.left_out],
    }
    if roster.state == State.CHECKED:
        shown["newcomers"] = _pages(request, rosters.newcomers(roster), "new")
        shown["leavers"] = rosters.leavers(roster)[:A_PAGE]
    return render(request, "people/imports/show.html", shown, status=status)


def _pages(request: PersonRequest, found: QuerySet[Any], parameter: str) -> Page[Any]:
    return Paginator(found, A_PAGE).get_page(request.GET.get(parameter))


def _moved_on(request: PersonRequest, moved: imports.NotNow) -> HttpResponse:
    messages.error(request, _("Somebody else has gone on with this list meanwhile. Here is how it stands."))
    roster: Roster = moved.args[0]
    return _page(request, roster, BringIn(roster=roster), status=409)
