"""What a person can be asked about, and what they would like to get better at."""

from bothways.core.transactions import verb
from bothways.people.actions import search
from bothways.people.models import Offer, Person, Topic, Want

MOST = 20


class TooMany(Exception):
    """Twenty topics say more than thirty."""


@verb
def offer(person: Person, topic: Topic) -> Offer:
    """From now on people may be told that this person can talk about it."""
    _lock(person)
    found, new = Offer.objects.get_or_create(person=person, topic=topic)
    if new and Offer.objects.filter(person=person).count() > MOST:
        raise TooMany
    search.refresh([person])
    return found


@verb
def stop_offering(person: Person, topic: Topic) -> None:
    Offer.objects.filter(person=person, topic=topic).delete()
    search.refresh([person])


@verb
def want(person: Person, topic: Topic, *, shown: bool = False, suggest: bool = True) -> Want:
    """They would like to get better at it; said again, it takes over who sees it and what may follow."""
    _lock(person)
    said = {"shown": shown, "suggest": suggest}
    found, new = Want.objects.update_or_create(person=person, topic=topic, defaults=said)
    if new and Want.objects.filter(person=person).count() > MOST:
        raise TooMany
    return found


@verb
def stop_wanting(person: Person, topic: Topic) -> None:
    Want.objects.filter(person=person, topic=topic).delete()


def _lock(person: Person) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
