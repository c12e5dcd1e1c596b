"""The time budget: minutes a month over all forms together. Only this module and the snapshot add them up."""

from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from bothways.core.prepared import prepared
from bothways.core.transactions import verb
from bothways.people.actions import availability
from bothways.people.models import Person, Reservation

MOST = 60 * 40


class Full(Exception):
    """The person's month has no room for these minutes."""


def reserve(person: Person, *, month: date, minutes: int, source_key: str) -> Reservation:
    """Hold minutes, or raise `Full`. Runs in the caller's transaction and locks the person's row."""
    (locked,) = _locked(person.pk)
    if taken(locked, month=month) + minutes > locked.budget_minutes:
        raise Full
    return Reservation.objects.create(
        person=locked, month=month, minutes=minutes, kind=Reservation.Kind.HELD, source_key=source_key
    )


@prepared
def _locked(pk: Any) -> QuerySet[Person]:
    return Person.objects.select_for_update(no_key=True).filter(pk=pk)


def book(person: Person, *, source_key: str, filed_under: str = "") -> None:
    """What was held is now promised; by another key, where that is what it is promised for."""
    held = Reservation.objects.filter(person=person, source_key=source_key)
    held.update(kind=Reservation.Kind.BOOKED, source_key=filed_under or source_key)


def release(*, source_key: str) -> None:
    """Give back what this source holds, of whomever. Bookings stay: they were promised."""
    Reservation.objects.filter(source_key=source_key, kind=Reservation.Kind.HELD).delete()


def take(person: Person, *, month: date, minutes: int, source_key: str, instead_of: str = "") -> None:
    """Book minutes that two people agreed on themselves: counted, never refused.

    Safe to repeat with another month or length; a booking filed under `instead_of` becomes this one.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = Reservation.objects.filter(person=person)
    booked = {"month": month, "minutes": minutes, "kind": Reservation.Kind.BOOKED}
    if mine.filter(source_key=source_key).update(**booked):
        return
    if instead_of and mine.filter(source_key=instead_of).update(**booked, source_key=source_key):
        return
    Reservation.objects.create(person=person, source_key=source_key, **booked)


def give_back(*, source_key: str) -> None:
    """What was booked will not take place after all."""
    Reservation.objects.filter(source_key=source_key).delete()


@verb
def change(person: Person, *, minutes: int) -> Person:
    """Give so many minutes a month. What is held or promised stays; the next introduction counts anew."""
    if not 0 <= minutes <= MOST:
        raise ValueError(f"{minutes} minutes a month are not between 0 and {MOST}.")
    Person.objects.filter(pk=person.pk).update(budget_minutes=minutes)
    person.budget_minutes = minutes
    availability.of(person)
    return person


def promised(person: Person, *, month: date) -> int:
    """Minutes of the month that are booked: what their giver may read in a sum (see `Reservation`)."""
    booked = Reservation.objects.filter(person=person, month=month, kind=Reservation.Kind.BOOKED)
    return booked.aggregate(total=Sum("minutes"))["total"] or 0


def taken(person: Person, *, month: date) -> int:
    """Minutes of the month that are held or booked."""
    return sum(_taken(person.pk, month))


@prepared
def _taken(person: Any, month: Any) -> QuerySet[Reservation, int]:
    return Reservation.objects.filter(person=person, month=month).values_list("minutes", flat=True)
