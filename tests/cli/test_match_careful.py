"""A round whose points tell nobody from anybody does not look like a success."""

from pathlib import Path

import pytest

from bothways.cli.by_hand import careful
from tests.cli.two_lists import look_alikes, made, match, write

Printed = pytest.CaptureFixture[str]
CAREFUL = "Careful: these points say little about who fits whom."
SIX = [f"N{n},{{}}{n}@x.example,{('Law', 'Sea', 'Art')[n % 3]},yes" for n in range(6)]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def six(heading: str, letter: str) -> str:
    return "\n".join([f"Name,Email,{heading}", *(line.format(letter) for line in SIX)])


def test_without_topics_the_summary_begins_with_that_and_with_what_could_count(capsys: Printed) -> None:
    look_alikes()
    assert match() == 0
    said = capsys.readouterr().out
    assert CAREFUL in said
    assert said.index(CAREFUL) < said.index("Served: ")
    assert "Neither list says what people would like to learn or can help with" in said
    assert "What counted in this round: different organisation." in said
    assert "There, and could count: grade, profession." in said
    rules = said.split("rules.toml:\n")[1].split("\n\n")[0]
    assert 'order = ["AO", "EO", "Grade 7", "HEO", "SEO"]' in rules
    write("rules.toml", rules)
    assert match("--rules", "rules.toml") in (0, 1)
    said = capsys.readouterr().out
    assert "Neither list says what" in said
    assert CAREFUL not in said


def test_pairs_that_are_nearly_all_worth_the_same_are_said(capsys: Printed) -> None:
    made(six("Wants,Thing", "a"), six("Offers,Thing", "b"))
    assert CAREFUL not in capsys.readouterr().out
    alike = [
        six(*of).replace("Sea", "Law").replace("Art", "Law")
        for of in (("Wants,Thing", "a"), ("Offers,Thing", "b"))
    ]
    made(*alike)
    assert CAREFUL in capsys.readouterr().out
    made(six("Wants,Thing", "a"), six("Offers,Thing", "b"))
    capsys.readouterr()
    write(
        "rules.toml",
        'rules."no shared topic" = false\nweights."shared topic" = 0\nweights."what you both give" = 0\n',
    )
    assert match("--rules", "rules.toml") == 0
    said = capsys.readouterr().out
    assert "36 of all 36 pairs are worth the same: 0 points." in said
    assert "What counted in this round: nothing." in said
    assert "could count" not in said


def test_of_very_many_pairs_some_are_looked_at_and_that_is_said(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(careful, "LOOKED_AT", 18)
    made(six("Job,Ticked", "a"), six("Job,Ticked", "b"))
    said = capsys.readouterr().out
    assert "18 of 18 pairs looked at are worth the same: 0 points." in said
    assert 'weights."same Job" = 30' in said
    assert "Ticked" not in said.split("Served: ")[0]
