"""Letters about signing in. The worker writes and sends them, so that asking for one takes the same time
whether or not the address is known. Each holds what it needs; nothing of them is kept once they are sent, and
of one that could not be sent, nothing after the next night but one.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from allauth.core import ratelimit
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import TaskContext, task

from bothways.core.tasks import PASSING
from bothways.people.actions import invitations

log = logging.getLogger("bothways.mail")

BY_ANYBODY = ("login_code", "password_reset_key")  # whoever knows an address can have these sent there


@task(takes_context=True, queue_name=PASSING)
def send(context: TaskContext, name: str, address: str, language: str, values: dict[str, Any]) -> None:
    """Mail the letter `account/email/<name>` to an address that is somebody's here."""
    _mail(context, name, address, language, values)


@task(takes_context=True, queue_name=PASSING)
def send_way_back(context: TaskContext, address: str, language: str) -> None:
    """Mail a link to a new password, where this address is somebody's here; else do what fits."""
    known = filter_users_by_email(address, is_active=True, prefer_verified=True, for_login=True)
    if not known:
        invitations.renew_for(address)
        return
    names = {"uidb36": user_pk_to_url_str(known[0]), "key": default_token_generator.make_token(known[0])}
    link = settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=names)
    _mail(context, "password_reset_key", address, language, {"link": link})


@task(queue_name=PASSING)
def answer_unknown(address: str) -> None:
    """Somebody wants in with an address that has no sign-in: awaited people get their invitation anew."""
    invitations.renew_for(address)


def _one_more(name: str, address: str) -> bool:
    """Whether this address may have another such letter. Counted here, where no stranger sees the answer."""
    anywhere = HttpRequest()
    anywhere.method = "POST"
    return bool(ratelimit.consume(anywhere, action="letters_to_one", key=f"{name} to {address.lower()}"))


def _mail(context: TaskContext, name: str, address: str, language: str, values: dict[str, Any]) -> None:
    if name in BY_ANYBODY and not _one_more(name, address):
        log.warning("A letter about signing in is not sent: its address has had too many within an hour.")
        return
    with translation.override(language):
        shown = {"address": address, "site": settings.BASE_URL, **values}
        subject = " ".join(render_to_string(f"account/email/{name}_subject.txt", shown).split())
        body = render_to_string(f"account/email/{name}_message.txt", shown).strip() + "\n"
    stable = f"<sign-in.{context.task_result.id}@{urlsplit(settings.BASE_URL).hostname}>"
    headers = {"Message-ID": stable, "Auto-Submitted": "auto-generated"}
    EmailMessage(subject, body, to=[address], headers=headers).send()
