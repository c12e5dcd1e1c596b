"""Tests bite: each plausible mistake in `tests/bite/` must turn a test red.

A bite is a TOML file: `why` (what leaks or breaks), `red` (tests of which at least one must fail), and one
or more `[[change]]` of `file`, `old` (there exactly once) and `new`. It is made in a copy of the tree and
of its compiled files, and pytest runs there in a fork of a process that has imported nothing of ours. Its
tests begin with a copy of one empty database, unless the bite changes a table.
"""

import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.forks import Forks, forks

ROOT = Path(__file__).parent.parent
BITES = sorted((ROOT / "tests" / "bite").glob("*.toml"))
LONGEST = 300  # seconds
A_WHILE = 3600
NAMES = ["src", "tests", "docs", "pyproject.toml", "README.md", "ARCHITECTURE.md", "STYLE.md", "CHANGELOG.md"]
WITHOUT = ["-pno:cacheprovider", "-pno:xdist", "-pno:cov", "-pno:faker"]
FROM_THERE = ["--reuse-db", "--nomigrations"]  # with the tables of a database that is there
FAILED = re.compile(r"^FAILED ", re.MULTILINE)
LATE = "-Wignore::pytest.PytestAssertRewriteWarning"  # what was imported before the fork keeps its asserts


def read(bite: Path) -> dict[str, Any]:
    return tomllib.loads(bite.read_text())


def make(bite: dict[str, Any], copy: Path) -> None:
    for change in bite["change"]:
        file, text = copy / change["file"], _whole(change, copy)
        older = file.stat().st_mtime - A_WHILE
        file.unlink()  # the tree's own goes on under its name there
        file.write_text(text.replace(change["old"], change["new"]))
        os.utime(file, (older, older))  # compiled anew; a newer one would have all kernels compiled anew


def _whole(change: dict[str, Any], tree: Path) -> str:
    """The text of the file to change, which holds what is to be changed once."""
    text: str = (tree / change["file"]).read_text()
    found = text.count(change["old"])
    assert found == 1, f"{change['file']} holds the text to change {found} times, not once; mend the bite"
    return text


def run(forked: Forks, copy: Path, tests: list[str], *options: str) -> tuple[int, str]:
    """The code of pytest, and what it said."""
    environment = os.environ | {
        "PYTHONPATH": f"{copy / 'src'}:{copy}",
        "BOTHWAYS_DATA": str(copy / "var"),
        "BOTHWAYS_HISTORIES": "60",
        "PYTEST_ADDOPTS": "",
    }
    for name in [name for name in environment if name.startswith("PYTEST_XDIST")]:
        del environment[name]
    arguments = ["-q", "-x", LATE, f"--basetemp={copy / 'tmp'}", *WITHOUT, *options, *tests]
    code = forked.run(copy, arguments, environment, longest=LONGEST)
    return code, copy.with_name("said").read_text()


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
    """A test database is made by the migrations alone, whatever a model says."""
    return any("/migrations/" in change["file"] for change in bite["change"])


@pytest.fixture(scope="session")
def forked() -> Iterator[Forks]:
    with forks() as those:
        yield those


@pytest.fixture(scope="session")
def empty(
    forked: Forks,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A database of the tree as it is, with no rows; what begins with it is green in an unchanged tree."""
    copy = copy_of_the_tree(tmp_path_factory.mktemp("empty") / "tree")
    made = copy / "var" / "test.sqlite3"
    made.parent.mkdir()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(made)])
    code, said = run(forked, copy, ["tests/core/test_events.py", "tests/people/test_search.py"], *FROM_THERE)
    assert code == 0, said[-3000:]
    return made


@pytest.mark.django_db  # so that a database is made, to be copied
@pytest.mark.bite
@pytest.mark.parametrize("path", BITES, ids=lambda path: path.stem)
def test_a_mistake_turns_a_test_red(path: Path, tmp_path: Path, forked: Forks, empty: Path) -> None:
    bite = read(path)
    copy = copy_of_the_tree(tmp_path / "tree")
    make(bite, copy)
    if changes_tables(bite):
        code, said = run(forked, copy, bite["red"])
    else:
        (copy / "var").mkdir()
        shutil.copy(empty, copy / "var")
        code, said = run(forked, copy, bite["red"], *FROM_THERE)
    shutil.rmtree(copy)
    assert code == 1, f"{bite['why']}\nnothing turned red:\n{said[-5000:]}"
    assert FAILED.search(said), f"a test broke before it began, which shows nothing:\n{said[-5000:]}"


def test_bites_say_what_they_are() -> None:
    for path in BITES:
        bite = read(path)
        assert bite["why"], path.name
        assert bite["red"], path.name
        assert bite["change"], path.name


def test_bites_find_what_they_change() -> None:
    """In `bin/check` already: the bites themselves are made at the end of a long run."""
    for path in BITES:
        for change in read(path)["change"]:
            _whole(change, ROOT)
