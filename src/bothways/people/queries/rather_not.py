"""The private list of people somebody would rather not be introduced to, for that somebody alone."""

from django.db.models import F

from bothways.people.models import Person
from bothways.people.queries.search import matching_persons

MOST_FOUND = 10


def of(person: Person) -> list[Person]:
    listed = Person.objects.on_record(person).filter(pk__in=person.not_wanted.values("other"))
    return list(listed.order_by("name", "key"))


def lists(person: Person, other: Person) -> bool:
    """Whether this person's own list has the other on it; the other's list is nobody's to ask."""
    return person.not_wanted.filter(other=other).exists()


def named(person: Person, name: str) -> list[Person]:
    """Colleagues called so who are not on the list yet."""
    colleagues = matching_persons(person.organisation, name.split(), every=True).exclude(pk=person.pk)
    others = colleagues.exclude(pk__in=person.not_wanted.values("other")).select_related("team")
    return list(others.order_by(F("rank").desc(), "name", "key")[:MOST_FOUND])
