"""Away: never suggested, introduced or mailed. What is open ends when it begins (consent.md 15)."""

from datetime import date, timedelta

from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people import events
from bothways.people.actions import availability
from bothways.people.models import Person

LONGEST = timedelta(days=731)


class Backwards(Exception):
    """It would end before it begins."""


class Past(Exception):
    """It would be over already."""


class TooLong(Exception):
    """Two years and more are not an absence."""


@verb
def go_away(person: Person, *, since: date, until: date) -> Person:
    """Away on these days, the first and the last included, in the person's own time zone."""
    if until < since:
        raise Backwards
    if until < time.today(person.time_zone):
        raise Past
    if until - since > LONGEST:
        raise TooLong
    current = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    current.away_from, current.away_until, current.away_told = since, until, False
    current.save(update_fields=["away_from", "away_until", "away_told"])
    _begin_if_due(current)
    return current


@verb
def come_back(person: Person) -> Person:
    """Here again, or not going after all. What has ended stays ended."""
    current = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    current.away_from = current.away_until = None
    current.away_told = False
    current.save(update_fields=["away_from", "away_until", "away_told"])
    availability.of(current)
    return current


def begin_due() -> int:
    """Begin every absence whose first day has come where the person lives; returns how many."""
    nearly = time.today("Etc/GMT-14")
    waiting = (
        Person.objects.here().filter(away_told=False, away_from__lte=nearly).order_by("away_from", "key")
    )
    return sum(_begin(person) for person in waiting)


def forget_past() -> int:
    """Absences that are over everywhere leave no trace; returns how many."""
    over = Person.objects.filter(away_until__lt=time.today("Etc/GMT+12"))
    return over.update(away_from=None, away_until=None, away_told=False)


@verb
def _begin(person: Person) -> bool:
    return _begin_if_due(Person.objects.select_for_update(no_key=True).get(pk=person.pk))


def _begin_if_due(person: Person) -> bool:
    if person.away_told or not person.is_away(time.today(person.time_zone)):
        return False
    person.away_told = True
    person.save(update_fields=["away_told"])
    record(events.PersonWentAway(person=person.key))
    return True
