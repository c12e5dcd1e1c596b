"""Asking a steward quietly; what the steward reads and replies."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.views.decorators.debug import sensitive_post_parameters

from bothways.ask.actions import steward_asks
from bothways.ask.forms.stewards import IntroduceForm, ReplyForm, StewardForm
from bothways.ask.matchmaking import suggesting
from bothways.ask.models import Ask, StewardAsk
from bothways.ask.queries import stewards
from bothways.ask.views.pages import leads, show
from bothways.connections.actions import introductions
from bothways.people.requests import PersonRequest


@sensitive_post_parameters()
def write(request: PersonRequest, ask: Ask | None = None) -> HttpResponse:
    """Choose a steward and tell them. A sentence is copied only if its author presses so."""
    named = stewards.to_ask(request.person)
    copied = (
        {"text": ask.sentence if ask else request.POST.get("sentence", "")} if "copy" in request.POST else {}
    )
    form = StewardForm(None if copied else request.POST or None, stewards=named, initial=copied)
    if form.is_valid():
        text = form.cleaned_data["text"]
        sent = steward_asks.send(request.person, form.chosen(), text=text, ask=ask)
        return leads(request, "ask_steward_show", sent.key)
    values = {"form": form, "stewards": named, "ask": ask}
    return show(request, "steward", values, status=422 if form.errors else 200)


def page(request: PersonRequest, sent: StewardAsk) -> HttpResponse:
    """For the two of them."""
    return show(request, "told", _told(request, sent))


def reply(request: PersonRequest, sent: StewardAsk) -> HttpResponse:
    form = ReplyForm(request.POST, author=sent.author)
    if not form.is_valid():
        return show(request, "told", _told(request, sent) | {"reply": form}, status=422)
    steward_asks.reply(sent, text=form.cleaned_data["reply"])
    return leads(request, "ask_steward_show", sent.key)


def introduce(request: PersonRequest, sent: StewardAsk) -> HttpResponse:
    """The steward introduces the author to somebody; both are asked, and the answer is "passed on"."""
    told = _told(request, sent, request.POST)
    form = told["introduce"]
    if not form.is_valid():
        return show(request, "told", told, status=422)
    why = form.cleaned_data["why"]
    introductions.introduce(sent.author, form.chosen(), by=request.person, why=why, asked_for=True)
    return leads(request, "connections_passed_on")


def _told(request: PersonRequest, sent: StewardAsk, introduces: QueryDict | None = None) -> dict[str, Any]:
    """What the two of them see; the steward also whom they might introduce, by topic alone."""
    values = {"sent": sent, "other": sent.other(request.person)}
    if sent.steward_id != request.person.pk:
        return values
    found = suggesting.people_for_steward(sent.steward, sent.author, sent.text)
    return values | {
        "found": found,
        "reply": ReplyForm(author=sent.author, initial={"reply": sent.reply}),
        "introduce": IntroduceForm(introduces, found=found, author=sent.author),
    }
