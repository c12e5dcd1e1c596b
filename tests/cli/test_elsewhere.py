"""A command that looks after an installation makes none where there is none, by a slip in --data."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = {
    "import": ("import", "people", "staff.csv", "--organisation", "harbour"),
    "export": ("export", "people", "--organisation", "harbour"),
    "link": ("sign-in-link", "ada@example.org"),
    "try again": ("try-again",),
}
EACH = pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))


def run(command: tuple[str, ...], folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    without = ("DJANGO_SETTINGS_MODULE", "BOTHWAYS_DATA", "BOTHWAYS_SECRET_KEY")
    here = {name: value for name, value in os.environ.items() if name not in without}
    (folder.parent / "staff.csv").write_text("Name,Email\nAda,ada@example.org\n")
    return subprocess.run(
        [sys.executable, "-m", "bothways", *command, "--data", str(folder)],
        env=here | {"DATABASE_URL": "", "BOTHWAYS_MODE": "demo"} | given,
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@EACH
@pytest.mark.parametrize("there", [False, True])
def test_it_says_so_and_makes_nothing(tmp_path: Path, command: tuple[str, ...], there: bool) -> None:
    folder = tmp_path / "wrong one"
    if there:
        folder.mkdir()
    done = run(command, folder)
    assert done.returncode == 2
    assert f"There is no Bothways in {folder}. Say where it is: --data DIR." in done.stderr
    assert f"bothways serve --data '{folder}'" in done.stderr
    assert "Traceback" not in done.stderr
    assert folder.exists() is there
    assert not there or not list(folder.iterdir())


def test_a_database_elsewhere_begins_with_a_secret_here(tmp_path: Path) -> None:
    done = run(COMMANDS["link"], tmp_path / "wrong", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 2
    assert "There is no Bothways in" in done.stderr
    assert not (tmp_path / "wrong").exists()


@EACH
def test_an_empty_database_is_said_in_a_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "bothways.sqlite3").touch()
    done = run(command, folder)
    assert done.returncode == 2
    assert "the database is new or of another version. Run first: bothways migrate" in done.stderr
    assert "Traceback" not in done.stderr
