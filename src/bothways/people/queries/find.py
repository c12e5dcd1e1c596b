"""Finding people by words, team, topic and language; a page at a time, quick with fifty thousand."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Lower

from bothways.core.prepared import among, prepared
from bothways.people.models import Offer, Person, Team, Topic
from bothways.people.models.person import PersonQuerySet
from bothways.people.models.topic import TopicQuerySet
from bothways.people.queries import topics
from bothways.people.queries.search import matching_persons

A_PAGE = 25
MOST_RANKED = 5000  # where more fit, no order helps: another word does
TOPICS = 3
SHOWN = ("key", "organisation", "name", "pronouns", "title", "team__name", "brings", "photo")


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
class Listed:
    """Somebody as the list shows them, and the names of the topics they offer."""

    person: Person
    ask_about: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    people: list[Listed]
    page: Page[int]
    number: int
    unordered: bool
    topic: Topic | None = None
    topics: list[Topic] = field(default_factory=list)

    def __iter__(self) -> Iterator[Person]:
        return (listed.person for listed in self.people)


def find(viewer: Person, wish: Wish, *, page: str | None = None) -> Found:
    """People of the viewer's organisation, best first; without a wish everybody, by name.

    Where nobody is called so, but the words mean a topic that somebody offers: those people at once.
    """
    found = _found(viewer, wish, page)
    topics = _spoken_of(viewer, wish)
    if topics and not found.number:
        found = _found(viewer, replace(wish, words="", topic=topics[0].key), page)
        topics = topics[1:]
    return replace(found, topics=topics)


def _found(viewer: Person, wish: Wish, page: str | None) -> Found:
    fitting = _fitting(viewer, wish)
    number = fitting.count() if wish else _everybody(viewer.organisation_id)[0]
    unordered = number > MOST_RANKED and bool(wish.words or wish.language)
    shown = Paginator(range(number), A_PAGE).get_page(page)
    start = max(shown.start_index() - 1, 0)
    ids = list(_in_order(fitting, wish, unordered).values_list("pk", flat=True)[start : shown.end_index()])
    return Found(
        people=_listed(ids),
        page=shown,
        number=number,
        unordered=unordered,
        topic=_topic(viewer, wish).first() if wish.topic else None,
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


@prepared
def _everybody(organisation: Any) -> QuerySet[Person, int]:
    here = Person.objects.here().filter(organisation=organisation).values("organisation")
    return here.annotate(number=Count("*")).values_list("number", flat=True)


def _topic(viewer: Person, wish: Wish) -> TopicQuerySet:
    return Topic.objects.in_organisation(viewer).filter(key=wish.topic)


def _in_order(fitting: PersonQuerySet, wish: Wish, unordered: bool) -> PersonQuerySet:
    if unordered:
        return fitting.order_by("search__person_id")
    if wish.words.strip():
        return fitting.order_by(F("rank").desc(), Lower("name"), "key")
    return fitting.order_by(Lower("name"), "key")


def _listed(ids: list[int]) -> list[Listed]:
    """These people, in this order, each with the topics they offer."""
    found = {person.pk: Listed(person) for person in _people(ids)}
    for pk, name, merged in _offers(ids):
        if merged is None:
            found[pk].ask_about.append(name)
    return [found[pk] for pk in ids]


@prepared
def _people(ids: Any) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=ids).select_related("team").only(*SHOWN)


@prepared
def _offers(ids: Any) -> QuerySet[Offer, tuple[int, str, int | None]]:
    """With merged topics: to leave them out here leads SQLite to begin with all of the topics."""
    offers = Offer.objects.filter(among("person", ids)).order_by("topic__name")
    return offers.values_list("person", "topic__name", "topic__merged_into")


def _spoken_of(viewer: Person, wish: Wish) -> list[Topic]:
    """Topics that the words may mean and somebody offers: "presenting" leads to public speaking."""
    if not wish.words.strip() or wish.topic:
        return []
    hits = topics.thesaurus_of(viewer.organisation_id).find(wish.words, TOPICS)
    meant = topics.of_keys(viewer.organisation_id, [hit.key for hit in hits])
    return _offered(viewer, wish, meant) if meant else []


def _offered(viewer: Person, wish: Wish, meant: list[Topic]) -> list[Topic]:
    """Those of a few topics for which a link would find somebody."""
    people = _fitting(viewer, replace(wish, words=""))
    offers = Offer.objects.filter(Exists(people.filter(pk=OuterRef("person"))), topic__in=meant)
    offered = set(offers.values_list("topic", flat=True).distinct())
    return [topic for topic in meant if topic.pk in offered]
