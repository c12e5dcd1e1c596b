"""An ask after it was pressed: its plan, and what its author may do."""

from django.http import Http404, HttpResponse

from bothways.ask.actions import asks
from bothways.ask.forms.stewards import MoreForm
from bothways.ask.models import Ask
from bothways.ask.queries import asks as asks_of
from bothways.ask.views.pages import leads, show
from bothways.connections.actions import answers, queues
from bothways.connections.models import MoreAsked, QueueEntry
from bothways.people.requests import PersonRequest


def index(request: PersonRequest) -> HttpResponse:
    return show(request, "asks", {"page": asks_of.mine(request.person, request.GET.get("page", 1))})


def page(request: PersonRequest, ask: Ask) -> HttpResponse:
    return show(request, "show", {"progress": asks_of.progress(ask)})


def withdraw(request: PersonRequest, ask: Ask) -> HttpResponse:
    asks.withdraw(ask)
    return leads(request, "ask_show", ask.key)


def keep(request: PersonRequest, ask: Ask) -> HttpResponse:
    if ask.is_running or ask.found:
        return show(request, "show", {"progress": asks_of.progress(ask)}, status=409)
    asks.keep(ask)
    return leads(request, "ask_show", ask.key)


def put_away(request: PersonRequest, ask: Ask) -> HttpResponse:
    asks.put_away(ask)
    return leads(request, "ask_show", ask.key)


def more(request: PersonRequest, asked: MoreAsked) -> HttpResponse:
    """Somebody whom we asked would like to know more: their question, and the author's reply."""
    ask = Ask.objects.mine(request.person).filter(queue=asked.introduction.queue).first()
    if ask is None:
        raise Http404
    form = MoreForm(request.POST or None, asker=asked.by, initial={"text": asked.reply})
    values = {"asked": asked, "form": form, "ask": ask}
    if request.method == "GET" or not form.is_valid():
        return show(request, "more", values, status=422 if request.method == "POST" else 200)
    try:
        answers.reply(asked, by=request.person, text=form.cleaned_data["text"])
    except answers.Over:
        return show(request, "more", values | {"over": True}, status=409)
    return leads(request, "ask_show", ask.key)


def approve(request: PersonRequest, entry: QueueEntry) -> HttpResponse:
    """Ask the person whom somebody suggested, too."""
    ask = Ask.objects.mine(request.person).filter(queue=entry.queue).first()
    if ask is None:
        raise Http404
    queues.approve(entry)
    return leads(request, "ask_show", ask.key)
