"""People of one's organisation, by name."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from bothways.core import keys
from bothways.people.models import Person

MOST = 8
LONGEST = 120


def named(looker: Person, name: str, *, leave_out: Iterable[Person] = ()) -> list[Person]:
    """Up to eight whose name holds every word, in the order of names."""
    words = Q()
    for word in name.replace("\x00", " ")[:LONGEST].split():
        words &= Q(name__icontains=word)
    here = Person.objects.in_organisation(looker).filter(words, state=Person.State.ACTIVE)
    others = here.exclude(pk__in=[person.pk for person in leave_out])
    return list(others.order_by("name", "key")[:MOST]) if words else []


def of_key(looker: Person, key: str) -> Person | None:
    here = Person.objects.in_organisation(looker).filter(key=keys.read(key), state=Person.State.ACTIVE)
    return here.exclude(pk=looker.pk).first() if key else None


def called(person: Person) -> str:
    """Somebody's name with what tells them apart from others of the same name."""
    post = ", ".join(filter(None, [person.title, person.team.name if person.team else ""]))
    return _("%(name)s, %(post)s") % {"name": person.name, "post": post} if post else person.name
