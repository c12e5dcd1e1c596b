"""The spellings that lists use, as data: `people/data/*.csv`."""

import csv
from importlib import resources


def rows(name: str) -> list[list[str]]:
    """The rows of a table without its heading."""
    text = resources.files("bothways.people").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
