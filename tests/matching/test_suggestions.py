"""Who is suggested: exact sums, reasons as data, blind to level, fair to everybody who fits."""

import dataclasses
import pydoc
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

import bothways.matching
from bothways.matching import (
    MOST_SUGGESTED,
    Candidate,
    Query,
    Reason,
    ReasonKind,
    Sought,
    SoughtAs,
    score,
    suggest,
)

TOPICS = ["slides", "email", "debugging", "negotiation", "listening"]
some_topics = st.frozensets(st.sampled_from(TOPICS))
some_words = st.frozensets(st.sampled_from(["harbour", "tide", "crane", "rope", "pilot"]))
candidates = st.lists(
    st.builds(
        Candidate,
        key=st.text("abcdef", min_size=1, max_size=6),
        offers=some_topics,
        wants=some_topics,
        words=some_words,
        team=st.sampled_from(["", "red", "blue"]),
        languages=st.frozensets(st.sampled_from(["de", "pt"])),
        minutes=st.none() | st.integers(0, 2400),
        inside=st.booleans(),
        brings=st.booleans(),
        needed=st.integers(0, 2),
    ),
    max_size=12,
    unique_by=lambda candidate: candidate.key,
)
queries = st.builds(
    Query,
    sought=st.lists(
        st.builds(
            Sought,
            topic=st.sampled_from(TOPICS),
            weight=st.integers(1, 1000),
            how=st.sampled_from(SoughtAs),
        ),
        max_size=5,
        unique_by=lambda sought: sought.topic,
    ).map(tuple),
    words=some_words,
    offers=some_topics,
    team=st.sampled_from(["", "red", "blue"]),
    languages=st.frozensets(st.sampled_from(["de", "pt"])),
    named=st.frozensets(st.sampled_from(["de", "pt"]), max_size=1),
    salt=st.text(max_size=5),
)


def slides(*, team: str = "", salt: str = "") -> Query:
    return Query(sought=(Sought(topic="slides", weight=1000),), team=team, salt=salt)


def offering(key: str, *, team: str = "", minutes: int | None = None) -> Candidate:
    return Candidate(key=key, offers=frozenset({"slides"}), team=team, minutes=minutes)


def test_the_public_names_are_these() -> None:
    assert set(bothways.matching.__all__) == {
        *("MOST_SUGGESTED", "Candidate", "Contribution", "Query", "Reason", "ReasonKind", "Sought"),
        *("SoughtAs", "Suggestion", "score", "suggest"),
        *("Assignment", "BadProblem", "Certificate", "NotACertificate", "Verification", "assign", "verify"),
        *("Negative", "NotWhole", "OutOfRange", "TooLarge", "UnknownObjective", "WrongShape"),
        *("Factors", "Lists", "lists"),
        *("DEFAULT_RULES", "BadMarket", "Market", "Participant", "Rule", "RuleKind", "Weights", "above"),
        *("Held", "Part", "PartKind", "WhyNot", "explain", "why_not"),
        *(
            "Binding",
            "Change",
            "ChangeKind",
            "Excluding",
            "NotUnserved",
            "Unserved",
            "all_unserved",
            "why_unserved",
        ),
        *("Draft", "ToldChange", "ToldPair", "ToldPart", "ToldRound", "ToldRule", "ToldUnserved"),
        *("ToldWhyNot", "rehearse", "why_apart", "ToldLists", "show"),
    }


def test_no_value_has_a_place_for_level() -> None:
    fields = {field.name for shape in (Candidate, Query) for field in dataclasses.fields(shape)}
    assert fields == {
        *("key", "offers", "wants", "words", "team", "languages", "minutes", "inside", "brings"),
        *("sought", "salt", "named", "needed"),
    }


@given(candidates, queries)
def test_contributions_are_whole_and_add_up_exactly(given_candidates: list[Candidate], query: Query) -> None:
    for candidate in given_candidates:
        suggestion = score(candidate, query)
        points = [part.points for part in suggestion.contributions]
        assert all(type(each) is int and each > 0 for each in points)
        assert suggestion.score == sum(points)
        assert points == sorted(points, reverse=True)


@given(candidates, queries, st.randoms(use_true_random=False))
def test_the_order_in_which_candidates_come_does_not_matter(
    given_candidates: list[Candidate], query: Query, chance: random.Random
) -> None:
    shuffled = list(given_candidates)
    chance.shuffle(shuffled)
    assert suggest(shuffled, query) == suggest(given_candidates, query)


@given(candidates, queries)
def test_at_most_five_and_somebody_of_another_team_where_one_fits(
    given_candidates: list[Candidate], query: Query
) -> None:
    chosen = suggest(given_candidates, query)
    assert len(chosen) <= MOST_SUGGESTED
    every = suggest(given_candidates, query, most=len(given_candidates))
    elsewhere = {each.key for each in given_candidates if each.team != query.team or not each.inside}
    assert bool(elsewhere & {each.key for each in every}) == bool(elsewhere & {each.key for each in chosen})
    assert {each.key for each in chosen} <= {each.key for each in every}


@given(candidates, queries)
def test_nobody_is_suggested_for_hours_or_wishes_alone(
    given_candidates: list[Candidate], query: Query
) -> None:
    by_key = {candidate.key: candidate for candidate in given_candidates}
    sought = {each.topic for each in query.sought}
    for suggestion in suggest(given_candidates, query, most=30):
        candidate = by_key[suggestion.key]
        spoken = candidate.languages & query.named
        assert candidate.offers & sought or candidate.words & query.words or spoken


def test_two_who_fit_are_better_than_five() -> None:
    """A single word is nothing where the topic is known; nor is what is near where somebody offers it."""
    query = Query(
        sought=(Sought(topic="slides", weight=1000), Sought(topic="email", weight=300, how=SoughtAs.NEAR)),
        words=frozenset({"crane", "tide"}),
    )
    one = Candidate(key="one", words=frozenset({"crane"}), minutes=600, brings=True)
    both = Candidate(key="both", words=frozenset({"crane", "tide"}))
    near = Candidate(key="near", offers=frozenset({"email"}))

    def named(*given_candidates: Candidate) -> list[str]:
        return sorted(each.key for each in suggest(given_candidates, query))

    assert named(one, both, near, offering("offers")) == ["both", "offers"]
    assert named(one, both, near) == ["both", "near"]
    unknown = Query(words=frozenset({"crane", "tide"}))
    assert {each.key for each in suggest([one, both], unknown)} == {"both", "one"}


def test_reasons_are_data() -> None:
    query = Query(
        sought=(
            Sought(topic="slides", weight=1000),
            Sought(topic="email", weight=300, how=SoughtAs.NEAR, of="slides"),
        ),
        words=frozenset({"crane"}),
        offers=frozenset({"debugging"}),
        languages=frozenset({"pt"}),
    )
    candidate = Candidate(
        key="a",
        offers=frozenset({"slides", "email"}),
        wants=frozenset({"debugging"}),
        words=frozenset({"crane", "tide"}),
        languages=frozenset({"pt"}),
        minutes=300,
        brings=True,
    )
    assert score(candidate, query).reasons == (
        Reason(kind=ReasonKind.OFFERS, topic="slides"),
        Reason(kind=ReasonKind.OFFERS_NEAR, topic="email", of="slides"),
        Reason(kind=ReasonKind.WORDS, words=("crane",)),
        Reason(kind=ReasonKind.WANTS, topic="debugging"),
        Reason(kind=ReasonKind.HOURS, minutes=300),
        Reason(kind=ReasonKind.LANGUAGE, words=("pt",)),
        Reason(kind=ReasonKind.BRINGS),
    )


def test_ticking_every_topic_brings_nobody_far() -> None:
    query = Query(sought=tuple(Sought(topic=topic, weight=1000) for topic in TOPICS))
    everything = score(Candidate(key="a", offers=frozenset(TOPICS)), query)
    assert [part.points for part in everything.contributions] == [1000, 500, 250, 125, 62]


def test_the_other_team_takes_the_last_place_if_it_must() -> None:
    own = [offering(f"own{number}", team="red", minutes=600) for number in range(6)]
    chosen = suggest([*own, offering("other", team="blue")], slides(team="red"))
    assert [each.key for each in chosen].index("other") == MOST_SUGGESTED - 1


def test_over_days_and_askers_everybody_who_fits_alike_is_first_about_as_often() -> None:
    alike = [offering(f"person-{number}") for number in range(10)]
    first: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for day in range(1000):
        chosen = suggest(alike, slides(salt=f"day {day}"))
        first[chosen[0].key] += 1
        shown.update(each.key for each in chosen)
    assert len(first) == 10
    assert all(60 <= times <= 145 for times in first.values())
    assert all(430 <= times <= 570 for times in shown.values())


def test_the_same_day_and_asker_see_the_same_order() -> None:
    alike = [offering(f"person-{number}") for number in range(10)]
    assert suggest(alike, slides(salt="x")) == suggest(alike[::-1], slides(salt="x"))


def test_help_shows_all_of_them() -> None:
    shown = pydoc.plain(pydoc.render_doc(bothways.matching))
    for name in ("class Market", "class Factors", "assign(", "verify(", "why_unserved("):
        assert f"    {name}" in shown, name
