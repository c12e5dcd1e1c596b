"""Which column of a list is what: by its heading, in many spellings, or as a rules file names it."""

from pathlib import Path

import pytest

from tests.cli.two_lists import made, match, rows, write

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_spellings_encodings_and_separators(capsys: Printed) -> None:
    write(
        "a.csv",
        "Vorname;Nachname;E-Mail;Sprachen;Sucht\nJörg;Öz;j@x.example;Deutsch;Schweißen | Reden\n",
        "cp1252",
    )
    write(
        "b.csv",
        "Full name\tEmail\tLanguages\tTopics\nBo Ünal\tbo@x.example\tGerman, English\treden\n",
        "utf-16",
    )
    assert match("--out", "p.csv") == 0
    (pair,) = rows("p.csv", ";")
    assert pair[:5] == ["Jörg Öz", "j@x.example", "Bo Ünal", "bo@x.example", "100"]
    assert "Jörg Öz would like to learn about reden, which Bo Ünal offers." in pair[5]


def test_headings_as_a_form_asks_them(capsys: Printed) -> None:
    for asked, told in (("What I'd like to learn", "What I can help with"), ("Areas of interest", "I offer")):
        pairs, _out = made(
            f"Name,Email,{asked}\nAda,a@x.example,Slides\n", f"Name,Email,{told}\nBo,b@x.example,slides\n"
        )
        assert "would like to learn about slides, which Bo offers" in pairs[0][5]
        assert "played no part" not in capsys.readouterr().out


def test_topics_that_play_no_part_are_said_and_how_they_would(capsys: Printed) -> None:
    made("Name,Email,Thing\nAda,a@x.example,slides\n", "Name,Email,Offers\nBo,b@x.example,slides\n")
    said = capsys.readouterr().out
    assert "No column says what people would like to learn" in said
    assert 'begin a rules file with: columns."its heading" = "wants"' in said
    made("Name,Email,Wants\nAda,a@x.example,slides\n", "Name,Email,Thing\nBo,b@x.example,slides\n")
    assert "No column says what people can help with" in capsys.readouterr().out
    write("rules.toml", 'columns.Thing = "offers"\n')
    assert match("--rules", "rules.toml") == 0
    assert "played no part" not in capsys.readouterr().out


def test_a_column_is_named_by_hand_and_places_by_rule() -> None:
    write("rules.toml", '[places]\ngive = 2\n[columns]\n"Ask them for" = "offers"\n"Hope" = "wants"\n')
    pairs, left = made(
        "Name,Email,Hope\nAda,a@x.example,sea\nCy,c@x.example,sea\n",
        "Name,Email,Ask them for\nBo,b@x.example,sea\n",
        *("--rules", "rules.toml"),
    )
    assert [pair[4] for pair in pairs] == ["100", "100"]
    assert left == []


def test_what_is_named_by_hand_goes_before_what_a_heading_says() -> None:
    write("rules.toml", '[columns]\n"Hope" = "wants"\n"Squad" = "team"\n')
    pairs, _left = made(
        "Name,Email,Wants,Hope,Team,Squad\nAda,a@x.example,sea,law,Docks,Office\n",
        "Name,Email,Offers,Squad,Hope\nBo,b@x.example,law,Docks,\n",
        *("--rules", "rules.toml"),
    )
    assert "law" in pairs[0][5]
    assert "different teams" in pairs[0][5]


@pytest.mark.parametrize(
    "heading",
    [
        "Does not want to meet",
        "Doesn't want to meet",
        "Rather not",
        "Avoid",
        "Not to meet",
        "Keep apart from",
    ],
)
def test_headings_of_whom_one_would_rather_not_meet(heading: str) -> None:
    pairs, left = made(
        f"Name,Email,{heading}\nBo,b@x.example,Ada Moss\n", "Name,Email\nAda Moss,a@x.example\n"
    )
    assert pairs == []
    assert "not to be introduced" in left[0][4]
