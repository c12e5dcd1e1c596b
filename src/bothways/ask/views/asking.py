"""The one box. Sentences come in POST bodies only, and are stored only when their author presses."""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from bothways.ask.actions import asks
from bothways.ask.drafts import ASK, KEEP, Draft
from bothways.ask.models import Ask
from bothways.ask.queries import acquaintance, chosen
from bothways.ask.views.pages import leads, show
from bothways.connections.actions.introductions import is_here
from bothways.connections.actions.queues import NobodyApproved, TooManyOpen
from bothways.people.models import Person
from bothways.people.queries import rather_not
from bothways.people.requests import PersonRequest

quiet = sensitive_post_parameters()


@quiet
def page(request: PersonRequest) -> HttpResponse:
    """The box; as a plain form the first POST suggests and a later one asks."""
    draft = Draft(request.person, request.POST if request.method == "POST" else None)
    if draft.does == ASK:
        return _press(request, draft)
    if draft.does == KEEP and draft.readable and draft.asked_anything:
        return _keep(request, draft)
    return show(request, "ask", {"draft": draft}, status=200 if draft.readable else 422)


@quiet
def suggestions(request: PersonRequest) -> HttpResponse:
    """The part below the box, while somebody types."""
    draft = Draft(request.person, request.POST)
    return show(request, "parts/suggestions", {"draft": draft}, status=200 if draft.readable else 422)


@quiet
def one(request: PersonRequest, other: Person) -> HttpResponse:
    """Ask one person alone, from their page, which says so where they are not here."""
    if other.pk == request.person.pk:
        return leads(request, "ask")
    if known := acquaintance.between(request.person, other):
        return leads(request, "connections_connection", known.key)
    if rather_not.lists(request.person, other):
        return show(request, "listed", {"other": other}, status=409 if request.method == "POST" else 200)
    if request.method == "GET" and not is_here(other):
        return leads(request, "people_person", other.key)
    draft = Draft(request.person, request.POST if request.method == "POST" else None, only=other)
    return _press(request, draft) if draft.does == ASK else show(request, "one", {"draft": draft})


@quiet
def again(request: PersonRequest, ask: Ask) -> HttpResponse:
    """The box with an earlier ask in it, so that its sentence is in no address."""
    draft = Draft(request.person, None, initial={"sentence": ask.sentence, "topics": ask.topics})
    return show(request, "ask", {"draft": draft})


def _keep(request: PersonRequest, draft: Draft) -> HttpResponse:
    try:
        kept = asks.keep_open(draft.inquiry)
    except asks.TooManyKeptOpen:
        return show(request, "ask", {"draft": draft, "too_many_kept": True}, status=409)
    return leads(request, "ask_show", kept.key)


def _press(request: PersonRequest, draft: Draft) -> HttpResponse:
    template = "one" if draft.only else "ask"
    if not draft.may_be_pressed():
        return show(request, template, {"draft": draft}, status=422)
    people = [draft.only] if draft.only else chosen.people(request.person, draft.ticked)
    try:
        asked = asks.ask(draft.asked, people, **draft.note.settings())
    except NobodyApproved:
        return show(request, template, {"draft": draft, "gone": True}, status=422)
    except TooManyOpen as many:
        return show(request, template, {"draft": draft, "too_many": not many.today, "today": many.today}, 409)
    return leads(request, "ask_show", asked.key)
