"""Having been here, by the day. Answering an introduction never counts (consent.md 4)."""

from datetime import date

from django.db.models import Q

from bothways.people.models import Person


def note(person: Person, *, on: date) -> None:
    """Remember the day of a visit, once a day."""
    if person.here_on is None or person.here_on < on:
        Person.objects.filter(Q(here_on=None) | Q(here_on__lt=on), pk=person.pk).update(here_on=on)
