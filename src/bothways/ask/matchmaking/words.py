"""The telling words of a sentence: as written, and as beginnings to look for in people's own texts."""

from bothways.people.rules import search_terms
from bothways.people.rules import words as language

MOST_WORDS = 6
SHORTEST = 4


def telling(sentence: str) -> dict[str, str]:
    """From the beginning of each telling word to the word as written, in the sentence's order."""
    stem = language.english()
    found: dict[str, str] = {}
    for written in language.written(sentence):
        for token in search_terms.plain(written):
            start = stem(token)
            if len(start) >= SHORTEST and start not in language.STOP_STEMS:
                found.setdefault(start.removesuffix("i"), written)
        if len(found) >= MOST_WORDS:
            break
    return found
