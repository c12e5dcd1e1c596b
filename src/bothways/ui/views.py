"""What a person reads when an address leads nowhere, never a stack trace; and the living style page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from bothways.ui import style as samples


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/403.html", status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token has run out, most often a page left open overnight."""
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks neither the session nor the database: they may be what broke."""
    try:
        page = loader.get_template("ui/errors/500.html").render()
    except Exception:  # the last page there is must not fail for want of a file
        page = _("Something broke on our side. It is not your doing. Try again in a minute.")
    return HttpResponse(page, status=500)


def _only_for_contributors() -> None:
    if settings.MODE not in {"demo", "test"}:
        raise Http404


def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with a line on when to use it."""
    _only_for_contributors()
    return render(request, "ui/style/page.html", samples.everything(request.GET.get("page")))


def style_door(request: HttpRequest) -> HttpResponse:
    _only_for_contributors()
    return render(request, "ui/style/door.html", {"form": samples.DoorForm()})
