"""What is wrong in a list or a rules file is answered with its line and what to do; nothing is written."""

import os
from pathlib import Path

import pytest

from bothways.cli.by_hand import written
from bothways.cli.main import main
from tests.cli.two_lists import look_alikes, match, verify, write

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
        ("x = " + "[" * 20_000, "its brackets go too deep"),
        ('"\\u001b[31mred" = 1', "“\N{REPLACEMENT CHARACTER}[31mred” is not known here"),
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
        (
            "Who,Email\nAda,a@x.example\n",
            "a.csv: no column says Name. There are: Who, Email.\n"
            "Call one of them “Name”, or write as the first line of a rules file: "
            'columns."its heading" = "name"',
        ),
        (
            "Name,Mail adress,Learn\nAda,Ada,sea\n",
            "Rename “Mail adress” to “Email”, or write as the first line of a rules file: "
            'columns."Mail adress" = "email"',
        ),
        (
            "Name,Email,Skills, skills\nAda,a@x.example,sea,law\n",
            "a.csv: 2 columns are called “Skills”, and one alone can be read. Put their cells into",
        ),
        ("Name,Email,Team,Team\nAda,a@x.example,Docks,Sea\n", "2 columns are called “Team”"),
        ("", "a.csv: The file is empty. Save the list as CSV again"),
        ("\n \n", "a.csv: The file is empty. Save the list as CSV again"),
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
    assert match("--certificate", str(tmp_path)) == 2
    assert Path("b.csv").read_text() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}
    assert main(["match", "--seekers", "absent.csv", "--givers", "b.csv"]) == 2


def test_columns_that_play_no_part_may_be_called_the_same() -> None:
    write("a.csv", "Name,Email,Notes,Notes,,\nAda,a@x.example,this,that,,\n")
    write("b.csv", "Name,Email\nBo,b@x.example\n")
    assert match() == 0


def test_the_line_that_a_refusal_proposes_works() -> None:
    write("a.csv", "Name,Mail adress\nAda,a@x.example\n")
    write("b.csv", "Name,Email\nBo,b@x.example\n")
    write("rules.toml", 'columns."Mail adress" = "email"\n')
    assert match("--rules", "rules.toml") == 0


@pytest.mark.parametrize("option", ["--out", "--certificate"])
def test_a_folder_that_is_not_there_or_cannot_be_written_is_said_before_the_work(
    option: str, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**given: object) -> None:
        raise PermissionError(13, "Permission denied")

    look_alikes(3)
    assert match(option, "nodir/o.csv") == 2
    said = capsys.readouterr().err
    assert said == "bothways: There is no folder nodir. Make it first, or name a file in another one.\n"
    Path("full").mkdir()
    monkeypatch.setattr(written, "TemporaryFile", refuse)
    assert match(option, "full/o.csv") == 2
    said = capsys.readouterr().err
    assert said.startswith("bothways: The folder full cannot be written: Permission denied. Name a file in")


def test_what_cannot_be_written_after_all_is_called_by_its_own_name(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(part: Path, *given: object, **named: object) -> None:
        raise OSError(28, "No space left on device", str(part))

    look_alikes(3)
    monkeypatch.setattr(Path, "write_text", full)
    assert match("--out", "p.csv") == 2
    said = capsys.readouterr().err
    assert "bothways: p.csv cannot be written: No space left on device." in said
    assert ".part-" not in said
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}


@pytest.mark.parametrize(
    "text", ["", "nothing of ours", "Name,Email\n", "[]", "3", "{}", '{"format": "else"}', "[" * 99999]
)
def test_what_is_no_certificate_is_named_and_so_is_what_it_should_be(text: str, capsys: Printed) -> None:
    look_alikes(3)
    write("round.json", text)
    assert verify() == 2
    assert capsys.readouterr().err == (
        "bothways: round.json is no certificate, or not a whole one. "
        "Name the file that match --certificate wrote.\n"
    )
    Path("round.json").write_bytes(b"\xff\xfe\x00")
    assert verify() == 2


def test_a_certificate_that_lacks_a_part_is_not_proven(capsys: Printed) -> None:
    look_alikes(3)
    assert match("--certificate", "round.json") == 0
    whole = Path("round.json").read_text()
    for lacking in (whole.replace('"seal"', '"lost"'), whole.replace("certificate-2", "certificate-1")):
        write("round.json", lacking)
        capsys.readouterr()
        assert verify() == 1
        assert capsys.readouterr().out.startswith("Not proven: This is ")


def test_what_is_no_file_is_not_written_over_and_a_link_stays_one(tmp_path: Path, capsys: Printed) -> None:
    look_alikes(6)
    os.mkfifo("pipe")
    assert match("--out", "pipe") == 2
    assert "pipe is no file but a device or a pipe. Name a file." in capsys.readouterr().err
    assert Path("pipe").is_fifo()
    (tmp_path / "elsewhere").mkdir()
    Path("pairs.csv").symlink_to("elsewhere/kept.csv")
    assert match("--out", "pairs.csv") == 0
    assert Path("pairs.csv").is_symlink()
    assert Path("elsewhere/kept.csv").read_text(encoding="utf-8-sig").startswith('"Seeks"')


def test_of_very_many_columns_a_few_are_named(capsys: Printed) -> None:
    look_alikes(6)
    write("a.csv", ",".join(f"Column {number}" for number in range(150)) + "\n")
    assert match() == 2
    said = capsys.readouterr().err
    assert "Column 19, and 130 more." in said
    assert "Column 20" not in said
