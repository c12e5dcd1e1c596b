"""Sign-ins: one for each address, made where somebody proved that the address is theirs."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.urls import reverse

from bothways.core import time
from bothways.core.transactions import verb
from bothways.people.models import Account, SignInLink

LINK_LASTS = timedelta(minutes=15)


class Over(Exception):
    """The link was used, is too old, or never was."""


@verb
def sign_in_link(account: Account) -> str:
    """A path that signs this account in once, within a quarter of an hour. For the operator alone."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.filter(ends_at__lt=time.now()).delete()
    SignInLink.objects.create(account=account, digest=_digest(token), ends_at=time.now() + LINK_LASTS)
    return reverse("people_sign_in_link", kwargs={"token": token})


@verb
def use_link(token: str) -> Account:
    """The account whose link this is; from now on it is used. Raises `Over`, also for the second of two."""
    unused = SignInLink.objects.filter(digest=_digest(token), used_at=None, ends_at__gt=time.now())
    if not unused.update(used_at=time.now()):
        raise Over
    link = SignInLink.objects.select_related("account").get(digest=_digest(token))
    if not link.account.is_active:
        raise Over
    return link.account


def of_address(address: str) -> Account:
    """The account of an address that was just proved, or a new one. In the caller's transaction."""
    address = address.lower()
    account = Account.objects.filter(email=address).first() or Account.objects.create_user(address)
    proved = EmailAddress.objects.filter(email=address, verified=True).exists()
    if not proved:
        EmailAddress.objects.update_or_create(
            user=account, email=address, defaults={"verified": True, "primary": True}
        )
    return account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
