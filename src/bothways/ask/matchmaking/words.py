"""The telling words of a sentence: as written, and as beginnings to look for in people's own texts."""

from bothways.people.rules import foreign, search_terms
from bothways.people.rules import words as language

MOST_WORDS = 6
SHORTEST = 4


def telling(sentence: str, *, tongue: str = "") -> dict[str, str]:
    """From the beginning of each telling word to the word as written, in the sentence's order.

    `tongue`: the language that it is in, where not in English.
    """
    stem = language.english()
    common = language.STOP_STEMS | language.COMMON_STEMS
    found: dict[str, str] = {}
    for written in language.written(sentence):
        if foreign.is_function_word(written, tongue):
            continue
        for token in search_terms.plain(written):
            start = stem(token)
            if len(start) >= SHORTEST and start not in common:
                found.setdefault(start.removesuffix("i"), written)
        if len(found) >= MOST_WORDS:
            break
    return found
