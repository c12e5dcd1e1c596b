"""What is wrong in a list or a rules file is answered with its line and what to do; nothing is written."""

from pathlib import Path

import pytest

from bothways.cli.main import main
from tests.cli.two_lists import look_alikes, match, write

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("weights = 3", "rules.toml, line 1: “weights” must be a table"),
        (
            '\n[weights]\n"shared topics" = 3',
            "line 3: “shared topics” is not known here. There are: shared topic",
        ),
        ('[weights]\n"shared topic" = 0.5', "line 2: “shared topic” must be a whole number"),
        ('[weights]\n"shared topic" = 99999999', "up to 1,000,000"),
        ('[rules]\n"asked not to" = false', "line 2: “asked not to” is not known here"),
        ('[rules]\n"reporting line" = "no"', "must be true or false"),
        ('[[above]]\norder = ["a", "b"]', "line 1: “above” needs the name of a column"),
        ('[[above]]\nfield = "grade"\norder = "a"', "line 3: “order” needs its steps"),
        ('[[above]]\nfield = "grade"\norder = ["a"]', "at least two steps"),
        ('[[above]]\nfield = "grade"\norder = ["AO", "EO"]', "grade reads “HEO”, which the order"),
        ("above = [1]", "“above” must be written as [[above]]"),
        ('[weights]\n"same " = 3', "“same ” needs the name of a column"),
        ("above = 1", "“above” must be written as [[above]]"),
        ('objective = "best"', "line 1: “objective” is one of: served, then total"),
        ("objective = []", "“objective” is one of"),
        ("[places]\ngive = -1", "line 2: “give” must be a whole number from 0"),
        ('week = "soon"', "“week” must be a day"),
        ("[columns]\ngrade = 1", "“grade” must be what the column is"),
        ('[columns]\ngrade = "shoes"', "is one of: email, name"),
        ('[columns]\nnowhere = "team"', "neither list has a column of that name"),
        ('[columns]\nbiography = "wants"', "is thrown away unread"),
        ('[weights]\n"same biography" = 3', "thrown away unread"),
        ("[weights", "is no TOML"),
        ("tables = 1", "“tables” is not known here. There are: objective"),
    ],
)
def test_a_rules_file_is_answered_with_the_line_and_what_to_do(text: str, says: str, capsys: Printed) -> None:
    look_alikes(6)
    write("rules.toml", text)
    assert match("--rules", "rules.toml") == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seekers", "says"),
    [
        ("Name,Email\nAda,nonsense\n", "a.csv, line 2: Email: reads “nonsense”"),
        ("Name,Email\nAda,a@x.example\nBo,a@x.example\n", "a@x.example is on line 2 too. Take one of"),
        ("Name,Email,Places\nAda,a@x.example,many\n", "line 2: how many reads “many”"),
        ("Name,Email,Hours\nAda,a@x.example,often\n", "line 2: hours read “often”. Write them like"),
        ("Name,Email,Hours\nAda,a@x.example,Mon 9-99\n", "hours read"),
        ("Who,Email\nAda,a@x.example\n", "a.csv: no column says Name"),
        ("", "a.csv: The file is empty"),
        ("Name,Email\n", "a.csv: nobody is in it"),
    ],
)
def test_a_list_is_answered_with_the_line_and_what_to_do(seekers: str, says: str, capsys: Printed) -> None:
    look_alikes(3)
    write("a.csv", seekers)
    assert match() == 2
    assert says in capsys.readouterr().err


def test_nothing_is_written_over_what_was_read_nor_half(capsys: Printed, tmp_path: Path) -> None:
    look_alikes(3)
    before = Path("b.csv").read_text()
    assert match("--out", "b.csv") == 2
    assert "b.csv would be written over" in capsys.readouterr().err
    assert match("--out", "p.csv", "--certificate", "p.csv") == 2
    assert match("--out", "p.csv", "--certificate", "nowhere/round.json") == 2
    assert "cannot be written" in capsys.readouterr().err
    assert match("--certificate", str(tmp_path)) == 2
    assert Path("b.csv").read_text() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}
    assert main(["match", "--seekers", "absent.csv", "--givers", "b.csv"]) == 2
