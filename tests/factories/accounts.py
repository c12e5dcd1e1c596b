"""Sign-ins for tests, and what is in the mail about them."""

import re

from allauth.account.models import EmailAddress
from django.core import mail

from bothways.core import worker
from bothways.people.models import Account

PASSWORD = "a heron over the harbour"
MASKED = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def account(address: str = "ada@harbour.example", password: str | None = None) -> Account:
    made = Account.objects.create_user(address, password)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    return made


def sent_to(address: str) -> list[str]:
    """What the worker has mailed there by now."""
    worker.drain()
    return [str(letter.body) for letter in mail.outbox if letter.to == [address]]
