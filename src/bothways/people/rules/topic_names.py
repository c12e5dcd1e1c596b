"""A topic's name within a sentence: small, but for what is written with a capital anywhere."""

import csv
import re
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

_LETTERS = re.compile(r"[^\W_]+(?:[+#/&][^\W_]*)*")
_CAPITAL_NOUNS = {"de", "lb"}  # where every noun has a capital


@cache
def _proper() -> frozenset[str]:
    text = (files("bothways.people") / "data" / "proper_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return frozenset(word for row in rows for word in row["words"].split("|"))


def within(name: str) -> str:
    """Public speaking is public speaking; Python, CV, SQL and DevOps stay as they are."""
    if (get_language() or "").split("-")[0] in _CAPITAL_NOUNS:
        return name
    first, *rest = name.split(maxsplit=1) or [""]
    words = [] if first == "A" and rest else _LETTERS.findall(first)
    return name[:1].lower() + name[1:] if all(map(_ordinary, words)) else name


def _ordinary(word: str) -> bool:
    """Whether a word has a capital for standing at the beginning, and for nothing else."""
    return word.islower() or (word.isalpha() and word[1:].islower() and word.lower() not in _proper())
