"""How allauth behaves here: nobody signs up by themselves, mail goes out later and in our voice."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context, ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bothways.people import letters

ERRORS = {
    "email_password_mismatch": _(
        "This address and this password do not go together. Try again, or let us send you a code."
    ),
    "incorrect_code": _("That is not the code in the mail. Look again."),
    "enter_current_password": _("That is not the password you have now."),
    "too_many_login_attempts": _("That was tried too often. Take a break of five minutes, then try again."),
    "rate_limited": _("That was tried too often. Take a break of five minutes, then try again."),
    "invalid_password_reset": _("This link has been used or is over. Ask for a new one."),
}


def allowed(action: str, address: str) -> bool:
    """Whether this address may try it once more from where the visitor is."""
    request = context.request
    return bool(ratelimit.consume(request, action=action, key=_from_here(request, address)))


def _from_here(request: HttpRequest, address: str) -> str:
    return f"{address.lower()} from {get_adapter().get_client_ip(request)}"


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return _from_here(request, super()._get_login_attempts_cache_key(request, **credentials))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        address = super()._get_login_attempts_cache_key(request, **credentials)
        if not ratelimit.consume(request, action="login_failed_anywhere", key=address):
            raise self.validation_error("too_many_login_attempts")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The nearest address that is not one of the operator's own proxies."""
        forwarded = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        hops = [request.META.get("REMOTE_ADDR") or "unknown", *reversed([hop for hop in forwarded if hop])]
        return next((hop for hop in hops if hop not in settings.TRUSTED_PROXIES), hops[0])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the sending to the worker: a mail server's pace must not tell who is known here."""
        name = template_prefix.removeprefix("account/email/")
        letters.send.enqueue(name, email, get_language() or "en", {"code": context.get("code", "")})

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kwargs: Any
    ) -> None:
        """Refusals alone: whatever went well is said by the page that follows."""
        if message:
            messages.add_message(request, level, message)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        closed = _("This sign-in is closed. Ask whoever looks after Bothways where you work.")
        messages.error(request, str(closed))
        return redirect("account_request_login_code")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_reset_password_from_key_done")
