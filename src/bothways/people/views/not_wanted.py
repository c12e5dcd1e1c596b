"""People one would rather not be introduced to: a list that nobody else ever sees."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bothways.core import keys
from bothways.people.actions import not_wanted
from bothways.people.forms.profile import Sought
from bothways.people.models import Person
from bothways.people.queries import rather_not
from bothways.people.requests import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    """Names are looked for by POST, so that no log of addresses holds them."""
    verb = {"add": not_wanted.add, "remove": not_wanted.remove}.get(request.POST.get("do", ""))
    other = _other(request) if verb else None
    if verb and other:
        verb(request.person, other)
        return redirect("people_not_wanted", request.organisation.slug)
    form = Sought(request.POST if request.method == "POST" else None)
    found = rather_not.named(request.person, form.cleaned_data["name"]) if form.is_valid() else []
    shown = {"form": form, "found": found, "mine": rather_not.of(request.person)}
    wrong = form.is_bound and not form.is_valid()
    return render(request, "people/profile/not_wanted.html", shown, status=422 if wrong else 200)


def _other(request: PersonRequest) -> Person | None:
    """Anybody on record may stand on the list, whoever left too; oneself never."""
    on_record = Person.objects.on_record(request.person).exclude(pk=request.person.pk)
    return on_record.filter(key=keys.read(request.POST.get("person", ""))).first()
