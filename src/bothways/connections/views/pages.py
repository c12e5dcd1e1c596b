"""How the pages of connections answer: a form again with 422, a refusal as a sentence with 409."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.connections.actions import refusals
from bothways.connections.models import Connection
from bothways.people.requests import PersonRequest

WRITTEN = ("text", "learned", "brings", "hopes", "cadence", "confidentiality", "boundaries", "reply", "where")
SENTENCES: dict[type[refusals.Refusal], Promise] = {
    refusals.HasEnded: _("This connection has ended. Nothing was sent; whatever you wrote stands below."),
    refusals.NoLongerThere: _("This is no longer open. Nothing more is asked of you here."),
    refusals.AlreadyPlanned: _("A meeting is planned already. Move it or cancel it first."),
    refusals.AlreadyProposed: _(
        "You have proposed something already. If it isn't taken up within two weeks, you can propose again."
    ),
    refusals.NotYoursToPick: _("You offered these times, so the other one picks."),
    refusals.Outdated: _(
        "A newer version was written meanwhile. Read it first; what you wrote is still here."
    ),
    refusals.InThePast: _("That time has gone by. Go back and choose one to come."),
    refusals.NoTimes: _("Choose one to three times within the year."),
    refusals.NotSomebodyToTell: _("This person can no longer be told. Go back and choose somebody else."),
}

ENDED = _("This has ended, so there is nothing more to do there. Here is all that you two have.")
OVER = (refusals.HasEnded, refusals.NoLongerThere)


def show(
    request: PersonRequest, template: str, values: dict[str, Any], form: Form | None = None
) -> HttpResponse:
    """The page; with 422 where the form holds something that cannot be taken."""
    wrong = form is not None and form.is_bound and bool(form.errors)
    return render(
        request, f"connections/{template}.html", values | {"form": form}, status=422 if wrong else 200
    )


def posted(request: PersonRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, be it nothing at all."""
    return request.POST if request.method == "POST" else None


def leads(request: PersonRequest, name: str, key: str = "", *, said: str | Promise = "") -> HttpResponse:
    """On to another page, with a sentence about what was done."""
    if said:
        messages.success(request, str(said))
    where = {"organisation": request.organisation.slug} | ({"key": key} if key else {})
    return HttpResponseRedirect(reverse(name, kwargs=where))


def typed(request: PersonRequest) -> list[str]:
    """What was written, shown again so that nothing is lost."""
    return [request.POST[name] for name in WRITTEN if request.POST.get(name)]


View = Callable[..., HttpResponseBase]


def kindly(view: View) -> View:
    """A refusal of a verb becomes a page with a sentence and the way back, status 409."""

    @wraps(view)
    def answered(request: PersonRequest, subject: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, subject, *args, **kwargs)
        except refusals.Refusal as refused:
            values = {
                "sentence": SENTENCES[type(refused)],
                "over": isinstance(refused, OVER),
                "connection": _connection_of(subject),
                "typed": typed(request),
            }
            return render(request, "connections/refused.html", values, status=409)

    return answered


def while_alive(view: View) -> View:
    """What has ended is read on its own page: an old address of a form leads there, and says why.

    What is sent all the same goes on to the verb, whose refusal keeps what was written.
    """

    @wraps(view)
    def led(request: PersonRequest, subject: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        connection = _connection_of(subject)
        if request.method == "POST" or connection is None or connection.is_alive:
            return view(request, subject, *args, **kwargs)
        messages.info(request, str(ENDED))
        return leads(request, "connections_connection", connection.key)

    return led


def _connection_of(subject: Any) -> Connection | None:
    found = subject if isinstance(subject, Connection) else getattr(subject, "connection", None)
    return found if isinstance(found, Connection) else None
