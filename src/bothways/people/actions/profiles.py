"""What a person says about themselves."""

from collections.abc import Mapping
from typing import Any

from bothways.core.transactions import verb
from bothways.people.actions import search
from bothways.people.models import Person

THEIRS = frozenset(
    {
        *("name", "pronouns", "title", "place", "started_on", "languages", "time_zone", "email_shown"),
        *("about", "brings", "hopes", "stretch", "stretch_shown", "hours"),
    }
)


@verb
def change(person: Person, said: Mapping[str, Any]) -> Person:
    """Take over what somebody wrote about themselves; only what is theirs to say."""
    if foreign := set(said) - THEIRS:
        raise ValueError(f"Not a person's own to change: {', '.join(sorted(foreign))}.")
    current = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    for name, value in said.items():
        setattr(current, name, value)
    current.save(update_fields=list(said))
    search.refresh([current])
    return current
