"""`bothways import people` and `bothways export people`, as an operator types them."""

from pathlib import Path

import pytest

from bothways.cli.main import main
from bothways.core.models import Organisation
from bothways.people.models import Person, Roster
from tests.factories.rosters import listed

LIST = "Name,Email,Manager,Gender\nAda,ada@x.example,,f\nBo,bo@x.example,ada@x.example,m\n"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _as_in_these_tests(monkeypatch: pytest.MonkeyPatch, organisation: Organisation) -> None:
    monkeypatch.setattr("bothways.cli.main.prepare", lambda data, **how: None)
    monkeypatch.setattr("bothways.cli.import_people.start_django", lambda: None)
    monkeypatch.setattr("bothways.cli.export_people.start_django", lambda: None)


def file(folder: Path, text: str = LIST, name: str = "staff.csv") -> str:
    path = folder / name
    path.write_bytes(text.encode())
    return str(path)


def run(*given: str) -> int:
    return main(["import", "people", *given, "--organisation", "harbour"])


def test_people_come_in_and_the_report_says_what_was_left_out(tmp_path: Path, capsys: Printed) -> None:
    assert run(file(tmp_path)) == 0
    said = capsys.readouterr().out
    assert "Gender: left out; sensitive" in said
    assert "2 people: 2 new, 0 changed" in said
    assert "Nobody was mailed" in said
    assert Person.objects.filter(state=Person.State.INVITED).count() == 2


def test_a_dry_run_changes_nothing_and_leaves_nothing(tmp_path: Path, capsys: Printed) -> None:
    assert run(file(tmp_path), "--dry-run") == 0
    assert "2 new" in capsys.readouterr().out
    assert not Person.objects.exists()
    assert not Roster.objects.open().exists()
    assert run(file(tmp_path)) == 0


def test_all_or_nothing_unless_told(tmp_path: Path, capsys: Printed) -> None:
    bad = file(tmp_path, LIST + "Cy,nonsense,,\n")
    assert run(bad) == 1
    said = capsys.readouterr().out
    assert "line 4: Email: reads “nonsense”" in said
    assert "--skip-bad" in said
    assert not Person.objects.exists()
    assert run(bad, "--dry-run") == 1
    assert run(bad, "--skip-bad") == 0
    assert Person.objects.count() == 2


def test_leavers_are_listed_and_marked_where_told(tmp_path: Path, capsys: Printed) -> None:
    run(file(tmp_path))
    only = file(tmp_path, "Name,Email\nAda,ada@x.example\n")
    assert run(only) == 0
    assert "Bo <bo@x.example>" in capsys.readouterr().out
    assert Person.objects.here().count() == 2
    assert run(only, "--leavers", "mark") == 0
    assert "Marked as left: 1" in capsys.readouterr().out
    assert [person.name for person in Person.objects.here()] == ["Ada"]


def test_nobody_is_marked_while_lines_are_left_out(tmp_path: Path, capsys: Printed) -> None:
    run(file(tmp_path))
    bad = file(tmp_path, "Name,Email\nAda,ada@x.example\nBo,bo\n")
    assert run(bad, "--skip-bad", "--leavers", "mark") == 2
    assert "nobody can say who has left" in capsys.readouterr().err
    assert Person.objects.here().count() == 2
    assert not Roster.objects.open().exists()


def test_columns_and_dates_are_said_by_hand(tmp_path: Path, capsys: Printed) -> None:
    odd = file(tmp_path, "Who,Contact,Since when\nAda,ada@x.example,03/04/2020\n")
    assert run(odd) == 2
    assert "no column says Email and Name" in capsys.readouterr().err
    columns = ("--column", "Who=name", "--column", "contact=email", "--column", "Since when=started_on")
    assert run(odd, *columns) == 2
    assert "--dates day-first or month-first" in capsys.readouterr().err
    assert run(odd, *columns, "--dates", "month-first") == 0
    assert str(Person.objects.get().started_on) == "2020-03-04"


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (("--column", "Nope=name"), "there is no column Nope"),
        (("--column", "Name=shoes"), "FIELD is one of"),
        (("--column", "Gender=title"), "there is no column Gender that could be used"),
    ],
)
def test_what_is_said_wrong_is_answered_with_what_to_do(
    given: tuple[str, str], part: str, tmp_path: Path, capsys: Printed
) -> None:
    assert run(file(tmp_path), *given) == 2
    assert part in capsys.readouterr().err
    assert not Roster.objects.open().exists()


def test_what_cannot_be_read_is_answered_with_what_to_do(tmp_path: Path, capsys: Printed) -> None:
    assert run(str(tmp_path / "nowhere.csv")) == 2
    assert "cannot be read" in capsys.readouterr().err
    workbook = tmp_path / "staff.xlsx"
    workbook.write_bytes(b"PK\x03\x04" + bytes(100))
    assert run(str(workbook)) == 2
    assert "workbook" in capsys.readouterr().err
    assert main(["import", "people", file(tmp_path), "--organisation", "nowhere"]) == 2
    assert "There is: harbour" in capsys.readouterr().err
    assert run(file(tmp_path, "Name,Email\n")) == 2
    assert "nobody is in it" in capsys.readouterr().err


def test_while_a_page_has_a_list_open_the_command_waits(
    tmp_path: Path, capsys: Printed, organisation: Organisation
) -> None:
    listed(LIST, of=organisation, name="from the page.csv")
    assert run(file(tmp_path)) == 2
    assert "from the page.csv, ready to be brought in" in capsys.readouterr().err


def test_interrupted_it_leaves_nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(roster: Roster) -> Roster:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("bothways.people.actions.checking.check", interrupted)
        assert run(file(tmp_path)) == 130
    assert not Roster.objects.open().exists()
    assert run(file(tmp_path)) == 0


def test_the_report_goes_into_a_file(tmp_path: Path, capsys: Printed) -> None:
    report = tmp_path / "report.txt"
    run(file(tmp_path, LIST + "Cy,nonsense,,\n"), "--report", str(report))
    assert report.read_text().startswith("line 4: Email:")


def test_out_and_in_again(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run(file(tmp_path, "Name,Email,Title\n=Ada,ada@x.example,+1\n"))
    capsysbinary.readouterr()
    out = tmp_path / "out.csv"
    assert main(["export", "people", "--organisation", "harbour", "--out", str(out)]) == 0
    assert b"'=Ada" in out.read_bytes()
    assert main(["export", "people", "--organisation", "harbour"]) == 0
    assert capsysbinary.readouterr().out == out.read_bytes()
    assert run(str(out)) == 0
    assert b"0 new, 0 changed, 1 as they are" in capsysbinary.readouterr().out
    assert (
        main(["export", "people", "--organisation", "harbour", "--out", str(tmp_path / "no" / "x.csv")]) == 2
    )
