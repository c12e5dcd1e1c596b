"""The front door, and whether anybody is in."""

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bothways.web.queries import demo_roles, organisations_of


def healthz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers; for proxies and supervisors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def front(request: HttpRequest) -> HttpResponse:
    """To one's organisation; to a choice where there are several; to the door otherwise."""
    if not request.user.is_authenticated:
        if settings.MODE == "demo":
            return render(request, "web/demo.html", {"roles": demo_roles()})
        return redirect(settings.LOGIN_URL)
    mine = organisations_of(request.user)
    if len(mine) == 1:
        return redirect(_home(mine[0].slug))
    return render(request, "web/choose.html", {"organisations": mine})


def step_in(request: HttpRequest, role: str) -> HttpResponse:
    """In the demo alone: sign in as one of its people, by one click."""
    chosen = (
        {found.role: found.person for found in demo_roles()}.get(role) if settings.MODE == "demo" else None
    )
    if chosen is None or chosen.account is None:
        raise Http404
    login(request, chosen.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(_home(chosen.organisation.slug))


def _home(slug: str) -> str:
    return reverse("home", kwargs={"organisation": slug})
