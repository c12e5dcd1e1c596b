"""Signing in: allauth's views, answering as ours do, and the operator's link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from bothways.people.actions import accounts

View = Callable[..., HttpResponseBase]


def _plain(view: View) -> View:
    """A form that comes back is 422, as everywhere."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answering


address = _plain(allauth.request_login_code)
code = _plain(allauth.confirm_login_code)
password = _plain(allauth.login)
leave = allauth.logout
forgotten = _plain(allauth.password_reset)
forgotten_sent = allauth.password_reset_done
another_password = _plain(allauth.password_reset_from_key)
password_done = allauth.password_reset_from_key_done
change_password = _plain(allauth.password_change)
set_password = _plain(allauth.password_set)


def link(request: HttpRequest, token: str) -> HttpResponse:
    """The operator's link: asks before it signs in, so that no preview of a mail uses it up."""
    if request.method != "POST":
        return render(request, "account/link.html")
    try:
        account = accounts.use_link(token)
    except accounts.Over:
        return render(request, "account/link_over.html", status=410)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)
