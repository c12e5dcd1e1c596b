"""What a page costs on a slow line: look.md's limits, compressed as they are served."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from tests.ui.colours import STATIC


def compressed(files: list[str]) -> int:
    return sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 6)) for name in files)


@pytest.fixture
def page() -> str:
    return render_to_string("ui/errors/500.html")


def linked(page: str, pattern: str) -> list[str]:
    return [address.removeprefix("/static/") for address in re.findall(pattern, page)]


def test_styles_are_at_most_twenty_kilobytes(page: str) -> None:
    styles = linked(page, r'rel="stylesheet"\s+href="([^"]+)"')
    assert {Path(name).name for name in styles} == {path.name for path in (STATIC / "css").glob("*.css")}
    assert compressed(styles) <= 20_000


def test_scripts_are_at_most_twenty_five_kilobytes(page: str) -> None:
    scripts = linked(page, r'<script src="([^"]+)"')
    assert scripts == ["django_htmx/htmx-2.min.js", "ui/bothways.js"]
    assert compressed(scripts) <= 25_000
    assert (STATIC / "bothways.js").stat().st_size <= 6_000


def test_nothing_is_fetched_from_elsewhere_and_no_font_is_downloaded() -> None:
    for path in STATIC.rglob("*.*"):
        text = path.read_text()
        assert "@font-face" not in text, path
        assert "@import" not in text, path
        assert not re.search(r"url\(['\"]?(https?:)?//", text), path


def test_text_is_never_under_fourteen_pixels() -> None:
    for path in (STATIC / "css").glob("*.css"):
        for value, unit in re.findall(
            r"(?:font-size|--small|--text):\s*(?:clamp\()?([\d.]+)(rem|px)", path.read_text()
        ):
            assert float(value) * (16 if unit == "rem" else 1) >= 14, path
