"""Who looks after an organisation. It is never left without an administrator."""

from bothways.core.transactions import verb
from bothways.people.models import Person


class LastAdministrator(Exception):
    """Without this person nobody could change a role here any more."""


@verb
def change(person: Person, *, to: str) -> None:
    """From now on this person is a member, a steward or an administrator."""
    if to != Person.Role.ADMINISTRATOR:
        keep_an_administrator(person)
    Person.objects.filter(pk=person.pk).update(role=to)


def keep_an_administrator(person: Person) -> None:
    """Refuse where `person` is the only administrator. Locks them all, in the caller's transaction."""
    administrators = Person.objects.filter(
        organisation=person.organisation_id, role=Person.Role.ADMINISTRATOR, state=Person.State.ACTIVE
    )
    keys = list(administrators.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if keys == [person.pk]:
        raise LastAdministrator
