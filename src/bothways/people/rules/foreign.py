"""In which language is a sentence, if not in English? Told by its short, frequent words alone."""

import csv
from collections import Counter
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from bothways.people.rules import words as language

FEWEST = 2
KNOWN = 0.25


@cache
def _function_words() -> dict[str, frozenset[str]]:
    """By language; without those that English has too, such as "die" and "on"."""
    text = (files("bothways.people") / "data" / "function_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    told = {row["language"]: map(language.folded, row["words"].split("|")) for row in rows}
    return {code: frozenset(words) - language.EVERYDAY for code, words in told.items()}


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    every = _function_words()
    words = frozenset[str]().union(*every.values())
    return {word: tuple(code for code in every if word in every[code]) for word in words}


def spoken(sentence: str) -> str:
    """The code of the language; nothing where it is English, too short to tell, or not one of our list."""
    said = {language.folded(word) for word in language.written(sentence)}
    english = len(said & language.EVERYDAY)
    met = Counter(code for word in said for code in _languages_of().get(word, ()))
    most = max(met, key=lambda code: met[code], default="")
    return most if met[most] >= FEWEST and met[most] > english else ""


def is_function_word(word: str, code: str) -> bool:
    return language.folded(word) in _function_words().get(code, ())


def known(words: Collection[str]) -> frozenset[str]:
    """The languages that names and aliases made of these words are in, so far as one can tell."""
    said = frozenset(words)
    return frozenset(
        code for code, each in _function_words().items() if len(each & said) >= KNOWN * len(each)
    )
