"""Finding people by words, team, topic and language; a page at a time, quick with fifty thousand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import F, Prefetch
from django.db.models.functions import Lower

from bothways.people.models import Offer, Person, Team, Topic
from bothways.people.models.person import PersonQuerySet
from bothways.people.models.topic import TopicQuerySet
from bothways.people.queries import topics
from bothways.people.queries.search import matching_persons

A_PAGE = 25
MOST_RANKED = 5000  # where more fit, no order helps: another word does
TOPICS = 3
NOT_LISTED = ("about", "hopes", "stretch", "hours", "line")


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; empty parts do not narrow."""

    words: str = ""
    team: str = ""
    topic: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return any((self.words.strip(), self.team, self.topic, self.language))


@dataclass(frozen=True)
class Found:
    people: list[Person]
    page: Page[int]
    number: int
    unordered: bool
    topic: Topic | None = None
    topics: list[Topic] = field(default_factory=list)

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)


def find(viewer: Person, wish: Wish, *, page: str | None = None) -> Found:
    """People of the viewer's organisation, best first; without a wish everybody, by name."""
    fitting = _fitting(viewer, wish)
    number = fitting.count()
    unordered = number > MOST_RANKED and bool(wish.words or wish.language)
    shown = Paginator(range(number), A_PAGE).get_page(page)
    start = max(shown.start_index() - 1, 0)
    ids = list(_in_order(fitting, wish, unordered).values_list("pk", flat=True)[start : shown.end_index()])
    return Found(
        people=_with_offers(ids),
        page=shown,
        number=number,
        unordered=unordered,
        topic=_topic(viewer, wish).first() if wish.topic else None,
        topics=_spoken_of(viewer, wish),
    )


def _fitting(viewer: Person, wish: Wish) -> PersonQuerySet:
    """Everybody, or whom each part of the wish leads to (see `search` for the "+ 0")."""
    fitting = Person.objects.here().filter(organisation=viewer.organisation_id)
    if wish.team or wish.topic:
        fitting = (
            Person.objects.here().alias(wall=F("organisation_id") + 0).filter(wall=viewer.organisation_id)
        )
    if wish.words.strip() or wish.language:
        spoken = [wish.language] if wish.language else []
        fitting = matching_persons(viewer.organisation, wish.words.split(), every=True, languages=spoken)
    if wish.team:
        teams = Team.objects.filter(organisation=viewer.organisation_id, name=wish.team)
        fitting = fitting.filter(team__in=list(teams))
    if wish.topic:
        offers = Offer.objects.filter(topic__in=list(_topic(viewer, wish)))
        fitting = fitting.filter(pk__in=offers.values("person"))
    return fitting


def _topic(viewer: Person, wish: Wish) -> TopicQuerySet:
    return Topic.objects.in_organisation(viewer).filter(key=wish.topic)


def _in_order(fitting: PersonQuerySet, wish: Wish, unordered: bool) -> PersonQuerySet:
    if unordered:
        return fitting.order_by("search__person_id")
    if wish.words.strip():
        return fitting.order_by(F("rank").desc(), Lower("name"), "key")
    return fitting.order_by(Lower("name"), "key")


def _with_offers(ids: list[int]) -> list[Person]:
    """These people, in this order, each with the topics they offer."""
    named = Offer.objects.filter(topic__merged_into=None).select_related("topic")
    offers = named.only("person", "topic__name").order_by("topic__name")
    people = Person.objects.filter(pk__in=ids).select_related("team").defer(*NOT_LISTED)
    found = {person.pk: person for person in people.prefetch_related(Prefetch("offers", offers))}
    return [found[pk] for pk in ids]


def _spoken_of(viewer: Person, wish: Wish) -> list[Topic]:
    """Topics that the words may mean: "presenting" leads to who can be asked about public speaking."""
    if not wish.words.strip() or wish.topic:
        return []
    hits = topics.thesaurus_of(viewer.organisation_id).find(wish.words, TOPICS)
    return topics.of_keys(viewer.organisation_id, [hit.key for hit in hits])
