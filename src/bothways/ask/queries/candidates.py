"""From everybody to at most 240 who may be suggested, by rule and topic, in SQL; then values for matching."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from bothways.ask.queries import left_out, own_words
from bothways.ask.rules import week
from bothways.connections.queries.apart import apart_from
from bothways.connections.rules import consent
from bothways.core import time
from bothways.core.prepared import Prepared, prepared
from bothways.matching import Candidate
from bothways.people.models import Offer, Person, Want
from bothways.people.models.person import PersonQuerySet
from bothways.people.rules import search_terms

MOST_BY_TOPIC = 160
MOST_BY_WORDS = 40
MOST_BY_LANGUAGE = 40
PRIME = 2_147_483_647


@dataclass(frozen=True)
class Sketch:
    """What decides who is looked at: `topics` maps rows of topics to their weight, `words` as written.

    `named`: languages that are asked for.
    """

    person: Person
    topics: Mapping[int, int]
    words: tuple[str, ...] = ()
    struck: Collection[str] = ()
    with_line: bool = False
    openly: bool = False
    salt: str = ""
    named: Collection[str] = ()


@dataclass(frozen=True)
class Row:
    """One candidate's row, before it becomes a value of matching."""

    key: str
    team: int | None
    languages: list[str]
    zone: str
    hours: str
    brings: bool
    text: str
    needed: int


def may_be_suggested(person: Person, *, with_line: bool = False) -> PersonQuerySet:
    """Everybody whom the rules allow to be suggested to this person now."""
    found = _available_to(person).exclude(pk__in=left_out.of(person, with_line=with_line))
    found = found.exclude(apart_from(person))
    return found if with_line else found.exclude(line__contains=f"/{person.pk}/")


def still_suggested(person: Person, keys: Collection[str]) -> list[Person]:
    """Those of a few whom the same rules allow; what Home asks each time, so prepared for each language."""
    today, since = time.today(person.organisation.time_zone), time.now() - consent.APART
    ids, unwanted = _ids(list(keys)), left_out.of(person)
    allowed = _allowed(tuple(person.languages), person.organisation.language)
    found = allowed(ids, person.pk, person.organisation_id, today, since)
    return [one for one in found if one.pk not in unwanted and f"/{person.pk}/" not in one.line]


@prepared
def _ids(keys: Any) -> QuerySet[Person, int]:
    return Person.objects.filter(key__in=keys).values_list("pk", flat=True)


@lru_cache(maxsize=256)
def _allowed(languages: tuple[str, ...], spoken: str) -> Prepared[Person]:
    """The ids come first: beside the rules alone, SQLite would walk through the whole organisation."""

    def of_these(ids: Any, person: Any, organisation: Any, today: Any, since: Any) -> PersonQuerySet:
        found = _available(person, organisation, today).filter(_speaks(languages, spoken))
        found = found.exclude(apart_from(person, since))
        return found.filter(pk__in=ids).select_related("team")

    return Prepared(of_these)


def _available_to(person: Person) -> PersonQuerySet:
    """By public state alone: here, with room, with a language in common."""
    today = time.today(person.organisation.time_zone)
    found = _available(person.pk, person.organisation_id, today)
    return found.filter(_speaks(tuple(person.languages), person.organisation.language))


def _available(person: Any, organisation: Any, today: Any) -> PersonQuerySet:
    found = Person.objects.available(today).filter(organisation_id=organisation).exclude(pk=person)
    return found.annotate(spoken=Cast("languages", TextField()))


def narrowed(sketch: Sketch) -> list[int]:
    """Ids of those who offer the weightiest topics, speak a language asked for, or write the words.

    Among equals the lot decides, another one every day for every asker, never the order of rows.
    """
    allowed = (
        _available_to(sketch.person)
        if sketch.openly
        else may_be_suggested(sketch.person, with_line=sketch.with_line)
    ).exclude(key__in=sketch.struck)
    found = _offering(allowed, sketch) if sketch.topics else []
    if sketch.named:
        found += _speaking(allowed, sketch)
    if sketch.words:
        found += own_words.best(allowed, sketch.words, most=MOST_BY_WORDS)
    return list(dict.fromkeys(found))


def _speaking(allowed: PersonQuerySet, sketch: Sketch) -> list[int]:
    """Whoever says that they speak one of the languages that are asked for."""
    spoken = reduce(or_, (Q(spoken__contains=f'"{code}"') for code in sorted(sketch.named)))
    drawn = allowed.filter(spoken).annotate(lot=_lot(sketch.salt, "pk")).order_by("lot")
    return list(drawn.values_list("pk", flat=True)[:MOST_BY_LANGUAGE])


def _offering(allowed: PersonQuerySet, sketch: Sketch) -> list[int]:
    """Begins with the offers, which are few; asking each person for theirs would read everybody."""
    weights = [When(topic=row, then=Value(weight)) for row, weight in sketch.topics.items()]
    drawn = (
        Offer.objects.filter(Exists(allowed.filter(pk=OuterRef("person"))), topic__in=list(sketch.topics))
        .values("person_id")
        .annotate(worth=Sum(Case(*weights, default=0, output_field=IntegerField())), lot=_lot(sketch.salt))
        .order_by("-worth", "lot")
    )
    return [row["person_id"] for row in drawn[:MOST_BY_TOPIC]]


@dataclass(frozen=True)
class Values:
    """The candidates, and what the asker offers and wants, as topic keys."""

    candidates: list[Candidate]
    offers: frozenset[str]
    wants: frozenset[str]


def as_values(
    person: Person, ids: Iterable[int], *, home: Mapping[int, str], stems: Collection[str] = ()
) -> Values:
    """These people as values for matching, in three queries. `stems` are looked for in their own text.

    Of others only the wants that they show count; the asker's own all do, and are the asker's alone.
    """
    wanted = list(ids)
    offers = _topics(Offer.objects.filter(person__in=[*wanted, person.pk]), home)
    known = Q(person=person) | Q(person__in=wanted, shown=True)
    wants = _topics(Want.objects.filter(known), home)
    monday, begins = _monday(person), _beginnings(stems)
    mine = (json.dumps(person.hours), person.time_zone)
    candidates = [
        Candidate(
            key=row.key,
            offers=frozenset(offers.get(pk, ())),
            wants=frozenset(wants.get(pk, ())),
            words=_words(row.text, begins),
            team=str(row.team or ""),
            languages=frozenset(row.languages),
            minutes=week.minutes_in_common(*mine, row.hours, row.zone, monday=monday),
            brings=row.brings,
            needed=row.needed,
        )
        for pk, row in _rows(wanted).items()
    ]
    return Values(candidates, frozenset(offers.get(person.pk, ())), frozenset(wants.get(person.pk, ())))


def could_learn(author: Person, ids: Collection[int], *, home: Mapping[int, str]) -> dict[int, str]:
    """A topic that each of these would like to get better at and the author offers, where there is one.

    Reads wants that are theirs alone: for their own eyes.
    """
    offers = _topics(Offer.objects.filter(person=author), home).get(author.pk, set())
    wants = _topics(Want.objects.filter(person__in=ids), home)
    return {person: min(topics & offers) for person, topics in wants.items() if topics & offers}


def _rows(ids: Collection[int]) -> dict[int, Row]:
    columns = ("pk", "key", "team_id", "languages", "time_zone", "brings", "about", "showing__needed")
    found = (
        Person.objects.filter(pk__in=ids)
        .annotate(stored=Cast("hours", TextField()))
        .values_list(*columns, "stored")
    )
    return {
        pk: Row(key, team, languages, zone, stored, bool(brings), f"{about} {brings}", needed or 0)
        for pk, key, team, languages, zone, brings, about, needed, stored in found
    }


def _topics(rows: QuerySet[Any, Any], home: Mapping[int, str]) -> dict[int, set[str]]:
    """Topic keys by person; a merged topic counts as the one that took its place."""
    found: dict[int, set[str]] = {}
    for person, topic in rows.values_list("person_id", "topic_id"):
        if topic in home:
            found.setdefault(person, set()).add(home[topic])
    return found


def _speaks(languages: tuple[str, ...], spoken: str) -> Q:
    """Shares one of these languages; who said nothing speaks what is spoken here."""
    mine = languages or (spoken,)
    shared = Q()
    for language in mine:
        shared |= Q(spoken__contains=f'"{language}"')
    return shared | Q(spoken="[]") if spoken in mine else shared


def _lot(salt: str, of: str = "person_id") -> Any:
    """A permutation of rows that the salt decides: fair over days and askers, the same in both databases."""
    factor = int.from_bytes(hashlib.blake2b(salt.encode(), digest_size=4).digest()) % (PRIME - 1) + 1
    return F(of) * Value(factor, BigIntegerField()) % Value(PRIME, BigIntegerField())


def _beginnings(stems: Collection[str]) -> re.Pattern[str] | None:
    return re.compile(rf"\b({'|'.join(map(re.escape, stems))})") if stems else None


def _words(text: str, begins: re.Pattern[str] | None) -> frozenset[str]:
    """Which of the beginnings stand in the text, as the full-text index would read it."""
    if begins is None:
        return frozenset()
    plain = text.lower() if text.isascii() else " ".join(search_terms.plain(text))
    return frozenset(begins.findall(plain))


def _monday(person: Person) -> date:
    today = time.today(person.organisation.time_zone)
    return today - timedelta(days=today.weekday())
