"""Somebody who offers a topic, and everything for them to be found."""

from typing import Any

from bothways.core.models import Organisation
from bothways.people.actions import search
from bothways.people.models import Offer, Person, Topic, Want
from tests.factories.people import member, topic

SPEAKING = "Public speaking"


def subject(of: Organisation, name: str = SPEAKING, **fields: Any) -> Topic:
    """The topic of this name, made if it is not there."""
    return Topic.objects.filter(organisation=of, name=name).first() or topic(of, name, **fields)


def offering(of: Organisation, name: str, *topics: str, wants: tuple[str, ...] = (), **fields: Any) -> Person:
    """Somebody available who offers these topics, and says in public that they want those."""
    person = member(of, name, **fields)
    for each in topics or (SPEAKING,):
        Offer.objects.create(person=person, topic=subject(of, each))
    for each in wants:
        Want.objects.create(person=person, topic=subject(of, each), shown=True)
    search.refresh([person])
    return person
