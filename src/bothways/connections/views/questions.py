"""What an asker may see of who was asked: a question before the answer, and a name handed on."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bothways.connections.actions import answers, queues
from bothways.connections.forms.answers import ReplyForm
from bothways.connections.models import MoreAsked, QueueEntry
from bothways.core import time
from bothways.people.requests import PersonRequest


def question(request: PersonRequest, asked: MoreAsked) -> HttpResponse:
    if request.method == "POST":
        return _replied(request, asked)
    return _page(request, asked, ReplyForm(other=asked.by))


def suggested(request: PersonRequest, entry: QueueEntry) -> HttpResponse:
    """Somebody whom an asked person suggested: ask them too?"""
    if request.method == "POST":
        queues.approve(entry)
        return redirect("connections_suggested", organisation=request.organisation.slug, key=entry.key)
    return render(request, "connections/introductions/suggested.html", {"entry": entry})


def _replied(request: PersonRequest, asked: MoreAsked) -> HttpResponse:
    form = ReplyForm(request.POST, other=asked.by)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    try:
        answers.reply(asked, by=request.person, text=form.cleaned_data["text"])
    except answers.Over:
        return _page(request, asked, form, status=409)
    return redirect("connections_question", organisation=request.organisation.slug, key=asked.key)


def _page(request: PersonRequest, asked: MoreAsked, form: ReplyForm, status: int = 200) -> HttpResponse:
    still_open = asked.introduction.is_open(time.now()) and status != 409
    values = {"asked": asked, "form": form, "still_open": still_open}
    return render(request, "connections/introductions/question.html", values, status=status)
