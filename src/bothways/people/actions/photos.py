"""Photos: one small square a person, under a random name, made anew from whatever was sent."""

from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from bothways.core import keys
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.people.rules import pictures

FOLDER = "photos"


def change(person: Person, picture: IO[bytes]) -> Person:
    """Show this picture. Raises `pictures.TooLarge` or `pictures.NotAPicture`."""
    square = pictures.square(picture)
    name = default_storage.save(f"{FOLDER}/{keys.new()}.webp", ContentFile(square))
    try:
        return _show(person, name)
    except BaseException:
        default_storage.delete(name)
        raise


def remove(person: Person) -> Person:
    """Initials again; the file is gone."""
    return _show(person, "")


@verb
def _show(person: Person, name: str) -> Person:
    current = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    old, current.photo = current.photo, name
    current.save(update_fields=["photo"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
    return current
