"""What is said of two lists before their round: each thing once, notes apart from what must be mended."""

from pathlib import Path

import pytest

from tests.cli.two_lists import made, write

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def people(heading: str, *cells: str, letter: str = "a") -> str:
    lines = [f"N{n},{letter}{n}@x.example,{cell}" for n, cell in enumerate(cells)]
    return "\n".join([f"Name,Email,{heading}", *lines])


def test_what_is_said_of_many_lines_is_one_line_with_how_many(capsys: Printed) -> None:
    cells = [*["Klingonisch,"] * 30, "English,Nowhere/At all"]
    made(people("Languages,Time zone", *cells), people("Team", "Docks", letter="b"))
    said = capsys.readouterr().err.splitlines()
    assert sum("Klingonisch" in line for line in said) == 1
    note = next(line for line in said if "Klingonisch" in line)
    assert note.strip().startswith(
        "a.csv, 30 lines (2, 3, 4, …): Languages: “Klingonisch” is no language we know"
    )
    mend = next(line for line in said if "is no time zone" in line)
    assert "a.csv, line 32: Time zone" in mend
    order = [said.index(line) for line in ("  To mend, or it does not count:", mend, "  Notes:", note)]
    assert order == sorted(order)


def test_a_column_that_the_rules_name_and_nobody_fills_is_said(capsys: Printed) -> None:
    write("rules.toml", '[weights]\n"same guild" = 5\n"same house" = 5\n')
    made(
        people("Guild,House", "Masons,North", "Masons,South"),
        people("Guild,House", ",East", letter="b"),
        *("--rules", "rules.toml"),
    )
    said = capsys.readouterr().err
    assert "b.csv: the rules name “guild”, and that column is empty, so it plays no part." in said
    assert "a.csv: the rules name" not in said
    assert "same house: no two of the two lists say the same there" in said
    assert "same guild: no two" not in said


def test_a_slash_between_topics_parts_them_and_one_within_does_not() -> None:
    pairs, _left = made(
        people("Wants", "welding / TCP/IP"),
        people("Offers", "TCP/IP", letter="b"),
    )
    assert "would like to learn about TCP/IP, which" in pairs[0][5]


def test_what_is_wanted_and_not_offered_is_said_once_with_what_comes_nearest(capsys: Printed) -> None:
    made(
        people("Wants", "Sea", "Project mgmt", "Project mgmt", "Law"),
        people("Offers", "Project management", "law", letter="b"),
    )
    said = capsys.readouterr().err
    assert "Wanted, and nobody offers it:\n" in said
    near = "Project mgmt (2 people). Is it the same as “Project management”, which is offered?"
    assert said.count("Project mgmt") == said.count(near) == 1
    assert said.index(near) < said.index("Sea (1 person)\n")
    assert "Law (" not in said
    made(people("Wants", "Sea"), people("Team", "Docks", letter="b"))
    assert "nobody offers it:" not in capsys.readouterr().err


def test_of_very_many_remarks_the_first_are_shown(capsys: Printed) -> None:
    made(people("Wants", *(f"topic {n}" for n in range(1, 26))), people("Offers", "Sea", letter="b"))
    said = capsys.readouterr().err
    assert said.count("(1 person)") == 20
    assert "    … and 5 more.\n" in said
