"""Who could help with this? A few people, each with a score that is a sum of whole numbers, and why.

Blind to level: a `Candidate` has no field for title, grade, age or time served, so nothing here could
count it. Steps are coarse on purpose: people who are about as fitting tie. Then whom others need less comes
first, and after that the day and who asks decide, so that over days and askers all of these are first alike.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MOST_SUGGESTED = 5
MOST_WORDS = 3
POINTS_WORD = 120
POINTS_SPEAKS = 900
POINTS_BACK = (120, 60)
POINTS_HOURS = 20
POINTS_LANGUAGE = 20
POINTS_BRINGS = 10
SOME_HOURS = 60
MANY_HOURS = 240


class SoughtAs(StrEnum):
    """How a topic came to be sought."""

    SAID = "said"  # the sentence speaks of it
    NEAR = "near"  # broader than, narrower than or related to one that it speaks of
    WANTED = "wanted"  # on the asker's own list


class ReasonKind(StrEnum):
    """What speaks for somebody; the caller has the words for each."""

    OFFERS = "offers"  # topic: what they offered and the sentence speaks of
    OFFERS_NEAR = "offers_near"  # topic: what they offered; of: what it is close to
    OFFERS_WANTED = "offers_wanted"  # topic: what they offered and the asker would like to learn
    WORDS = "words"  # words: those of the sentence that stand in their own text
    SPEAKS = "speaks"  # words: languages that the sentence names and they speak
    WANTS = "wants"  # topic: what they would like to learn and the asker offers
    LANGUAGE = "language"  # words: languages that both speak, besides the one everybody speaks here
    HOURS = "hours"  # minutes: working time in common, a week
    BRINGS = "brings"  # they say in their own words what they bring


_REASON_OF = {
    SoughtAs.SAID: ReasonKind.OFFERS,
    SoughtAs.NEAR: ReasonKind.OFFERS_NEAR,
    SoughtAs.WANTED: ReasonKind.OFFERS_WANTED,
}
_TOLD = frozenset({*_REASON_OF.values(), ReasonKind.WORDS, ReasonKind.SPEAKS})


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may be suggested: every rule that excludes has been applied already.

    `key` names them to the caller and is never looked into. `offers` and `wants` are topic keys, `wants`
    those that the asker may know of. `words` are the query's words that their own text holds. `team` is
    empty where there is none. `minutes` are usual hours in common with the asker in minutes a week, None
    where unknown. `inside` says whether they are of the asker's organisation. `brings`: they said in their
    own words what they bring. `needed`: how much others need them, in coarse steps; it decides among equals
    alone, before the lot: who is needed less comes first.
    """

    key: str
    offers: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    team: str = ""
    languages: frozenset[str] = frozenset()
    minutes: int | None = None
    inside: bool = True
    brings: bool = False
    needed: int = 0


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A topic that would help. `weight` is 1 to 1000; `of`, where it is near another, is that other."""

    topic: str
    weight: int
    how: SoughtAs = SoughtAs.SAID
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is asked, and by whom. `salt` (the day and the asker) decides ties and nothing else.

    `words` are telling words of the sentence; `languages` the asker's, without the one that everybody
    speaks here; `named` those that the sentence names.
    """

    sought: tuple[Sought, ...] = ()
    words: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    team: str = ""
    languages: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    salt: str = ""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why somebody fits, as data. Which fields are filled depends on `kind`."""

    kind: ReasonKind
    topic: str = ""
    of: str = ""
    words: tuple[str, ...] = ()
    minutes: int = 0


@dataclass(frozen=True)
class Contribution:
    """What one reason adds to a score: a whole number of points."""

    points: int
    reason: Reason


@dataclass(frozen=True)
class Suggestion:
    """Somebody suggested; `contributions`, weightiest first, add up to `score` exactly."""

    key: str
    contributions: tuple[Contribution, ...]
    inside: bool = True
    score: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", sum(part.points for part in self.contributions))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(part.reason for part in self.contributions)


def suggest(
    candidates: Iterable[Candidate], query: Query, *, most: int = MOST_SUGGESTED
) -> tuple[Suggestion, ...]:
    """At most `most` people, best first; nobody without a word or a topic that speaks for them.

    Where what was asked for is known, a single word of somebody's own text alone is nothing; where somebody
    offers it, so is a topic near it. Two who fit are better than five.
    Where one fits who is of another team than the asker, at least one such is among them (at the end, if
    they would not have been otherwise). The order depends on the values alone, not on the order in which
    candidates come. O(candidates x topics); for hundreds of candidates, not for millions.
    """
    fitting = [(score(candidate, query), candidate) for candidate in candidates]
    fitting = [(suggestion, candidate) for suggestion, candidate in fitting if _speaks(suggestion)]
    if any(sought.how == SoughtAs.SAID for sought in query.sought):
        fitting = [pair for pair in fitting if not _by_one_word(pair[0])]
    if any(_offers(suggestion) for suggestion, _ in fitting):
        fitting = [pair for pair in fitting if not _by_what_is_near(pair[0])]
    fitting.sort(key=lambda pair: (-pair[0].score, pair[1].needed, _lot(query.salt, pair[1].key)))
    chosen = fitting[: max(most, 0)]
    if chosen and not any(_elsewhere(candidate, query) for _, candidate in chosen):
        further = (pair for pair in fitting[len(chosen) :] if _elsewhere(pair[1], query))
        chosen[-1] = next(further, chosen[-1])
    return tuple(suggestion for suggestion, _ in chosen)


def score(candidate: Candidate, query: Query) -> Suggestion:
    """One person's score and what it is made of."""
    parts = [*_topics(candidate, query), *_words(candidate, query), *_back(candidate, query)]
    if named := tuple(sorted(candidate.languages & query.named)):
        parts.append(Contribution(POINTS_SPEAKS, Reason(kind=ReasonKind.SPEAKS, words=named)))
    if shared := tuple(sorted(candidate.languages & query.languages - query.named)):
        parts.append(Contribution(POINTS_LANGUAGE, Reason(kind=ReasonKind.LANGUAGE, words=shared)))
    if candidate.minutes is not None and candidate.minutes >= SOME_HOURS:
        steps = 2 if candidate.minutes >= MANY_HOURS else 1
        reason = Reason(kind=ReasonKind.HOURS, minutes=candidate.minutes)
        parts.append(Contribution(POINTS_HOURS * steps, reason))
    if candidate.brings:
        parts.append(Contribution(POINTS_BRINGS, Reason(kind=ReasonKind.BRINGS)))
    parts.sort(key=lambda part: -part.points)
    return Suggestion(candidate.key, tuple(parts), candidate.inside)


def _topics(candidate: Candidate, query: Query) -> list[Contribution]:
    """The weightiest topic counts whole, each further one half of what the one before was allowed.

    So depth beats breadth: ticking every topic there is brings nobody far.
    """
    met = [sought for sought in query.sought if sought.topic in candidate.offers]
    met.sort(key=lambda sought: (-sought.weight, sought.topic))
    return [
        Contribution(
            max(sought.weight >> place, 1),
            Reason(kind=_REASON_OF[sought.how], topic=sought.topic, of=sought.of),
        )
        for place, sought in enumerate(met)
    ]


def _words(candidate: Candidate, query: Query) -> list[Contribution]:
    met = tuple(sorted(candidate.words & query.words))[:MOST_WORDS]
    return [Contribution(POINTS_WORD * len(met), Reason(kind=ReasonKind.WORDS, words=met))] if met else []


def _back(candidate: Candidate, query: Query) -> list[Contribution]:
    """Both ways: what they would like to learn and the asker offers."""
    met = sorted(candidate.wants & query.offers)
    return [
        Contribution(points, Reason(kind=ReasonKind.WANTS, topic=topic))
        for points, topic in zip(POINTS_BACK, met, strict=False)
    ]


def _speaks(suggestion: Suggestion) -> bool:
    """Whether anything of what was asked speaks for them; common hours alone are no reason."""
    return any(reason.kind in _TOLD for reason in suggestion.reasons)


def _offers(suggestion: Suggestion) -> bool:
    return any(reason.kind == ReasonKind.OFFERS for reason in suggestion.reasons)


def _by_one_word(suggestion: Suggestion) -> bool:
    """Whether a single word of their own text is all that speaks for them: too little for a known topic."""
    told = [reason for reason in suggestion.reasons if reason.kind in _TOLD]
    return [(reason.kind, len(reason.words)) for reason in told] == [(ReasonKind.WORDS, 1)]


def _by_what_is_near(suggestion: Suggestion) -> bool:
    """Whether topics near what was asked for are all that speaks for them: too little beside an offer."""
    return {reason.kind for reason in suggestion.reasons if reason.kind in _TOLD} == {ReasonKind.OFFERS_NEAR}


def _elsewhere(candidate: Candidate, query: Query) -> bool:
    return candidate.team != query.team or not candidate.inside


def _lot(salt: str, key: str) -> bytes:
    """A place drawn by lot, the same whenever the same person asks on the same day."""
    return hashlib.blake2b(f"{salt}/{key}".encode(), digest_size=8).digest()
