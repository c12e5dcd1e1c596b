"""`bothways match` and `bothways verify`: two lists in, a proven round out, and nothing else left behind."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bothways.cli.main import main
from bothways.matching import Verification

Printed = pytest.CaptureFixture[str]

HEADINGS = "first name,last name,email address,both mentor and mentee,job title,grade,organisation,profession"
GRADES = ("AO", "EO", "HEO", "SEO", "Grade 7")
LADDER = """
[weights]
"same profession" = 30

[[above]]
field = "grade"
order = ["AO", "EO", "HEO", "SEO", "Grade 7"]
least = 1
most = 2
"""
SECRETS = ("Bisexual", "Transgender", "My name is")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def look_alikes(many: int = 20) -> None:
    """Lists as another program for matching has them: identity columns, and everybody either one or both."""
    seekers, givers = [f"{HEADINGS},match with similar identity,identity to match,biography"], []
    givers.append(f"{HEADINGS},characteristics,biography")
    for n in range(many):
        rest = f"yes,Some role,{GRADES[n % 4]},Department of {'JT'[n % 3 < 1]},{('Law', 'Sea')[n % 2]}"
        seekers.append(f'seeker,{n:02},s{n:02}@x.example,{rest},yes,Bisexual,"My name is s, {n}"')
        rest = rest.replace(GRADES[n % 4], GRADES[(n + 1) % 5])
        givers.append(f"giver,{n:02},g{n:02}@x.example,{rest},Transgender,My name is g")
    write("a.csv", "\n".join(seekers))
    write("b.csv", "\n".join(givers))


def write(name: str, text: str, encoding: str = "utf-8") -> None:
    Path(name).write_bytes(text.encode(encoding))


def match(*more: str) -> int:
    return main(["match", "--seekers", "a.csv", "--givers", "b.csv", *more])


def verify(*more: str) -> int:
    return main(["verify", "round.json", "--seekers", "a.csv", "--givers", "b.csv", *more])


def rows(name: str) -> list[list[str]]:
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def made(seekers: str, givers: str, *more: str) -> tuple[list[list[str]], list[list[str]]]:
    """Pairs and not served, of two small lists."""
    write("a.csv", seekers)
    write("b.csv", givers)
    assert match("--out", "p.csv", *more) == 0
    return rows("p.csv"), rows("p-not-served.csv")


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
    assert rows("p.csv")[0][:5] == ["Jörg Öz", "j@x.example", "Bo Ünal", "bo@x.example", "100"]
    assert "Jörg Öz would like to learn about reden, which Bo Ünal offers." in rows("p.csv")[0][5]


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
    write("round.json", "nothing of ours")
    assert verify() == 1
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


def test_full_and_several_rules() -> None:
    seekers = "Name,Email,Places,Languages\nAda,ada@x.example,2,English\nCy,cy@x.example,1,English\n"
    givers = "Name,Email,Languages,Introduced before\nBo,bo@x.example,English,\nDi,di@x.example,German,\n"
    _pairs, left = made(seekers, givers + "Eli,eli@x.example,,ada@x.example; cy@x.example\n")
    assert any("One person would fit" in row[4] and "One more place with Bo." in row[5] for row in left)
    assert any("Of those with a place, 1: " in row[4] for row in left)


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
        ("Name,Email\nAda,a@x.example\nBo,a@x.example\n", "line 3: a@x.example is on line 2 too"),
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
