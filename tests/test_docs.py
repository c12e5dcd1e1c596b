"""Documents say what is true now."""

import ast
import csv
import re
import shlex
from functools import cache, reduce
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import get_resolver

from bothways.cli.main import _parser
from bothways.core.environment import SETTINGS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COVERAGE = DOCS / "coverage.md"
PAGES = sorted([*ROOT.glob("*.md"), *(page for page in DOCS.rglob("*.md") if "decisions" not in page.parts)])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
COLUMNS = 4


def test_every_setting_is_documented_as_it_is() -> None:
    page = (DOCS / "operate" / "settings.md").read_text()
    for setting in SETTINGS.values():
        default = f"`{setting.default}`" if setting.default else "(empty)"
        assert f"| `{setting.name}` | {default} | {setting.meaning} |" in page
    assert page.count("\n| `") == len(SETTINGS)


def rows() -> list[list[str]]:
    """The cells of each row of docs/coverage.md, headings and rulers aside."""
    found = []
    for line in COVERAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "what" and set(cells[0]) != {"-"}:
            found.append(cells)
    return found


def named(column: int) -> list[str]:
    """What stands in backticks in a column, each once, in order."""
    return list(dict.fromkeys(name for row in rows() for name in re.findall(r"`([^`]+)`", row[column])))


@cache
def url_names() -> set[str]:
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def is_a_command(words: list[str], *, whole: bool) -> bool:
    """Whether `bothways`, or a script of ours, takes these words; not whole: whether it is there."""
    program = words[0].removeprefix(".venv/bin/")
    if program != "bothways":
        script = ROOT / program
        return script.is_file() and bool(script.stat().st_mode & 0o100)
    try:
        _parser().parse_args(words[1:] if whole else [*words[1:], "--help"])
    except SystemExit as end:
        return not end.code
    return True


def is_there(verb: str) -> bool:
    """Whether `people.actions.roles.change` is a function, `people.letters` a module, below `bothways`."""
    parts = ["bothways", *verb.split(".")]
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return reduce(lambda thing, part: getattr(thing, part, None), parts[length:], found) is not None
    return False


def is_a_test(name: str) -> bool:
    """Whether `tests/x.py`, `tests/x.py::test_y` or `tests/x.py::TestZ::test_y` exists."""
    path, *inner = name.split("::")
    if not (ROOT / path).is_file():
        return False
    node: ast.AST = ast.parse((ROOT / path).read_text()) if inner else ast.Module([], [])
    for part in inner:
        below = [
            child
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.ClassDef | ast.FunctionDef) and child.name == part
        ]
        if not below:
            return False
        node = below[0]
    return True


def test_each_row_of_coverage_is_whole() -> None:
    assert len(rows()) > 80
    assert [row for row in rows() if len(row) != COLUMNS or not all(row)] == []
    assert [row for row in rows() if set(row[1:]) == {"-"}] == []


def test_every_address_in_coverage_resolves() -> None:
    def resolves(name: str) -> bool:
        command = " " in name or "/" in name
        return is_a_command(name.split(), whole=False) if command else name in url_names()

    assert [name for name in named(1) if not resolves(name)] == []


def test_every_address_of_ours_stands_in_coverage() -> None:
    with (ROOT / "tests" / "rails" / "policy_table.csv").open() as table:
        ours = {row["name"] for row in csv.DictReader(table)}
    assert ours - set(named(1)) == set(), "docs/coverage.md says nothing of these"


def test_every_verb_in_coverage_is_there() -> None:
    assert [verb for verb in named(2) if not is_there(verb)] == []


def test_every_test_in_coverage_exists() -> None:
    assert [name for name in named(3) if not is_a_test(name)] == []


def commands(page: Path) -> list[tuple[list[str], bool]]:
    """Commands of ours in a page, as words: lines of its code blocks whole, those in sentences by name."""
    text = page.read_text()
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    ours = re.compile(r"^(\.venv/bin/)?(bothways|bin/[a-z]+|\.ci/run)( |$)")
    found = []
    for line in [*"".join(blocks).splitlines(), *indented]:
        command = re.split(r"\s{3,}|\s#", line)[0].strip()
        if ours.match(command):
            found.append((shlex.split(command), True))
    for command in re.findall(
        r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    ):
        if ours.match(command):
            found.append((command.split(), False))
    return found


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_in_a_page_is_one(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = [" ".join(words) for words, whole in commands(page) if not is_a_command(words, whole=whole)]
    assert unknown == []


def test_the_readme_has_the_two_commands() -> None:
    there = [words[0] for words, _whole in commands(ROOT / "README.md")]
    assert {"bin/demo", "bin/test"} <= set(there)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_in_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    dead = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert dead == []


def test_every_picture_is_light_and_is_shown_with_words() -> None:
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[\w[^\]]+\]\(([^)]+)\)", page.read_text())
    }
    pictures = {picture.resolve() for picture in DOCS.rglob("*.png")}
    assert pictures <= shown
    assert [picture.name for picture in pictures if picture.stat().st_size > 150_000] == []


def test_the_readme_is_short_and_calm() -> None:
    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) < 90
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(DOCS / "guide").glob("*.md")):
        assert not re.search(r"\w!(\s|$)", page.read_text()), page.name


def test_every_why_on_a_page_has_its_row_of_evidence() -> None:
    rows = set(re.findall(r"^\| ([a-z]+) \|", (DOCS / "evidence.md").read_text(), re.MULTILINE))
    said = {
        row
        for page in (DOCS.parent / "src").rglob("*.html")
        for row in re.findall(r'<c-evidence row="([\w-]+)"', page.read_text())
    }
    assert said
    assert said <= rows
