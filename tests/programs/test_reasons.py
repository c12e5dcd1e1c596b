"""Reasons as data for each side, and the tenth that is never explained."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.conf import settings

from bothways.matching import ToldPart
from bothways.programs.rules import lots, pair_reasons


@dataclass(frozen=True)
class Somebody:
    languages: frozenset[str] = frozenset({"en"})
    offers: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Topics:
    names: dict[str, str] = field(default_factory=lambda: {"knots": "Knots", "nets": "Nets"})
    broader: dict[str, frozenset[str]] = field(default_factory=dict)
    language: str = "en"


def part(kind: str, what: str = "", count: int = 1) -> ToldPart:
    return ToldPart(kind=kind, what=what, points=1, count=count)


SHARED, BACK, HOURS = (
    part("shared topic", "knots"),
    part("both give", "nets"),
    part("hours in common", count=3),
)
OFFERS = frozenset({"knots", "nets"})
BOTH = frozenset({"en", "pt"})


@pytest.mark.parametrize(
    ("seeker", "giver", "parts", "mine", "theirs"),
    [
        (
            Somebody(offers=OFFERS),
            Somebody(offers=OFFERS),
            [SHARED, BACK],
            {"kind": "offers_wanted", "topic": "Knots"},
            {"kind": "wants", "topic": "Knots"},
        ),
        (
            Somebody(offers=OFFERS, secret=OFFERS),
            Somebody(offers=OFFERS),
            [SHARED, BACK],
            {"kind": "offers_wanted", "topic": "Knots"},
            {"kind": "offers_wanted", "topic": "Nets"},
        ),
        (
            Somebody(offers=OFFERS),
            Somebody(),
            [BACK],
            {"kind": "wants", "topic": "Nets"},
            {"kind": "offers_wanted", "topic": "Nets"},
        ),
        (
            Somebody(languages=BOTH, offers=OFFERS),
            Somebody(languages=BOTH, secret=OFFERS),
            [BACK, HOURS],
            {"kind": "language", "words": "Português"},
            {"kind": "offers_wanted", "topic": "Nets"},
        ),
        (Somebody(), Somebody(), [HOURS], {"kind": "hours"}, {"kind": "hours"}),
        (Somebody(), Somebody(), [], {}, {}),
    ],
)
def test_each_reads_the_weightiest_reason_that_they_may(
    seeker: Somebody, giver: Somebody, parts: list[ToldPart], mine: object, theirs: object
) -> None:
    assert pair_reasons.for_each(seeker, giver, parts, Topics()) == (mine, theirs)


def test_a_steward_reads_sentences_without_secrets() -> None:
    seeker, giver = Somebody(secret=frozenset({"knots"})), Somebody()
    kept = pair_reasons.public(seeker, giver, [SHARED, BACK, HOURS, part("different team")])
    assert [each["what"] for each in kept] == ["nets", "", ""]
    assert pair_reasons.in_words(kept, "Ada", "Gus", Topics().names) == [
        "Gus would like to get better at nets, which Ada can talk about.",
        "They have 3 usual hours a week in common.",
        "They work in different teams.",
    ]


@dataclass(frozen=True)
class Page:
    place: str = ""
    languages: tuple[str, ...] = ("en",)
    started_on: date | None = None


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (Page("Northside"), Page("northside"), "Northside"),
        (Page(languages=("en", "pt", "fr")), Page(languages=("pt", "en", "fr")), "Français, Português"),
        (
            Page("Quay", ("pt",), date(2026, 1, 5)),
            Page("Quay", ("pt",), date(2025, 6, 1)),
            "Quay, Português, less than a year here",
        ),
        (Page("Quay", started_on=date(2024, 1, 5)), Page("Mill", ("de",), date(2026, 1, 5)), ""),
        (Page(), Page(), ""),
    ],
)
def test_what_both_pages_say_is_told_and_nothing_else(one: Page, other: Page, said: str) -> None:
    for two in ((one, other), (other, one)):
        told = pair_reasons.on_both_pages(*two, home="en", today=date(2026, 3, 4))
        assert told.casefold() == (f"Their pages have in common: {said}." if said else "").casefold()


def test_two_are_in_the_tenth_whoever_of_them_seeks() -> None:
    """Two lots would tell of a pair that is declined one way only that no private rule stands behind it."""
    for number in range(200):
        assert lots.declined("ada", f"{number}") == lots.declined(f"{number}", "ada")


def test_the_tenth_is_about_a_tenth_stays_so_and_follows_from_the_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = [lots.declined("ada", f"{number}") for number in range(2000)]
    assert 140 < sum(drawn) < 260
    assert drawn == [lots.declined("ada", f"{number}") for number in range(2000)]
    assert drawn != [lots.declined("ben", f"{number}") for number in range(2000)]
    monkeypatch.setattr(settings, "SECRET_KEY", "another-secret-that-is-long-enough-to-be-one")
    assert drawn != [lots.declined("ada", f"{number}") for number in range(2000)]
