"""`bothways match` and `bothways verify`: two lists in, a proven round out, and nothing else left behind."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bothways.cli.main import main
from bothways.matching import Verification
from tests.cli.two_lists import GRADES, LADDER, SECRETS, look_alikes, made, match, rows, verify, write

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_lists_of_another_program_work_as_they_are(capsys: Printed) -> None:
    look_alikes()
    assert match("--out", "pairs.csv", "--certificate", "round.json") == 0
    said = capsys.readouterr()
    assert "Served: 20 of 20" in said.out
    assert "Proven: under these rules nobody more can be served" in said.out
    assert "Thrown away unread: match with similar identity, identity to match, characteristics" in said.out
    assert "Load of those who give: 20 have 1." in said.out
    assert "@" not in said.out
    assert "Scoring 20 x 20 pairs" in said.err
    written = [Path(name).read_text() for name in ("pairs.csv", "pairs-not-served.csv", "round.json")]
    assert not any(secret in text for secret in SECRETS for text in (*written, said.out, said.err))
    assert len(rows("pairs.csv")) == 20
    assert "They work in different organisations." in rows("pairs.csv")[0][5]
    assert verify() == 0
    assert "Proven: " in capsys.readouterr().out


def test_level_counts_only_where_a_rules_file_asks(capsys: Printed) -> None:
    look_alikes()
    write("rules.toml", LADDER)
    assert match("--rules", "rules.toml", "--out", "pairs.csv", "--certificate", "round.json") == 0
    assert "Asked for in the rules: profession, grade." in capsys.readouterr().out
    grade = {row[2]: row[5] for name in ("a.csv", "b.csv") for row in rows(name)}
    for pair in rows("pairs.csv"):
        steps = GRADES.index(grade[pair[3]]) - GRADES.index(grade[pair[1]])
        assert 1 <= steps <= 2
    assert any("They have the same profession: Law." in pair[5] for pair in rows("pairs.csv"))
    assert verify("--rules", "rules.toml") == 0
    capsys.readouterr()
    assert verify() == 1
    assert "These lists or rules are not those" in capsys.readouterr().out
    write("a.csv", Path("a.csv").read_text().replace("grade", "level"))
    assert match("--rules", "rules.toml") == 2
    assert "no column is called so" in capsys.readouterr().err


def test_it_needs_no_environment_and_leaves_nothing_behind(tmp_path: Path) -> None:
    look_alikes(4)
    before = {path.name for path in tmp_path.iterdir()}
    for given in (["match", "--certificate", "round.json"], ["verify", "round.json"]):
        command = [sys.executable, "-m", "bothways", *given, "--seekers", "a.csv", "--givers", "b.csv"]
        ended = subprocess.run(command, env={}, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        assert "roven" in ended.stdout
    assert {path.name for path in tmp_path.iterdir()} == before | {"round.json"}


def test_whoever_has_no_place_is_not_counted_as_having_nobody(capsys: Printed) -> None:
    made("Name,Email\nAda,a@x.example\n", "Name,Email,Places\nBo,b@x.example,0\nCy,c@x.example,2\n")
    assert "Load of those who give: 1 has 1, 1 has no place." in capsys.readouterr().out


def test_the_order_of_lines_does_not_matter_and_a_changed_file_is_noticed(capsys: Printed) -> None:
    look_alikes()
    assert match("--certificate", "round.json") == 0
    head, *lines = Path("a.csv").read_text().splitlines()
    write("a.csv", "\n".join([head, *reversed(lines)]))
    assert verify() == 0
    told = json.loads(Path("round.json").read_text())
    told["total"] += 1
    write("round.json", json.dumps(told))
    capsys.readouterr()
    assert verify() == 1
    assert "Not proven: This certificate was changed" in capsys.readouterr().out
    assert main(["verify", "absent.json", "--seekers", "a.csv", "--givers", "b.csv"]) == 2


def test_pairs_are_those_of_the_certificate_or_it_is_said(capsys: Printed) -> None:
    look_alikes()
    assert match("--certificate", "round.json", "--out", "pairs.csv") == 0
    assert verify("--pairs", "pairs.csv") == 0
    text = Path("pairs.csv").read_text()
    swapped = text.replace("g01@", "X@").replace("g02@", "g01@").replace("X@", "g02@")
    for other in (swapped, "".join(text.splitlines(keepends=True)[:-1]), text + text.splitlines()[-1]):
        write("other.csv", other)
        capsys.readouterr()
        assert verify("--pairs", "other.csv") == 1
        assert "other.csv has other pairs than the certificate" in capsys.readouterr().out
    write("other.csv", "Name,Address\na,b\nc,d\n")
    assert verify("--pairs", "other.csv") == 2
    assert verify("--pairs", "absent.csv") == 2
    write("other.csv", "")
    assert verify("--pairs", "other.csv") == 2


def test_what_is_not_proven_is_not_written(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    look_alikes()
    wrong = Verification(False, 3, "The prices leave 3 open.")
    monkeypatch.setattr("bothways.matching._market.verify", lambda *given, **more: wrong)
    assert match("--out", "pairs.csv") == 1
    assert "The prices leave 3 open" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}


def test_an_objective_that_was_not_asked_for_is_no_proof(capsys: Printed) -> None:
    look_alikes()
    assert match("--certificate", "round.json") == 0
    write("rules.toml", 'objective = "served, then fairest, then total"\n')
    assert verify("--rules", "rules.toml") == 1
    assert "another objective" in capsys.readouterr().out
    assert match("--rules", "rules.toml", "--certificate", "round.json") == 0
    assert "the worst-off cannot be served better" in capsys.readouterr().out
    assert verify("--rules", "rules.toml") == 0


def test_formulas_are_made_harmless() -> None:
    pairs, _none = made("Name,Email,Wants\n=Ada,a@x.example,+1\n", "Name,Email,Offers\n-Bo,b@x.example,+1\n")
    assert (pairs[0][0], pairs[0][2]) == ("'=Ada", "'-Bo")
    assert pairs[0][5].startswith("'=Ada would like to learn about +1")


@pytest.mark.parametrize(
    ("seekers", "givers", "why", "helps"),
    [
        ("Wants\nwelding", "Offers\nsea", "Nobody with a place offers welding.", "If Bo offered welding."),
        (
            "Languages\nEnglish",
            "Languages\nGerman",
            "no shared language.",
            "If this did not count: no shared",
        ),
        (
            "Usual hours\nMon 9-10",
            "Usual hours\nTue 14-15",
            "no usual hour in common.",
            "time on Tuesday at 14:00 UTC, one person could be introduced.",
        ),
        ("Manager\nbo@x.example", "Team\nDocks", "one reports to the other.", "If this did not count"),
        ("Manager\nBo", "Team\nDocks", "one reports to the other.", "If this did not count"),
        ("Not with\nBo", "Team\nDocks", "not to be introduced.", "No single change is enough."),
        ("Introduced before\nbo@x.example", "Team\nDocks", "introduced before.", "If this did not count"),
        ("Team\nDocks", "Capacity\n0", "Nobody with a place is left.", "No single change is enough."),
        (
            "Wants,Languages\nwelding,English",
            "Offers,Languages\nsea,German",
            "Nobody with a place offers welding.",
            "No single change is enough.",
        ),
    ],
)
def test_whoever_is_not_served_reads_why_and_what_would_help(
    seekers: str, givers: str, why: str, helps: str
) -> None:
    def one(name: str, said: str) -> str:
        heading, cells = said.split("\n")
        return f"Name,Email,{heading}\n{name},{name.lower()}@x.example,{cells}\n"

    pairs, left = made(one("Ada", seekers), one("Bo", givers))
    assert pairs == []
    assert left[0][:4] == ["Ada", "ada@x.example", "1", "0"]
    assert why in left[0][4]
    assert helps in left[0][5]


def test_hours_are_said_and_so_is_that_nothing_is_known(capsys: Printed) -> None:
    heading = "Name,Email,Time zone,Usual hours,Languages\n"
    seekers = heading + "Ada,a@x.example,Europe/Lisbon,Mon-Tue 9-12,English\nCy,c@x.example,,,Dothraki\n"
    givers = heading + "Bo,b@x.example,Europe/Berlin,Mon 10-13; Tue 14-22,\nDi,d@x.example,,,\n"
    write("rules.toml", "week = 2026-07-06\n")
    pairs, _left = made(seekers, givers, "--rules", "rules.toml")
    assert pairs[0][2:] == ["Bo", "b@x.example", "3", "They have 3 usual hours a week in common."]
    assert pairs[1][4:] == ["0", "No rule keeps them apart; the lists say no more of them."]
    assert "a.csv, line 3: Languages: “Dothraki” is no language we know" in capsys.readouterr().err


def test_heavy_weights_and_the_total_alone(capsys: Printed) -> None:
    look_alikes(6)
    write("rules.toml", '[weights]\n"most hours" = 1000000\n"different organisation" = 1000000\n')
    assert match("--rules", "rules.toml") == 0
    write("rules.toml", 'objective = "total"\n[weights]\n"different organisation" = -5\n')
    assert match("--rules", "rules.toml", "--out", "p.csv") == 0
    assert "no other round under these rules reaches more points" in capsys.readouterr().out
    assert match("--rules", "absent.toml") == 2
    assert "absent.toml cannot be read" in capsys.readouterr().err


def test_full_and_several_rules() -> None:
    seekers = "Name,Email,Places,Languages\nAda,ada@x.example,2,English\nCy,cy@x.example,1,English\n"
    givers = "Name,Email,Languages,Introduced before\nBo,bo@x.example,English,\nDi,di@x.example,German,\n"
    _pairs, left = made(seekers, givers + "Eli,eli@x.example,,ada@x.example; cy@x.example\n")
    assert any("One person would fit" in row[4] and "One more place with Bo." in row[5] for row in left)
    assert any("Of those with a place, 1: " in row[4] for row in left)
