"""Organisations: each one a wall of its own."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bothways.core import lines, time
from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.people.actions import accounts, topics
from bothways.people.models import Person


@verb
def create(slug: str, name: str, *, time_zone: str = "UTC", language: str = "en") -> Organisation:
    """A new organisation with the topics of our thesaurus. Raises Django's `ValidationError`."""
    organisation = Organisation(
        slug=slug, name=lines.plain(name), time_zone=time_zone, language=language, created_at=time.now()
    )
    if time_zone not in available_timezones():
        raise ValidationError({"time_zone": _("There is no such time zone. Write it like Europe/Lisbon.")})
    organisation.full_clean()
    organisation.save()
    topics.seed(organisation)
    return organisation


@verb
def begin(organisation: Organisation, *, address: str, name: str) -> Person:
    """The first person of an organisation, who administers it; named by the operator."""
    account = accounts.of_address(address)
    return Person.objects.create(
        organisation=organisation,
        account=account,
        email=account.email,
        name=lines.plain(name),
        time_zone=organisation.time_zone,
        state=Person.State.ACTIVE,
        role=Person.Role.ADMINISTRATOR,
    )
