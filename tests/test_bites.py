"""Tests bite: each plausible mistake in `tests/bite/` must turn a test red.

A bite is a TOML file: `why` (what leaks or breaks), `red` (tests of which at least one must fail), and one
or more `[[change]]` of `file`, `old` (there exactly once) and `new`. It is made in a copy of the tree and
of its compiled files. Its tests begin with a copy of one empty database, unless the bite changes a table.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BITES = sorted((ROOT / "tests" / "bite").glob("*.toml"))
LONGEST = 300  # seconds
NAMES = ["src", "tests", "docs", "pyproject.toml", "README.md", "ARCHITECTURE.md", "STYLE.md", "CHANGELOG.md"]
WITHOUT = ["-pno:cacheprovider", "-pno:xdist", "-pno:cov", "-pno:faker"]


def read(bite: Path) -> dict[str, Any]:
    return tomllib.loads(bite.read_text())


def make(bite: dict[str, Any], copy: Path) -> None:
    for change in bite["change"]:
        file = copy / change["file"]
        text = file.read_text()
        found = text.count(change["old"])
        assert found == 1, f"{change['file']} holds the text to change {found} times, not once; mend the bite"
        file.unlink()  # the tree's own goes on under its name there
        file.write_text(text.replace(change["old"], change["new"]))


def run(copy: Path, tests: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": f"{copy / 'src'}:{copy}",
        "BOTHWAYS_DATA": str(copy / "var"),
        "BOTHWAYS_HISTORIES": "60",
        "PYTEST_ADDOPTS": "",
    }
    for name in [name for name in environment if name.startswith("PYTEST_XDIST")]:
        del environment[name]
    command = [sys.executable, "-m", "pytest", "-q", "-x", *WITHOUT, *options, *tests]
    return subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )


def copy_of_the_tree(to: Path) -> Path:
    """Of links, which is quick; a file that a bite changes is written anew."""
    for name in NAMES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, copy_function=linked)
        else:
            linked(source, to / name)
    return to


def linked(source: str | Path, to: str | Path) -> None:
    try:
        os.link(source, to)
    except OSError:  # another disk
        shutil.copy2(source, to)


def changes_tables(bite: dict[str, Any]) -> bool:
    return any("/models/" in change["file"] or "/migrations/" in change["file"] for change in bite["change"])


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the tree as it is, with no rows; a green test leaves it behind."""
    copy = copy_of_the_tree(tmp_path_factory.mktemp("empty") / "tree")
    result = run(copy, ["tests/core/test_events.py"], "--reuse-db")
    assert result.returncode == 0, result.stdout[-3000:]
    (made,) = (copy / "var").glob("*.sqlite3")
    return made


@pytest.mark.bite
@pytest.mark.parametrize("path", BITES, ids=lambda path: path.stem)
def test_a_mistake_turns_a_test_red(path: Path, tmp_path: Path, empty: Path) -> None:
    bite = read(path)
    copy = copy_of_the_tree(tmp_path / "tree")
    make(bite, copy)
    if changes_tables(bite):
        result = run(copy, bite["red"])
    else:
        (copy / "var").mkdir()
        shutil.copy(empty, copy / "var")
        result = run(copy, bite["red"], "--reuse-db")
    shutil.rmtree(copy)
    assert result.returncode == 1, (
        f"{bite['why']}\nnothing turned red:\n{result.stdout[-3000:]}{result.stderr[-2000:]}"
    )


def test_bites_say_what_they_are() -> None:
    for path in BITES:
        bite = read(path)
        assert bite["why"], path.name
        assert bite["red"], path.name
        assert bite["change"], path.name
