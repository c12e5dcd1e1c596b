"""Who is named in a list and is nobody in either is said, before two are introduced who were not to be."""

from pathlib import Path

import pytest

from bothways.cli.by_hand import strangers
from tests.cli.two_lists import made

Printed = pytest.CaptureFixture[str]
GIVERS = """Name,Email
Ada Moss,ada@example.org
Eli Stone,eli@example.org
Flo Lake,flo@example.org
Flo Field,field@example.org
"""
MEND = "  To mend, or it does not count:\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said_of(heading: str, *cells: str, capsys: Printed) -> str:
    lines = [f'N{n},n{n}@x.example,"{cell}"' for n, cell in enumerate(cells)]
    made("\n".join([f"Name,Email,{heading}", *lines]), GIVERS)
    return capsys.readouterr().err.partition("b.csv: ")[0]


@pytest.mark.parametrize(
    ("written", "shown", "meant"),
    [
        ("Ada Mos", "Ada Mos", "Ada Moss"),
        ("Moss, Ada", "Moss", "Ada Moss"),
        ("Ada", "Ada", "Ada Moss"),
        ("ada@exampel.org", "ada@exampel.org", "ada@example.org"),
        ("filed@example.org", "filed@example.org", ""),
        ("Field.@example.org", "Field.@example.org", "field@example.org"),
        ("Ely Stone", "Ely Stone", "Eli Stone"),
        ("Flo", "Flo", ""),
        ("Zoe", "Zoe", ""),
    ],
)
def test_whoever_is_not_to_be_met_and_is_nobody_is_said_with_the_line(
    written: str, shown: str, meant: str, capsys: Printed
) -> None:
    said = said_of("Not with", "", written, capsys=capsys)
    line = f"a.csv, line 3: Not with: “{shown}” is nobody in either list, so nobody is kept apart by it."
    assert said.startswith(f"a.csv: 2 people.\n{MEND}    {line}{f' Is it {meant}?' if meant else ''}\n")


def test_whoever_is_in_either_list_is_no_stranger(capsys: Printed) -> None:
    for heading in ("Not with", "Manager", "Introduced before"):
        assert MEND not in said_of(heading, "ada moss", "ELI@example.org", "N0", "n/a", capsys=capsys)


def test_the_same_name_in_many_lines_is_said_once(capsys: Printed) -> None:
    said = said_of("Not with", *["Ada Mos"] * 5, capsys=capsys)
    assert said.count("Ada Mos”") == 1
    assert "a.csv, 5 lines (2, 3, 4, …): Not with: “Ada Mos” is nobody" in said


@pytest.mark.parametrize(
    ("heading", "label"), [("Line manager", "Manager"), ("Introduced before", "Introduced before")]
)
def test_of_others_who_may_take_no_part_the_first_are_named_and_all_counted(
    heading: str, label: str, capsys: Printed
) -> None:
    outside = ["Zoe Fox", "kit@else.example", "Lee", "Max", "Ely Stone"]
    said = said_of(heading, *outside, "Eli Stone", capsys=capsys)
    told = (
        f"  Notes:\n    a.csv: {label}: 5 of those named are in neither list: "
        "“Ely Stone” (line 6, perhaps Eli Stone), “Zoe Fox” (line 2), “kit@else.example” (line 3) "
        "and 2 more. Mend what is misspelt; whoever takes no part may stay.\n"
    )
    assert told in said
    assert said.count(f"{label}:") == 1
    assert "1 of those named is in neither list: “Lee” (line 2). Mend" in said_of(
        heading, "Lee", capsys=capsys
    )


def test_one_person_is_one_person(capsys: Printed) -> None:
    assert said_of("Team", "Docks", capsys=capsys).startswith("a.csv: 1 person.\n")


def test_only_for_the_first_somebody_near_is_looked_for(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "LOOKED_FOR", 2)
    said = said_of("Not with", "Ada Mos", "Ely Stone", "Ada", capsys=capsys)
    assert said.count("Is it ") == 2
