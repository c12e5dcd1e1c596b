"""Topics by what people say: the organisation's thesaurus, and what may be proposed to somebody."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from bothways.people.models import Offer, Person, Topic
from bothways.people.rules.search_terms import bare
from bothways.people.rules.thesaurus import Entry, Thesaurus

STARTERS = ("new-job", "difficult-conversations", "public-speaking")
CLEARLY = 0.4  # of the best; below it a title that shares one word with many topics proposes odd ones
_BETWEEN = re.compile(r"[,;\n]+")
_COLUMNS = ("key", "name", "aliases", "broader__key", "related", "merged_into__key")


def thesaurus_of(organisation_id: int) -> Thesaurus:
    """What the organisation's topics are called; read anew only once one of them has changed."""
    stamps = Topic.objects.filter(organisation=organisation_id).aggregate(Sum("stamp"))
    return _read(organisation_id, stamps["stamp__sum"])


@lru_cache(maxsize=8)
def _read(organisation_id: int, stamps: int | None) -> Thesaurus:
    rows = Topic.objects.filter(organisation=organisation_id).values_list(*_COLUMNS)
    return Thesaurus(
        Entry(key, name, tuple(aliases), broader or "", tuple(related), merged_into or "")
        for key, name, aliases, broader, related, merged_into in rows
    )


def proposed_for(person: Person, most: int = 3) -> list[Topic]:
    """What somebody with this title and team may be thanked for; filled up with what is offered most here."""
    said = f"{person.title}, {person.team.name if person.team else ''}"
    hits = thesaurus_of(person.organisation_id).find(said, most)
    keys = [hit.key for hit in hits if hit.score >= CLEARLY * hits[0].score]
    if len(keys) < most:
        keys += [*_offered_most(person.organisation_id, most), *STARTERS]
    return _in_order(person.organisation_id, list(dict.fromkeys(keys)))[:most]


def offered_most(organisation_id: int, most: int) -> list[Topic]:
    """What is offered most here, the most frequent first."""
    return _in_order(organisation_id, _offered_most(organisation_id, most))


def _offered_most(organisation_id: int, most: int) -> list[str]:
    offered = Offer.objects.filter(topic__organisation=organisation_id, topic__merged_into=None)
    counted = offered.values("topic__key").annotate(number=Count("pk")).order_by("-number", "topic__key")
    return [row["topic__key"] for row in counted[:most]]


class Read(NamedTuple):
    """What was found in a line of topics, and the parts in which nothing was."""

    topics: list[Topic]
    others: list[str]


def read(organisation_id: int, line: str) -> Read:
    """The topics that somebody lists in their own words, between commas."""
    thesaurus = thesaurus_of(organisation_id)
    keys, others = [], []
    for part in filter(None, (piece.strip() for piece in _BETWEEN.split(line))):
        hits = thesaurus.find(part, 1)
        if hits:
            keys.append(hits[0].key)
        else:
            others.append(part)
    return Read(_in_order(organisation_id, keys), others)


def of_keys(organisation_id: int, keys: Iterable[str]) -> list[Topic]:
    return _in_order(organisation_id, list(keys))


def _in_order(organisation_id: int, keys: Sequence[str]) -> list[Topic]:
    current = Topic.objects.current().filter(organisation=organisation_id, key__in=keys)
    found = {topic.key: topic for topic in current}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def listed(person: Person, *, q: str = "", group: str = "") -> list[Topic]:
    """The topics of a person's organisation by name, each with how many offer it; perhaps some only.

    Sought and put in order here: databases differ in what is a small letter, and where É stands.
    """
    found = Topic.objects.in_organisation(person)
    if group:
        found = found.filter(group=group)
    counted = Offer.objects.filter(topic=OuterRef("pk")).order_by().values("topic").annotate(n=Count("pk"))
    topics = found.annotate(offered=Coalesce(Subquery(counted.values("n")), 0)).order_by("pk")
    named = [topic for topic in topics if any(bare(q) in bare(word) for word in (topic.name, *topic.aliases))]
    return sorted(named, key=lambda topic: bare(topic.name))


def of_name(organisation_id: int, name: str, *, but: int) -> Topic | None:
    """The topic that is called so, in small letters or capitals; another one than `but`."""
    sought = _same(name)
    current = Topic.objects.current().filter(organisation=organisation_id).exclude(pk=but).order_by("pk")
    return next((topic for topic in current if _same(topic.name) == sought), None)


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()


def names_beside(topic: Topic) -> list[str]:
    """What the organisation's other topics are called."""
    others = Topic.objects.current().filter(organisation=topic.organisation_id).exclude(pk=topic.pk)
    return sorted(others.values_list("name", flat=True), key=bare)
