"""The worked example of the guide: its files, its commands, and what they print."""

import csv
import re
import shlex
from pathlib import Path

import pytest

from bothways.cli.main import main

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "a-round-by-hand.md"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page's text, in a folder with its files."""
    text = PAGE.read_text()
    for name, content in re.findall(r"^\*\*(\S+)\*\*\n\n```\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    return text


def test_every_command_prints_what_the_page_says(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = re.findall(r"```\nbothways ([^\n]+)\n```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert len(told) == 3
    for command, output in told:
        assert main(shlex.split(command)) == 0
        assert capsys.readouterr().out == output


def test_the_files_hold_what_the_page_says(page: str) -> None:
    assert main(["match", "--seekers", "seekers.csv", "--givers", "givers.csv", "--out", "pairs.csv"]) == 0
    for name in ("pairs.csv", "pairs-not-served.csv"):
        (said,) = re.findall(rf"\*{name}\*.*?```text\n(.*?)```", page, re.DOTALL)
        with Path(name).open(encoding="utf-8-sig", newline="") as file:
            assert said.strip() in [" · ".join(row) for row in csv.reader(file)]


def test_the_page_is_short() -> None:
    assert len(PAGE.read_text().splitlines()) <= 120
