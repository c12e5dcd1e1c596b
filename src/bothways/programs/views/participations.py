"""Taking part: joining, changing how, looking again, leaving."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bothways.people.requests import PersonRequest
from bothways.programs.actions import participations
from bothways.programs.forms.programs import PartForm
from bothways.programs.models import Participation, Program
from bothways.programs.views import programs
from bothways.programs.views.pages import leads, refused, show


def take_part(request: PersonRequest, program: Program) -> HttpResponse:
    form = PartForm(request.POST)
    if form.is_valid():
        try:
            participations.take_part(program, request.person, seeks=form.seeks, gives=form.gives)
        except participations.NotOpen:
            return _not_open(request, program, form)
        return leads(request, "programs_program", program.key, _("You take part. You can leave any time."))
    return programs.of(request, program, form, 422)


def look_again(request: PersonRequest, mine: Participation) -> HttpResponse:
    try:
        participations.take_part(mine.program, request.person, seeks=True, gives=mine.gives)
    except participations.NotOpen:
        return _not_open(request, mine.program)
    said = _("You are looking for somebody. The next round looks for somebody for you.")
    return leads(request, "programs_program", mine.program.key, said)


def leave(request: PersonRequest, mine: Participation) -> HttpResponse:
    if request.method != "POST":
        return show(request, "leave", {"mine": mine, "program": mine.program})
    participations.leave(mine)
    said = _("You have left %(program)s. You can come back any time.") % {"program": mine.program.name}
    return leads(request, "programs", said=said)


def _not_open(request: PersonRequest, program: Program, form: PartForm | None = None) -> HttpResponse:
    why = _("This program takes nobody in any more.")
    return refused(request, why, lambda: programs.of(request, program, form, 409))
