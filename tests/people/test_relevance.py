"""What has little to do with a sentence is not found: nothing is better than nonsense."""

from pathlib import Path

import pytest

from bothways.people.rules import foreign
from bothways.people.rules.clauses import clauses
from bothways.people.rules.thesaurus import Entry, Thesaurus
from tests.people.test_thesaurus import HERE, parts, table, thesaurus

SHAPES = ("must", "must_not")


def wrong(said: str, row: dict[str, str]) -> dict[str, set[str]]:
    """What a sentence should have found and did not, and what it should not have found."""
    found = {hit.key for hit in thesaurus().find(said)}
    must, must_not = (set(parts(row[shape])) for shape in SHAPES)
    return {"missed": must - found, "absurd": found - must if must_not == {"*"} else found & must_not}


def rows(name: str) -> list[dict[str, str]]:
    return table(Path(HERE / name))


def test_the_tables_name_topics_that_there_are() -> None:
    said = [*rows("sentences_floor.csv"), *rows("stories.csv")]
    named = {key for row in said for shape in SHAPES for key in parts(row[shape])}
    assert named - {"*"} <= thesaurus().keys
    assert len(rows("sentences_floor.csv")) >= 57


@pytest.mark.parametrize("row", rows("sentences_floor.csv"), ids=lambda row: row["sentence"])
def test_a_sentence_finds_what_it_speaks_of_and_nothing_absurd(row: dict[str, str]) -> None:
    assert wrong(row["sentence"], row) == {"missed": set(), "absurd": set()}


@pytest.mark.parametrize("row", rows("stories.csv"), ids=lambda row: row["story"][:40])
def test_a_long_story_finds_what_its_sentences_speak_of(row: dict[str, str]) -> None:
    assert len(row["story"]) > 250
    assert wrong(row["story"], row) == {"missed": set(), "absurd": set()}


class TestClauses:
    def test_what_is_said_in_two_sentences_is_no_phrase(self) -> None:
        small = Thesaurus([Entry("shifts", "Night shift"), Entry("x", "Elsewhere")])
        (whole,), (apart,) = small.find("On night shift."), small.find("It was night. We shift boxes.")
        assert apart.score < whole.score / 2

    def test_a_topic_of_several_sentences_comes_before_its_equal(self) -> None:
        small = Thesaurus([Entry("a", "Welding"), Entry("b", "Baking"), Entry("x", "Elsewhere")])
        assert [hit.key for hit in small.find("I weld. Do you bake? Baking is fun.")] == ["b", "a"]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", [""]),
            ("Node.js and 3.5 hours", ["Node.js and 3.5 hours"]),
            ("Help! It is on fire.", ["Help", "It is on fire"]),
            (
                "I say yes to all they ask, and afterwards I sit here until ten because nobody else will",
                [
                    "I say yes to all they ask",
                    "and afterwards I sit here until ten",
                    "because nobody else will",
                ],
            ),
        ],
    )
    def test_a_text_is_read_in_its_clauses(self, text: str, told: list[str]) -> None:
        assert [part.strip() for part in clauses(text)] == told


class TestFloor:
    def test_a_common_word_alone_is_nothing_and_counts_in_company(self) -> None:
        small = Thesaurus([Entry("giving-back", "Giving", ("back", "back to school"))])
        assert small.find("I get back to them") == []
        assert [hit.key for hit in small.find("going back to school")] == ["giving-back"]

    def test_a_topic_far_weaker_than_the_best_falls_away(self) -> None:
        topics = [Entry("a", "Risk register"), Entry("b", "Risk sport and adventure")]
        assert [hit.key for hit in Thesaurus(topics).find("a risk register")] == ["a"]
        assert [hit.key for hit in Thesaurus(topics).find("a risk")] == ["a", "b"]

    def test_a_word_with_another_ending_is_no_slip_of_the_pen(self) -> None:
        small = Thesaurus([Entry("a", "Replacement"), Entry("b", "Something else")])
        assert small.find("replication") == []


class TestForeign:
    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ("Comment préparer un entretien d'embauche ?", "fr"),
            ("Hallo, ich bin neu hier und kenne niemanden", "de"),
            ("¿Cómo puedo pedir un aumento de sueldo?", "es"),
            ("Kan iemand mij helpen met Excel", "nl"),
            ("I met him in Los Angeles at the de Young museum", ""),
            ("Can someone read my CV", ""),
            ("Kubernetes", ""),
            ("", ""),
        ],
    )
    def test_a_language_is_told_by_its_short_words(self, said: str, code: str) -> None:
        assert foreign.spoken(said) == code

    def test_no_english_sentence_of_the_tables_is_taken_for_another_language(self) -> None:
        for name in ("sentences.csv", "sentences_heldout.csv", "sentences_heldout_again.csv"):
            assert [row["sentence"] for row in rows(name) if foreign.spoken(row["sentence"])] == []

    def test_topics_in_that_language_are_found_all_the_same(self) -> None:
        words = (
            "ich|und|nicht|mit|mein|wie|das|der|ein|eine|auf|zu|für|bei|bin|habe|wenn|aber|auch|noch|oder|mir"
        )
        german = Thesaurus([Entry("lohn", "Mehr Lohn", tuple(words.split("|"))), Entry("x", "Etwas")])
        assert "lohn" in [hit.key for hit in german.find("Wie bitte ich um mehr Lohn")]
        assert german.foreign("Je voudrais parler avec vous") == "fr"
