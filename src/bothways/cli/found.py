"""`bothways found SLUG NAME`: a new organisation, and the way in for its first person."""

import argparse
from typing import TYPE_CHECKING

from bothways.cli.running import Refusal, refuse_another_version, start_django

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings
    from django.core.exceptions import ValidationError

    from bothways.core.models import Organisation

    refuse_another_version()
    if Organisation.objects.filter(slug=arguments.slug).exists():
        raise Refusal(f"there is an organisation {arguments.slug} already. Choose another word.")
    try:
        path = _found(arguments)
    except ValidationError as wrong:
        raise Refusal(_in_words(wrong)) from None
    print(f"{arguments.name_of_it} stands at {settings.BASE_URL}/{arguments.slug}/")
    print(f"{arguments.administrator} administers it and signs in here, once, within a quarter of an hour:")
    print(settings.BASE_URL + path)
    print("Later: their mail address at the door, or a new link by bothways sign-in-link.")
    return 0


def _found(arguments: argparse.Namespace) -> str:
    """Organisation, first person and link together, or none of them. Answers the link's path."""
    from django.core.validators import validate_email
    from django.db import transaction

    from bothways.people.actions import accounts, organisations

    address = arguments.administrator.strip()
    validate_email(address)
    with transaction.atomic():
        organisation = organisations.create(
            arguments.slug, arguments.name_of_it, time_zone=arguments.time_zone
        )
        organisations.begin(organisation, address=address, name=arguments.name or _name_from(address))
        return accounts.sign_in_link(accounts.of_address(address))


def _name_from(address: str) -> str:
    """Something to be called by until they write their own: ada.lopez@example.org is Ada Lopez."""
    words = address.partition("@")[0].replace(".", " ").replace("_", " ")
    return words.title()


def _in_words(wrong: "ValidationError") -> str:
    if not hasattr(wrong, "error_dict"):
        return f"--administrator: {' '.join(wrong.messages)}"
    said = {"slug": "SLUG", "name": "NAME", "time_zone": "--time-zone"}
    return " ".join(
        f"{said.get(field, field)}: {' '.join(texts)}" for field, texts in wrong.message_dict.items()
    )
