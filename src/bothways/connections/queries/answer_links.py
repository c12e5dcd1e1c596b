"""Links by mail that let an asked person answer without signing in. A link opens nothing else."""

from typing import NamedTuple

from django.core import signing
from django.urls import reverse

from bothways.connections.models import Introduction
from bothways.people.models import Person

_SALT = "bothways.connections.answer"


class Behind(NamedTuple):
    introduction: Introduction
    person: Person


def path_of(introduction: Introduction, person: Person) -> str:
    """Where this person answers this introduction. The token is both keys, signed."""
    token = _signer().sign(f"{introduction.key}-{person.key}")
    return reverse("connections_answer", kwargs={"token": token})


def behind(token: str) -> Behind | None:
    """Whose answer to what; nothing for a link that is not ours, or of somebody who is no longer here."""
    try:
        key, _, person_key = _signer().unsign(token).partition("-")
    except signing.BadSignature:
        return None
    here = Person.objects.filter(key=person_key, state=Person.State.ACTIVE).select_related("organisation")
    person = here.first()
    introduction = Introduction.objects.ours(person).filter(key=key).first() if person else None
    return Behind(introduction, person) if person and introduction else None


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
