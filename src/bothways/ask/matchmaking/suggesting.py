"""From an inquiry to a few people with reasons: topics and words, SQL that narrows, matching that decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bothways.ask.matchmaking.words import telling
from bothways.ask.queries import candidates
from bothways.ask.queries.candidates import Sketch, Values
from bothways.ask.queries.topics import TopicIndex, index_of
from bothways.ask.rules import beginning
from bothways.ask.sources import Inquiry
from bothways.connections.rules import reasons
from bothways.core import time
from bothways.matching import Query, Reason, ReasonKind, Sought, SoughtAs, Suggestion, score, suggest
from bothways.people.models import Person
from bothways.people.rules import tongues

LONGEST_READ = 1200
MOST_TOPICS = 5
MOST_NEAR_OF = 2
NEAR = 300
WANTED = 500
WHOLE = 1000


@dataclass(frozen=True)
class Suggested:
    """Somebody, and the weightiest reasons as they are kept (`connections.rules.reasons`)."""

    person: Person
    suggestion: Suggestion
    reasons: tuple[dict[str, str], ...]

    @property
    def reason(self) -> dict[str, str]:
        return self.reasons[0] if self.reasons else {}

    @property
    def why(self) -> str:
        """The weightiest reasons, in words that stand beside the name."""
        return reasons.beside_a_name(self.reasons)


@dataclass(frozen=True)
class Reading:
    """What a sentence was read as."""

    index: TopicIndex
    sought: tuple[Sought, ...]
    words: Mapping[str, str]
    named: frozenset[str] = frozenset()  # languages that the sentence asks for
    tongue: str = ""  # the language of the sentence, where the topics know no words of it

    @property
    def said(self) -> tuple[str, ...]:
        """The names of the topics that the sentence speaks of, the clearest first."""
        return tuple(
            self.index.names[each.topic]
            for each in sorted(self.sought, key=lambda each: -each.weight)
            if each.how == SoughtAs.SAID
        )


def read(inquiry: Inquiry) -> Reading:
    """The topics that were picked or that the sentence speaks of, those near them, and its telling words."""
    index = index_of(inquiry.person.organisation_id)
    written = beginning.beyond(inquiry.sentence) if inquiry.topics else inquiry.sentence
    sentence = written[:LONGEST_READ]
    picked = [index.stands[topic] for topic in inquiry.topics if topic in index.stands]
    sought = {topic: Sought(topic=topic, weight=WHOLE) for topic in picked}
    hits = index.find(sentence, MOST_TOPICS)
    named = _asked_for(sentence, inquiry.person)
    for hit in hits:
        weight = max(round(10 * hit.score / hits[0].score), 1) * 100
        if named and tongues.named(" ".join(hit.because.words)) and len(hit.because.words) == 1:
            weight //= 2  # the language alone speaks for it, and may have been asked for as such
        sought.setdefault(hit.key, Sought(topic=hit.key, weight=min(weight, WHOLE)))
    clearest = [said for said in sought.values() if said.weight == WHOLE]
    for said in clearest[:MOST_NEAR_OF]:
        for topic in sorted(index.near.get(said.topic, ())):
            near = Sought(topic=topic, weight=said.weight * NEAR // WHOLE, how=SoughtAs.NEAR, of=said.topic)
            sought.setdefault(topic, near)
    tongue = index.thesaurus.foreign(sentence)
    return Reading(index, tuple(sought.values()), telling(sentence, tongue=tongue), named, tongue)


def _asked_for(sentence: str, person: Person) -> frozenset[str]:
    """The languages that a sentence names, but for the one that everybody speaks here."""
    here = person.organisation.language.split("-")[0]
    return frozenset(code for code in tongues.named(sentence) if code.split("-")[0] != here)


def people_for(inquiry: Inquiry) -> list[Suggested]:
    """At most five people for this inquiry, best first, each with reasons."""
    reading = read(inquiry)
    if not (reading.sought or reading.words or reading.named):
        return []
    return _chosen(inquiry, reading)


def people_for_steward(steward: Person, author: Person, text: str) -> list[Suggested]:
    """Whom a steward might introduce to somebody who asked: by topic alone, so that no private list shows."""
    inquiry = Inquiry(person=author, sentence=text, struck=frozenset({steward.key}), openly=True)
    return people_for(inquiry)


def people_for_wants(person: Person, wants: Iterable[str], *, most: int) -> list[Suggested]:
    """At most `most` people who offer what is on somebody's own list. Nobody has typed anything."""
    reading = _read_wants(person, wants)
    return _chosen(Inquiry(person=person, sentence=""), reading, most=most) if reading.sought else []


def listed_for_wants(
    person: Person, wants: Iterable[str], listed: Sequence[str], *, most: int
) -> list[Suggested]:
    """At most `most` of these keys, in their order: who still may be suggested and offers what is wanted."""
    reading, found = _read_wants(person, wants), candidates.still_suggested(person, listed)
    values = candidates.as_values(person, [one.pk for one in found], home=reading.index.home)
    query = _query(Inquiry(person=person, sentence=""), reading, values)
    scored = [score(candidate, query) for candidate in values.candidates]
    fitting = {each.key: each for each in scored if any(map(_is_wanted, each.reasons))}
    chosen = [fitting[key] for key in listed if key in fitting][:most]
    return _suggested(chosen, {one.key: one for one in found}, reading)


def _read_wants(person: Person, wants: Iterable[str]) -> Reading:
    index = index_of(person.organisation_id)
    sought = tuple(
        Sought(topic=topic, weight=WANTED, how=SoughtAs.WANTED) for topic in wants if topic in index.names
    )
    return Reading(index, sought, {})


def _is_wanted(reason: Reason) -> bool:
    return reason.kind == ReasonKind.OFFERS_WANTED


def topics_told(inquiry: Inquiry, people: Iterable[Person]) -> dict[int, dict[str, str]]:
    """For each who offers what it is about: which of their topics, where its author lets them know."""
    reading, chosen = read(inquiry), {person.key: person for person in people}
    ids = [person.pk for person in chosen.values()]
    values = candidates.as_values(inquiry.person, ids, home=reading.index.home)
    query = _query(inquiry, reading, values)
    told = {}
    for candidate in values.candidates:
        offered = [each for each in score(candidate, query).reasons if each.kind == ReasonKind.OFFERS]
        if offered:
            name = reading.index.names[offered[0].topic]
            told[chosen[candidate.key].pk] = {"kind": "yours", "topic": name}
    return told


def reasons_back(author: Person, people: Iterable[Person]) -> dict[int, dict[str, str]]:
    """Why the author, for each of those who are asked: from their own wants and the author's offers.

    Never from the sentence, which is the author's alone.
    """
    index = index_of(author.organisation_id)
    learnt = candidates.could_learn(author, [person.pk for person in people], home=index.home)
    return {
        person.pk: {"kind": str(ReasonKind.OFFERS_WANTED), "topic": index.names[learnt[person.pk]]}
        if person.pk in learnt
        else {"kind": "asked"}
        for person in people
    }


def _chosen(inquiry: Inquiry, reading: Reading, *, most: int = 5) -> list[Suggested]:
    ids = candidates.narrowed(_sketch(inquiry, reading))
    values = candidates.as_values(inquiry.person, ids, home=reading.index.home, stems=reading.words)
    chosen = suggest(values.candidates, _query(inquiry, reading, values), most=most)
    found = Person.objects.select_related("team").in_bulk([each.key for each in chosen], field_name="key")
    return _suggested(chosen, found, reading)


def _suggested(
    chosen: Sequence[Suggestion], found: Mapping[str, Person], reading: Reading
) -> list[Suggested]:
    shared = _true_of_all(chosen)
    return [
        Suggested(found[each.key], each, _kept(each, reading, shared)) for each in chosen if each.key in found
    ]


def _true_of_all(chosen: Sequence[Suggestion]) -> frozenset[ReasonKind]:
    """What goes without saying, since it tells nobody shown from the others."""
    each = [{reason.kind for reason in one.reasons} for one in chosen]
    return frozenset(set.intersection(*each) & {ReasonKind.HOURS, ReasonKind.BRINGS}) if each else frozenset()


def _sketch(inquiry: Inquiry, reading: Reading) -> Sketch:
    rows = reading.index.ids(each.topic for each in reading.sought)
    return Sketch(
        person=inquiry.person,
        topics={row: each.weight for each in reading.sought for row in rows[each.topic]},
        words=tuple(reading.words.values()),
        struck=inquiry.struck,
        with_line=inquiry.with_line,
        openly=inquiry.openly,
        named=reading.named,
        salt=_salt(inquiry.person),
    )


def _query(inquiry: Inquiry, reading: Reading, values: Values) -> Query:
    person = inquiry.person
    return Query(
        sought=reading.sought,
        words=frozenset(reading.words),
        offers=values.offers,
        team=str(person.team_id or ""),
        languages=frozenset(person.languages) - {person.organisation.language},
        named=reading.named,
        salt=_salt(person),
    )


def _salt(person: Person) -> str:
    """Ties fall differently every day for every asker."""
    return f"{time.today(person.organisation.time_zone)}/{person.key}"


def _kept(
    suggestion: Suggestion, reading: Reading, shared: frozenset[ReasonKind]
) -> tuple[dict[str, str], ...]:
    return tuple(_in_names(reason, reading) for reason in suggestion.reasons if reason.kind not in shared)


def _in_names(reason: Reason, reading: Reading) -> dict[str, str]:
    """A reason as it is kept and shown: names of topics, words as they were written."""
    names = reading.index.names
    found = {"kind": str(reason.kind), "topic": names.get(reason.topic, ""), "of": names.get(reason.of, "")}
    if reason.kind == ReasonKind.WORDS:
        found["words"] = ", ".join(reading.words.get(word, word) for word in reason.words)
    elif reason.kind == ReasonKind.SPEAKS:
        found["words"] = ", ".join(tongues.spoken_name(code) for code in reason.words)
    elif reason.words:
        found["words"] = ", ".join(tongues.language_name(code) for code in reason.words)
    return {name: value for name, value in found.items() if value}
