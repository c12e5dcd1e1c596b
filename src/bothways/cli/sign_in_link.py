"""`bothways sign-in-link ADDRESS`: the operator's way in, once, for a quarter of an hour."""

import argparse

from bothways.cli.running import Refusal, refuse_another_version, start_django


def run(arguments: argparse.Namespace) -> int:
    start_django()
    refuse_another_version()
    from django.conf import settings

    from bothways.people.actions import accounts
    from bothways.people.models import Account

    account = Account.objects.filter(email__iexact=arguments.address.strip()).first()
    if account is None:
        raise Refusal(
            f"nobody signs in as {arguments.address}. "
            "See who is here: bothways export people --organisation SLUG"
        )
    print(settings.BASE_URL + accounts.sign_in_link(account))
    return 0
