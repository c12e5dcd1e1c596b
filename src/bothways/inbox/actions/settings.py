"""Turning kinds of mail off and on again."""

from collections.abc import Iterable

from bothways.core.transactions import verb
from bothways.inbox.kinds import Setting
from bothways.inbox.models import TurnedOff
from bothways.people.models import Person


@verb
def keep_on(person: Person, wanted: Iterable[str]) -> None:
    """Mail of these settings only; whatever is not among them is turned off."""
    off = set(Setting.values) - set(wanted)
    TurnedOff.objects.filter(person=person).exclude(setting__in=off).delete()
    TurnedOff.objects.bulk_create(
        [TurnedOff(person=person, setting=setting) for setting in sorted(off)], ignore_conflicts=True
    )


@verb
def turn_off(person: Person, setting: Setting) -> None:
    TurnedOff.objects.get_or_create(person=person, setting=setting)


@verb
def turn_on(person: Person, setting: Setting) -> None:
    TurnedOff.objects.filter(person=person, setting=setting).delete()
