"""The people whom somebody ticked."""

from collections.abc import Sequence

from bothways.people.models import Person

MOST = 8


def people(author: Person, keys: Sequence[str]) -> list[Person]:
    """Of the author's organisation, in the order in which they were ticked; never the author."""
    wanted = list(dict.fromkeys(keys))[:MOST]
    here = Person.objects.in_organisation(author).exclude(pk=author.pk).filter(key__in=wanted)
    found = {person.key: person for person in here}
    return [found[key] for key in wanted if key in found]
