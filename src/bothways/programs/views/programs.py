"""Programs: for everybody what there is to take part in, for those who run one all that this takes."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.people.requests import PersonRequest
from bothways.programs.actions import programs
from bothways.programs.forms.programs import PartForm, ProgramForm, StewardsForm
from bothways.programs.models import Program
from bothways.programs.queries import programs as listed
from bothways.programs.queries.results import A_PAGE
from bothways.programs.views.pages import leads, show

NAME_TAKEN = gettext_lazy("There is a program of this name already. Call yours something else.")


def index(request: PersonRequest) -> HttpResponse:
    open_to = Paginator(listed.open_to(request.person), A_PAGE)
    values = {"page": open_to.get_page(request.GET.get("page"))}
    if "steward" in request.person.roles:
        run = Paginator(listed.run_by(request.person), A_PAGE)
        values["run"] = run.get_page(request.GET.get("run"))
    return show(request, "index", values)


def new(request: PersonRequest) -> HttpResponse:
    form = ProgramForm(request.POST if request.method == "POST" else None, by=request.person)
    if form.is_valid():
        try:
            program = programs.open(request.person, **form.cleaned_data)
        except programs.NameTaken:
            form.add_error("name", str(NAME_TAKEN))
        else:
            return leads(request, "programs_program", program.key, _("It is open. Now people can take part."))
    return show(request, "new", {"form": form}, 422 if form.is_bound else 200)


def how(request: PersonRequest) -> HttpResponse:
    """How a round works, for those who run one: what docs/guide/programs.md says at length."""
    return show(request, "how", {})


def page(request: PersonRequest, program: Program) -> HttpResponse:
    return of(request, program)


def change(request: PersonRequest, program: Program) -> HttpResponse:
    form = ProgramForm(request.POST if request.method == "POST" else None, by=request.person, program=program)
    if form.is_valid():
        try:
            programs.change(program, **form.cleaned_data)
        except programs.NameTaken:
            form.add_error("name", str(NAME_TAKEN))
        else:
            return leads(request, "programs_program", program.key, _("Changed."))
    return show(request, "change", {"form": form, "program": program}, 422 if form.is_bound else 200)


def hand_over(request: PersonRequest, program: Program) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = StewardsForm(posted, by=request.person, program=program)
    if form.is_valid():
        try:
            programs.hand_over(program, form.chosen())
        except programs.NobodyRuns:
            form.add_error("stewards", _("Nobody of those you ticked is a steward here any more."))
        else:
            return leads(request, "programs_program", program.key, _("Done. It holds from now on."))
    return show(request, "stewards", {"form": form, "program": program}, 422 if form.is_bound else 200)


def close(request: PersonRequest, program: Program) -> HttpResponse:
    if request.method != "POST":
        return show(request, "close", {"program": program})
    programs.close(program)
    return leads(request, "programs_program", program.key, _("Closed. You can open it again any time."))


def open_again(request: PersonRequest, program: Program) -> HttpResponse:
    programs.open_again(program)
    return leads(request, "programs_program", program.key, _("It is open again."))


def people(request: PersonRequest, program: Program) -> HttpResponse:
    how = request.GET.get("how", "")
    how = how if how in listed.HOW else ""
    page = Paginator(listed.people(program, how), A_PAGE).get_page(request.GET.get("page"))
    values = {"program": program, "page": page, "how": how, "counts": listed.counts(program)}
    return show(request, "people", values)


def of(
    request: PersonRequest, program: Program, form: PartForm | None = None, status: int = 200
) -> HttpResponse:
    """The program's page, perhaps with a form that needs another look."""
    shown = listed.shown(program, request.person)
    values = {"program": program, "shown": shown, "form": form or PartForm(mine=shown.mine)}
    if shown.runs:
        rounds = Paginator(listed.rounds(program), A_PAGE).get_page(request.GET.get("page"))
        values |= {"counts": listed.counts(program), "rounds": rounds, "open_round": listed.waiting(program)}
    return show(request, "program", values, status)
