"""People of one's organisation, by name."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from bothways.core import keys
from bothways.people.models import Person
from bothways.people.queries.search import called as called_so
from bothways.people.queries.search import first_by_name

MOST = 8


def named(looker: Person, name: str, *, leave_out: Iterable[Person] = ()) -> list[Person]:
    """Up to eight in whose names some word begins with each of these, in the order of names."""
    here = called_so(looker.organisation_id, name).filter(state=Person.State.ACTIVE)
    return first_by_name(here.exclude(pk__in=[person.pk for person in leave_out]), MOST)


def of_key(looker: Person, key: str) -> Person | None:
    here = Person.objects.in_organisation(looker).filter(key=keys.read(key), state=Person.State.ACTIVE)
    return here.exclude(pk=looker.pk).first() if key else None


def called(person: Person) -> str:
    """Somebody's name with what tells them apart from others of the same name."""
    post = ", ".join(filter(None, [person.title, person.team.name if person.team else ""]))
    return _("%(name)s, %(post)s") % {"name": person.name, "post": post} if post else person.name
