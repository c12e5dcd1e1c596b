"""What a summary says of places: how many there are, and how many more would do."""

import re
from pathlib import Path

import pytest

from bothways.matching import Market, Participant
from tests.cli.two_lists import made, match, write

Printed = pytest.CaptureFixture[str]
SEVEN = "Name,Email\n" + "".join(f"S{n},s{n}@x.example\n" for n in range(7))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_places_are_counted_and_so_is_how_few_more_would_do(capsys: Printed) -> None:
    _pairs, left = made(SEVEN, "Name,Email,Places\nBo,b@x.example,2\nCy,c@x.example,1\n")
    said = capsys.readouterr().out
    assert "7 who seek, 2 who give, 3 places." in said
    assert "4: whoever fits them has no place left" in said
    assert (
        "All 3 places are taken. 4 more places, with people who fit, would be enough for everybody who"
        in said
    )
    assert {row[4] for row in left} == {"2 people would fit, and none of them has a place left."}
    asked = sorted(row[5] for row in left)
    assert [line.split(".")[0] for line in asked] == [
        f"One more place with {n}" for n in ("Bo", "Bo", "Cy", "Cy")
    ]
    for line in asked:
        assert "Or with the other one who would fit." in line
        assert "One place serves one of the 2 who read this." in line


def test_where_places_are_free_and_fit_nobody_that_is_said(capsys: Printed) -> None:
    made(
        "Name,Email,Places,Languages\nAda,a@x.example,2,English\nCy,c@x.example,2,English\n",
        "Name,Email,Languages\nBo,b@x.example,English\nDi,d@x.example,German\nEd,e@x.example,English\n",
    )
    said = capsys.readouterr().out
    assert "3 places for 4 wanted introductions." in said
    assert "2 of 3 places are taken, and nobody who lacks somebody fits a free one. 2 more places" in said


def test_of_the_total_alone_nothing_is_promised(capsys: Printed) -> None:
    write("rules.toml", 'objective = "total"\n')
    made(SEVEN, "Name,Email\nBo,b@x.example\n", "--rules", "rules.toml")
    assert "would be enough" not in capsys.readouterr().out


def test_nobody_is_promised_more_places_where_none_lacks_one(capsys: Printed) -> None:
    made("Name,Email\nAda,a@x.example\n", "Name,Email\nBo,b@x.example\n")
    said = capsys.readouterr().out
    assert "1 who seeks, 1 who gives, one place." in said
    assert "Served: 1 of 1 has everybody they wanted (1 introduction)." in said
    assert "would be enough" not in said


@pytest.mark.parametrize("number", range(12))
def test_as_many_more_places_as_are_named_would_do_and_fewer_would_not(number: int, capsys: Printed) -> None:
    """Compared with rounds in which there are places enough."""
    tongues = ("English", "German", "French")
    seekers = [(f"s{n}@x.example", 1 + (n * number) % 3, tongues[(n + number) % 3]) for n in range(6)]
    givers = [(f"g{n}@x.example", (n + number) % 2, tongues[n * number % 2]) for n in range(4)]
    heading = "Name,Email,Places,Languages\n"
    for name, people in (("a.csv", seekers), ("b.csv", givers)):
        write(name, heading + "".join(f"N,{at},{places},{tongue}\n" for at, places, tongue in people))
    assert match() == 0
    found = re.search(r"(One|\d+) more place", capsys.readouterr().out)
    more = 0 if not found else 1 if found[1] == "One" else int(found[1])

    def served(plenty: int) -> int:
        sides = [
            tuple(
                Participant(
                    key=at,
                    places=places + (plenty if of is givers and places else 0),
                    languages=frozenset({tongue}),
                )
                for at, places, tongue in of
            )
            for of in (seekers, givers)
        ]
        return Market(sides[0], sides[1]).assign().served

    assert served(0) + more == served(20)
