"""Which topics does a sentence speak of? Plain values in, topics and reasons out.

A topic is known by its name and by aliases, the words people really use. A sentence speaks of a topic as far
as it covers one of these: rare words count more than common ones, a whole phrase more than its parts, words
that stand together more than words far apart. What speaks for a topic's broader and related topics lends it a
little.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bothways.people.rules import foreign
from bothways.people.rules import words as language
from bothways.people.rules.clauses import clauses

NAME_WEIGHT = 1.15
PHRASE_BONUS = 0.6
SCATTERED = 0.75
TYPO_WEIGHT = 0.6
NEIGHBOUR_SHARE = 0.12
FAINTEST = 0.38
FAINTEST_OF_ALL = 0.3
AGAIN = 0.15
ONE_OF_MANY = 0.7
LONGEST_ENDING = 3
REDUCED = 0.6
EVERYDAY = 0.4
REACH = 3
MOST_PLACES = 40


@dataclass(frozen=True)
class Entry:
    """A topic as its organisation has it. Links to keys that are not there are ignored.

    `merged_into`: the key of the topic that took this one's place; its words then lead there, and it is
    itself never found. `broader` and `merged_into` are empty where there is none.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    broader: str = ""
    related: tuple[str, ...] = ()
    merged_into: str = ""


@dataclass(frozen=True)
class Because:
    """Why a topic was found: words as the sentence writes them, and the name or alias that they met best."""

    words: tuple[str, ...]
    alias: str


@dataclass(frozen=True)
class Hit:
    """A topic found; `score` is above zero and compares only within one sentence."""

    key: str
    score: float
    because: Because


@dataclass(slots=True, eq=False)
class _Alias:
    topic: str
    text: str
    stems: tuple[str, ...]
    weight: float
    whole: bool  # leans on everyday words: counts only complete and in order
    total: float = 0.0  # the rarity of all its stems


@dataclass
class _Sentence:
    """The stems that the thesaurus knows: where they stand, how far they are trusted, as what written."""

    places: dict[str, list[int]] = field(default_factory=dict)
    trust: dict[str, float] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    def add(self, stem: str, place: int, word: str, trust: float) -> None:
        places = self.places.setdefault(stem, [])
        if len(places) < MOST_PLACES:
            places.append(place)
        if trust > self.trust.get(stem, 0.0):
            self.trust[stem] = trust
            self.written[stem] = word


@dataclass(slots=True)
class _Match:
    """An alias that a sentence covers, in part or whole: what each stem is worth, and the phrase on top."""

    alias: _Alias
    stems: dict[str, float]
    phrase: float

    def order(self) -> tuple[float, str]:
        return (-sum(self.stems.values()) - self.phrase, self.alias.text)


class _Evidence:
    """What speaks for one topic: its best match, the best use of each stem, the best phrase."""

    def __init__(self, match: _Match) -> None:
        self.best = match
        self._stems: dict[str, float] = {}
        self._phrase = 0.0
        self.add(match)

    def add(self, match: _Match) -> None:
        for stem, worth in match.stems.items():
            self._stems[stem] = max(worth, self._stems.get(stem, 0.0))
        self._phrase = max(self._phrase, match.phrase)
        self.best = min(self.best, match, key=_Match.order)

    def score(self) -> float:
        return sum(self._stems.values()) + self._phrase

    @property
    def tells(self) -> bool:
        """A common word alone is nothing, but for a topic's name; several count where one alias has them."""
        named = self.best.alias.weight == NAME_WEIGHT and len(self.best.stems) == len(self.best.alias.stems)
        return named or len(self.best.stems) > 1 or not language.COMMON_STEMS.issuperset(self._stems)


class Thesaurus:
    """An index over topics, built once and never changed; `find` may be called from many threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Read the entries; of several with one key the last counts. Never raises on their content."""
        known = {entry.key: entry for entry in entries}
        self._home = {key: _destination(key, known) for key in known}
        self._stems: dict[str, str] = {}
        aliases = self._read_aliases(known)
        self._rarity = _rarities(aliases)
        self._by_stem = self._index(aliases)
        self._alike = _by_shape(self._by_stem)
        self._neighbours = self._link(known)
        self._knows = foreign.known(self._stems)

    @property
    def keys(self) -> frozenset[str]:
        """The keys that `find` can answer: all but those of merged topics."""
        return frozenset(self._home.values())

    def find(self, sentence: str, limit: int = 5) -> list[Hit]:
        """The topics a sentence speaks of, best first, equals by key; at most `limit`, none if none fits."""
        if self.foreign(sentence):
            return []
        best: dict[str, Hit] = {}
        for clause in clauses(sentence):
            for hit in self._told(clause):
                best[hit.key] = _together(best[hit.key], hit) if hit.key in best else hit
        return _clear(best.values(), FAINTEST_OF_ALL)[: max(limit, 0)]

    def foreign(self, sentence: str) -> str:
        """The language that a sentence is in, where it is one of which these topics know no words."""
        spoken = foreign.spoken(sentence)
        return "" if spoken in self._knows else spoken

    def _told(self, clause: str) -> list[Hit]:
        """What one clause speaks of, by itself."""
        read = self._read(clause)
        evidence = self._gather(read)
        return _clear((self._hit(key, evidence, read) for key in evidence), FAINTEST)

    def _read_aliases(self, known: Mapping[str, Entry]) -> list[_Alias]:
        found: dict[tuple[str, tuple[str, ...]], _Alias] = {}
        for key, entry in sorted(known.items()):
            for text in (entry.name, *entry.aliases):
                spelled = [language.folded(word) for word in language.written(text)]
                for word in spelled:
                    if word not in self._stems:
                        self._stems[word] = _stem_of_a_name(word)
                stems = [self._stems[word] for word in spelled]
                for alias in _aliases(
                    self._home[key], text, stems, NAME_WEIGHT if text is entry.name else 1.0
                ):
                    kept = found.get((alias.topic, alias.stems))
                    if kept is None or kept.weight < alias.weight:
                        found[alias.topic, alias.stems] = alias
        return list(found.values())

    def _index(self, aliases: Iterable[_Alias]) -> dict[str, list[_Alias]]:
        by_stem: dict[str, list[_Alias]] = {}
        for alias in aliases:
            alias.total = sum(self._rarity[stem] for stem in alias.stems)
            rarest = max(alias.stems, key=lambda stem: (self._rarity[stem], stem))
            for stem in (rarest,) if alias.whole else alias.stems:
                by_stem.setdefault(stem, []).append(alias)
        return by_stem

    def _link(self, known: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
        links: dict[str, set[str]] = {home: set() for home in self._home.values()}
        for key, entry in known.items():
            for other in (entry.broader, *entry.related):
                if other in self._home:
                    links[self._home[key]].add(self._home[other])
                    links[self._home[other]].add(self._home[key])
        return {home: tuple(sorted(to - {home})) for home, to in links.items()}

    def _read(self, sentence: str) -> _Sentence:
        read = _Sentence()
        stem = language.english()
        meant: dict[str, list[tuple[str, float]]] = {}
        for place, word in enumerate(language.written(sentence)):
            if word not in meant:
                plain = language.folded(word)
                meant[word] = self._meant(self._stems.get(plain) or stem(plain), plain)
            for one, trust in meant[word]:
                read.add(one, place, word, trust)
        return read

    def _meant(self, stem: str, word: str) -> list[tuple[str, float]]:
        """The known stem, or those that an unknown one may be a slip of; with how far each is trusted."""
        if stem in self._rarity:
            return [(stem, 1.0)]
        if len(stem) < language.SHORTEST_TYPO or stem in language.STOP_STEMS:
            return []
        if len(word) - len(stem) > LONGEST_ENDING:  # "replication" is no slip of "replacement"
            return []
        near = (self._alike.get((stem[0], len(stem) + more), ()) for more in (-1, 0, 1))
        slips = (other for others in near for other in others if language.one_slip_apart(stem, other))
        return [(other, TYPO_WEIGHT) for other in slips]

    def _gather(self, read: _Sentence) -> dict[str, _Evidence]:
        met: dict[_Alias, None] = {}
        for stem in read.places:
            met.update(dict.fromkeys(self._by_stem.get(stem, ())))
        evidence: dict[str, _Evidence] = {}
        for alias in met:
            match = self._weigh(alias, read)
            if match is None:
                continue
            if alias.topic in evidence:
                evidence[alias.topic].add(match)
            else:
                evidence[alias.topic] = _Evidence(match)
        return {key: each for key, each in evidence.items() if each.tells}

    def _weigh(self, alias: _Alias, read: _Sentence) -> _Match | None:
        worth = {s: self._rarity[s] * read.trust[s] for s in alias.stems if s in read.places}
        covered = sum(worth.values())
        together = len(worth) == len(alias.stems) and _stand_together(alias, read.places)
        if alias.whole and not together:
            return None
        share = alias.weight * covered / alias.total * (1.0 if together else SCATTERED)
        if len(worth) == 1 < len(alias.stems):
            share *= ONE_OF_MANY
        phrase = PHRASE_BONUS * covered if together and len(alias.stems) > 1 else 0.0
        return _Match(alias, {stem: value * share for stem, value in worth.items()}, phrase)

    def _hit(self, key: str, evidence: Mapping[str, _Evidence], read: _Sentence) -> Hit:
        near = (evidence[other].score() for other in self._neighbours[key] if other in evidence)
        score = evidence[key].score() + NEIGHBOUR_SHARE * max(near, default=0.0)
        return Hit(key, round(score, 6), _because(evidence[key].best, read))


@lru_cache(maxsize=20_000)
def _stem_of_a_name(word: str) -> str:
    """Of a word that names a topic: most organisations have most topics in common."""
    return language.english()(word)


def _aliases(topic: str, text: str, stems: list[str], weight: float) -> list[_Alias]:
    """Its telling words; and the whole, where everyday words make or change the sense: "passed over"."""
    telling = tuple(dict.fromkeys(stem for stem in stems if stem not in language.STOP_STEMS))
    entire = tuple(dict.fromkeys(stems))
    found = []
    if telling:
        reduced = REDUCED if len(telling) == 1 < len(entire) else 1.0
        found.append(_Alias(topic, text, telling, weight * reduced, whole=False))
    if len(telling) < min(2, len(entire)):
        found.append(_Alias(topic, text, entire, weight, whole=True))
    return found


def _clear(hits: Iterable[Hit], faintest: float) -> list[Hit]:
    """The best first, without those that are far weaker."""
    ranked = sorted(hits, key=lambda hit: (-hit.score, hit.key))
    return [hit for hit in ranked if hit.score >= faintest * ranked[0].score]


def _together(one: Hit, other: Hit) -> Hit:
    """A topic that several clauses speak of: the strongest counts, the others lend it a little."""
    strong, weak = (one, other) if one.score >= other.score else (other, one)
    return Hit(strong.key, round(strong.score + AGAIN * weak.score, 6), strong.because)


def _because(match: _Match, read: _Sentence) -> Because:
    met = list(match.stems)  # a whole is met in its own order
    if not match.alias.whole:
        met.sort(key=lambda stem: (read.places[stem][0], stem))
    return Because(tuple(dict.fromkeys(read.written[stem] for stem in met)), match.alias.text)


def _destination(key: str, known: Mapping[str, Entry]) -> str:
    """Where merging leads; a circle or a missing target leaves a topic where it stands."""
    seen = [key]
    while (onward := known[seen[-1]].merged_into) in known:
        if onward in seen:
            return min(seen[seen.index(onward) :])
        seen.append(onward)
    return seen[-1]


def _rarities(aliases: Iterable[_Alias]) -> dict[str, float]:
    """How much a stem tells: the logarithm of how few topics use it."""
    used: dict[str, set[str]] = {}
    topics = set()
    for alias in aliases:
        topics.add(alias.topic)
        for stem in alias.stems:
            used.setdefault(stem, set()).add(alias.topic)
    return {
        stem: math.log(1.0 + len(topics) / len(among)) * (EVERYDAY if stem in language.STOP_STEMS else 1.0)
        for stem, among in used.items()
    }


def _by_shape(stems: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """The stems by first letter and length: a slip of the pen changes little of either."""
    alike: dict[tuple[str, int], list[str]] = {}
    for stem in sorted(stems):
        if len(stem) >= language.SHORTEST_TYPO:
            alike.setdefault((stem[0], len(stem)), []).append(stem)
    return alike


def _stand_together(alias: _Alias, places: Mapping[str, list[int]]) -> bool:
    """Whether the alias's words stand near each other; everyday words must also keep their order."""
    if alias.whole:
        return any(_follows(place, alias.stems[1:], places) for place in places[alias.stems[0]])
    reach = len(alias.stems) + REACH
    first, *rest = alias.stems
    return any(
        all(any(abs(place - here) <= reach for place in places[stem]) for stem in rest)
        for here in places[first]
    )


def _follows(place: int, rest: tuple[str, ...], places: Mapping[str, list[int]]) -> bool:
    for stem in rest:
        onward = [later for later in places[stem] if 0 < later - place <= 2]
        if not onward:
            return False
        place = onward[0]
    return True
