"""An introduction as those asked read it, and their private answer."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bothways.connections.actions import answers
from bothways.connections.actions import introductions as verbs
from bothways.connections.forms.answers import HAND_ON, MORE, NOT_NOW, YES, Choices
from bothways.connections.models import Introduction, PassedOn
from bothways.connections.queries import introductions as reading
from bothways.connections.queries import own_answers
from bothways.people.models import Person
from bothways.people.requests import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    """Everything that is open with this person, with their own answer."""
    page = Paginator(reading.open_for(request.person), reading.A_PAGE).get_page(request.GET.get("page"))
    mine = own_answers.of(request.person, page.object_list)
    rows = [
        {"introduction": one, "other": one.other(request.person), "answer": mine.get(one.pk)}
        for one in page.object_list
    ]
    return render(request, "connections/introductions/index.html", {"page": page, "rows": rows})


def introduction(request: PersonRequest, introduction: Introduction) -> HttpResponse:
    if request.method == "POST":
        return _answered(request, introduction)
    return _page(request, introduction, Choices(introduction, request.person))


def tell(request: PersonRequest, introduction: Introduction) -> HttpResponse:
    """Whether the introducer may know that the two met."""
    for passed in PassedOn.objects.filter(introduction=introduction):
        verbs.tell(passed, by=request.person, yes=request.POST.get("tell") == "yes")
    return _back(request, introduction)


def _answered(request: PersonRequest, introduction: Introduction) -> HttpResponse:
    choices = Choices(introduction, request.person, request.POST)
    if not choices.is_valid():
        return _page(request, introduction, choices, status=422)
    try:
        act(introduction, request.person, choices)
    except answers.Over:
        introduction.refresh_from_db()
        return _page(request, introduction, choices, status=409)
    return _back(request, introduction)


def act(introduction: Introduction, person: Person, choices: Choices) -> None:
    """Carry out the choice that was sent."""
    ACTS[choices.sent](introduction, person, choices)


def _yes(introduction: Introduction, person: Person, choices: Choices) -> None:
    answers.accept(introduction, by=person, times=choices.yes.cleaned_data["times"])


def _not_now(introduction: Introduction, person: Person, choices: Choices) -> None:
    answers.not_now(introduction, by=person)


def _more(introduction: Introduction, person: Person, choices: Choices) -> None:
    answers.tell_me_more(introduction, by=person, question=choices.more.cleaned_data["question"])


def _hand_on(introduction: Introduction, person: Person, choices: Choices) -> None:
    answers.hand_on(introduction, by=person, to=choices.hand_on.cleaned_data["person"])


ACTS: dict[str, Callable[[Introduction, Person, Choices], None]] = {
    YES: _yes,
    NOT_NOW: _not_now,
    MORE: _more,
    HAND_ON: _hand_on,
}


def _page(
    request: PersonRequest, introduction: Introduction, choices: Choices, status: int = 200
) -> HttpResponse:
    shown = reading.show(introduction, request.person)
    values = {"shown": shown, "choices": choices}
    return render(request, "connections/introductions/show.html", values, status=status)


def _back(request: PersonRequest, introduction: Introduction) -> HttpResponse:
    slug = request.organisation.slug
    return redirect("connections_introduction", organisation=slug, key=introduction.key)
