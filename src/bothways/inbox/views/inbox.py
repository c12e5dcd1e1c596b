"""The inbox: what waits for my answer, then what is good to know."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bothways.inbox.actions import messages as verbs
from bothways.inbox.models import Message
from bothways.inbox.queries import messages, subjects
from bothways.people.requests import PersonRequest

A_PAGE = 25


def inbox(request: PersonRequest) -> HttpResponse:
    rows = messages.shown(request.person, messages.of(request.person)[: messages.MOST])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    waiting = [row for row in page if row.waits]
    news = [row for row in page if not row.waits]
    return render(request, "inbox/inbox.html", {"page": page, "waiting": waiting, "news": news})


def open_message(request: PersonRequest, message: Message) -> HttpResponse:
    """To the page that it is about."""
    subject = subjects.of(request.person, [message.about]).get(message.about)
    if request.method == "GET":
        verbs.look_at(message)
    if subject is None:
        return redirect("inbox", organisation=request.organisation.slug)
    return redirect(messages.link_to(message, request.person, subject))


def put_away(request: PersonRequest, message: Message) -> HttpResponse:
    verbs.put_away(message)
    return redirect("inbox", organisation=request.organisation.slug)
