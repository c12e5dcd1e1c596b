"""One's own topics, and those that some words may mean."""

from dataclasses import dataclass

from bothways.people.models import Offer, Person, Topic, Want
from bothways.people.queries import topics

MOST_FOUND = 8


@dataclass(frozen=True)
class Subjects:
    offers: list[Offer]
    wants: list[Want]
    words: str
    found: list[Topic]
    proposed: list[Topic]

    @property
    def offered(self) -> set[int]:
        return {offer.topic_id for offer in self.offers}

    @property
    def wanted(self) -> set[int]:
        return {want.topic_id for want in self.wants}


def of(person: Person, *, words: str) -> Subjects:
    """All of one's own, hidden wants too; without words, what somebody with this title may offer."""
    offers = person.offers.filter(topic__merged_into=None).select_related("topic").order_by("topic__name")
    wants = person.wants.filter(topic__merged_into=None).select_related("topic").order_by("topic__name")
    return Subjects(
        offers=list(offers),
        wants=list(wants),
        words=words,
        found=_meant(person, words) if words.strip() else [],
        proposed=[] if words.strip() else _without(topics.proposed_for(person), [*offers, *wants]),
    )


def _without(proposed: list[Topic], said: list[Offer | Want]) -> list[Topic]:
    """What one does not have yet, of either sort."""
    has = {each.topic_id for each in said}
    return [topic for topic in proposed if topic.pk not in has]


def _meant(person: Person, words: str) -> list[Topic]:
    hits = topics.thesaurus_of(person.organisation_id).find(words, MOST_FOUND)
    return topics.of_keys(person.organisation_id, [hit.key for hit in hits])
