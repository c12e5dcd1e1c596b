"""A file of pairs is what match wrote, to the last reason, or the line is named that is not."""

import csv
from pathlib import Path

import pytest

from tests.cli.two_lists import look_alikes, match, rows, verify, write

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> str:
    """The text of the pairs of a round."""
    monkeypatch.chdir(tmp_path)
    look_alikes(6)
    assert match("--certificate", "round.json", "--out", "pairs.csv") == 0
    capsys.readouterr()
    return Path("pairs.csv").read_text()


@pytest.mark.parametrize(
    ("was", "other", "said"),
    [
        ('"10","They', '"100","They', "line 2: Points reads “100”. By lists and rules: “10”."),
        ("different organisations", "the same house", "line 2: Why reads “They work in the same house.”."),
        (
            '"seeker 00"',
            '"Somebody Else"',
            "line 2: Seeks reads “Somebody Else”. By lists and rules: “seeker 00”.",
        ),
        ('"giver ', '"taker ', "line 2: Gives reads “taker "),
    ],
)
def test_what_was_changed_is_named_with_its_line(
    written: str, was: str, other: str, said: str, capsys: Printed
) -> None:
    assert was in written.splitlines()[1]
    write("other.csv", written.replace(was, other, 1))
    assert verify("--pairs", "other.csv") == 1
    assert f"Not proven: other.csv, {said}" in capsys.readouterr().out


def test_a_file_that_a_spreadsheet_saved_again_is_still_right(written: str, capsys: Printed) -> None:
    with Path("other.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(csv.reader(written.removeprefix("\ufeff").splitlines()))
    assert verify("--pairs", "other.csv") == 0
    assert "other.csv: names, points and reasons are right in every line." in capsys.readouterr().out
    head, *lines = written.splitlines()
    write("other.csv", "\r\n".join([head + ',"Booked"', *(line + ',"yes"' for line in reversed(lines))]))
    assert verify("--pairs", "other.csv") == 0
    write("other.csv", "\n".join([head, *lines[:-1], ",".join(lines[-1].split(",")[:4])]))
    assert verify("--pairs", "other.csv") == 1
    assert "line 7: Points reads “”." in capsys.readouterr().out


def test_a_list_is_no_file_of_pairs(capsys: Printed) -> None:
    assert verify("--pairs", "a.csv") == 2
    said = capsys.readouterr().err
    assert "a.csv is no file of pairs: its columns are first name, last name, email address" in said
    assert "What match --out writes has Seeks, Address, Gives, Address of who gives, Points, Why." in said


@pytest.mark.parametrize(
    ("mine", "theirs", "parted"), [(";", ";", ";"), (",", ";", ","), ("\t", ";", ";"), ("\t", "|", ",")]
)
def test_files_are_parted_as_the_lists_are_and_verified_as_they_are(
    mine: str, theirs: str, parted: str
) -> None:
    for name, by in (("a.csv", mine), ("b.csv", theirs)):
        with Path(name).open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
        with Path(name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=by).writerows(table)
    assert match("--certificate", "round.json", "--out", "pairs.csv") == 0
    for name in ("pairs.csv", "pairs-not-served.csv"):
        assert f'"{parted}"' in Path(name).read_text(encoding="utf-8-sig").splitlines()[0]
    assert {len(row) for row in rows("pairs.csv", parted)} == {6}
    assert verify("--pairs", "pairs.csv") == 0
