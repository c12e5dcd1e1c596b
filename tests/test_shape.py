"""The shape of the house: sizes, and the layers that the import linter cannot see."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
SOURCE: Final = ROOT / "src" / "bothways"

LAYERS: Final = [
    {"config"},
    {"web", "api", "cli"},
    {"network", "integrations"},
    {"inbox", "insights"},
    {"programs"},
    {"care"},
    {"ask", "growth"},
    {"gatherings", "commons"},
    {"connections"},
    {"checkins"},
    {"people"},
    {"ui"},
    {"core"},
    {"matching"},
]
HEIGHT: Final = {app: -level for level, apps in enumerate(LAYERS) for app in apps}
TOGETHER: Final = {"web", "api", "cli"}
CHECKER_KNOWS: Final = {
    *(
        "_added",
        "_apart",
        "_bad",
        "_certificate",
        "_compiled",
        "_factored",
        "_factors",
        "_listed",
        "_problem",
    ),
    *("_verify", "_words"),
}
FIXED_PLACES: Final = {"home", "ask", "people", "inbox"}  # the frame of every page names the places (look.md)


def sources(kind: str) -> list[Path]:
    return sorted(path for path in SOURCE.rglob(f"*.{kind}") if "migrations" not in path.parts)


def app_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def code_lines(node: ast.AST, text: list[str]) -> int:
    """Lines of a node that are neither blank, comment nor docstring."""
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", len(text))
    skipped: set[int] = set()
    for inner in ast.walk(node):
        body = getattr(inner, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                skipped.update(range(body[0].lineno, (body[0].end_lineno or body[0].lineno) + 1))
    return sum(
        1
        for number in range(first, last + 1)
        if number not in skipped and text[number - 1].strip() and not text[number - 1].strip().startswith("#")
    )


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for folder in (SOURCE, ROOT / "tests"):
        for path in folder.rglob("*.py"):
            if "migrations" in path.parts or "bite" in path.parts:
                continue
            text = path.read_text().splitlines()
            for node in ast.walk(ast.parse("\n".join(text))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield path, node, code_lines(node, text)


def test_files_are_of_a_size_that_one_can_read() -> None:
    sizes = {}
    for path in [*sources("py"), *(ROOT / "tests").rglob("*.py")]:
        text = path.read_text().splitlines()
        sizes[str(path.relative_to(ROOT))] = code_lines(ast.parse("\n".join(text)), text) if text else 0
    assert {name: size for name, size in sizes.items() if size > 300} == {}
    assert sorted(sizes.values())[int(len(sizes) * 0.95)] <= 200


def test_functions_are_short() -> None:
    def most(path: Path) -> int:
        if "stories" in path.parts:
            return 80
        if "matching" in path.parts:
            return 70
        return 15 if "views" in path.parts and "src" in path.parts else 40

    too_long = [f"{p.name}:{f.name} {size}" for p, f, size in functions() if size > most(p)]
    assert too_long == []


def test_templates_are_short() -> None:
    too_long = [
        str(path.relative_to(SOURCE)) for path in sources("html") if len(path.read_text().splitlines()) > 120
    ]
    assert too_long == []


def test_nothing_is_named_for_being_a_bag() -> None:
    bags = re.compile(r"(utils?|helpers?|managers?|services?|misc|common)(\.py)?$")
    assert [str(path) for path in SOURCE.rglob("*") if bags.match(path.name)] == []


def test_no_escape_hatches() -> None:
    hatch = re.compile(
        r"#\s*type:\s*ignore|#\s*noqa|mark_safe|\|\s*safe\b|pragma: no cover|auto_now|timezone\.now\("
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*sources("py"), *sources("html")]
        for line in path.read_text().splitlines()
        if hatch.search(line)
    ]
    assert found == []


def url_owners() -> dict[str, str]:
    """Which app each address's name belongs to."""
    owners = {}
    for path in sources("py"):
        if path.name == "urls.py" or path.parent.name == "urls":
            for name in re.findall(r'name="([\w-]+)"', path.read_text()):
                owners[name] = app_of(path)
    return owners


def mentions() -> Iterator[tuple[Path, str, str]]:
    """Everything that one app says of another in a string: (file, what, app)."""
    owners = url_owners()
    for path in [*sources("py"), *sources("html")]:
        text = path.read_text()
        for name in re.findall(r"""(?:\{% url|reverse\(|redirect\()\s*["']([\w-]+)["']""", text):
            if name in owners and not (app_of(path) == "ui" and name in FIXED_PLACES):
                yield path, f"url {name}", owners[name]
        for template in re.findall(r"""(?:extends|include|render\(request,)\s*["'](\w+)/""", text):
            yield path, f"template {template}", template
        for component in re.findall(r"<c-(\w+)\.", text):
            yield path, f"component {component}", component
        for label in re.findall(r"""(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*["'](\w+)\.""", text):
            yield path, f"foreign key to {label}", label


@pytest.mark.parametrize("kind", ["url", "template", "component", "foreign key"])
def test_strings_keep_the_layers_too(kind: str) -> None:
    upward = [
        f"{path.relative_to(SOURCE)}: {what}"
        for path, what, app in mentions()
        if what.startswith(kind)
        and app in HEIGHT
        and HEIGHT[app] > HEIGHT.get(app_of(path), 0)
        and not ({app, app_of(path)} <= TOGETHER)
    ]
    assert upward == []


def test_a_new_part_of_the_engine_is_kept_from_its_checker_or_named_as_what_it_needs() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (contract,) = (each for each in settings["contracts"] if each["id"] == "checker")
    engine = {path.stem for path in (SOURCE / "matching").glob("_*.py")} - {"__init__"}
    forbidden = {name.removeprefix("bothways.matching.") for name in contract["forbidden_modules"]}
    assert engine == CHECKER_KNOWS | forbidden
    assert not CHECKER_KNOWS & forbidden


def test_documents_are_short() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 200
    assert len((ROOT / "STYLE.md").read_text().splitlines()) <= 150
    for record in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(record.read_text().splitlines()) <= 40, record.name
