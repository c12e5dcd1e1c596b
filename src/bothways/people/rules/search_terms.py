"""What people type as a full-text query, for both databases. Nothing of their text is ever query syntax."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bothways.people.rules import words as language

MOST_WORDS = 12
LONGEST = 40
SHORTEST_PREFIX = 2
SHORTEST_STEM = 3

_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """One word: any of `starts` begins a word of the text, or, where `exact`, is one."""

    starts: tuple[str, ...]
    exact: bool = False


def bare(text: str) -> str:
    """Small letters without accents: what people type, and the order in which they look a name up."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def plain(text: str) -> list[str]:
    """The words of a text as both indexes hold them: small letters and figures, without accents."""
    return [token[:LONGEST] for token in _TOKEN.findall(bare(text))]


def terms(words: Iterable[str], *, everyday: bool = True) -> tuple[Term, ...]:
    """The terms of these words, each once; without everyday ones where not wanted and others remain."""
    stem = language.english()
    tokens = list(dict.fromkeys(token for word in words for token in plain(word)))
    telling = [token for token in tokens if stem(token) not in language.STOP_STEMS]
    kept = tokens if everyday or not telling else telling
    return tuple(_term(token, stem(token)) for token in kept[:MOST_WORDS])


def beginnings(name: str) -> tuple[Term, ...]:
    """The words of a name as they are typed, each a beginning: names have no stems."""
    return tuple(Term((token,)) for token in dict.fromkeys(plain(name)))[:MOST_WORDS]


def _term(token: str, stem: str) -> Term:
    """A word and its stem, both as beginnings: "speaking" also finds a speaker."""
    if len(token) < SHORTEST_PREFIX:
        return Term((token,), exact=True)
    starts = {token}
    if len(stem) >= SHORTEST_STEM and stem.isalnum():
        starts.add(stem)
        if stem.endswith("i"):
            starts.add(stem[:-1] + "y")
    return Term(tuple(sorted(one for one in starts if not _covered(one, starts))))


def _covered(start: str, starts: set[str]) -> bool:
    return any(start != other and start.startswith(other) for other in starts)


def language_mark(code: str) -> str:
    """The token by which the index knows that somebody speaks a language: pt-br becomes xlangptbr."""
    return "xlang" + "".join(plain(code))


def for_fts5(sought: Iterable[Term], *, every: bool, marks: Iterable[str] = ()) -> str:
    """A MATCH expression of SQLite's FTS5; every token stands in quotes. All marks must be there."""
    groups = (
        "(" + " OR ".join(f'"{start}"' + ("" if term.exact else " *") for start in term.starts) + ")"
        for term in sought
    )
    words = (" AND " if every else " OR ").join(groups)
    return " AND ".join([*([f"({words})"] if words else []), *(f'"{mark}"' for mark in marks)])


def for_tsquery(sought: Iterable[Term], *, every: bool, marks: Iterable[str] = ()) -> str:
    """The same for PostgreSQL's to_tsquery('simple', …)."""
    groups = (
        "(" + " | ".join(f"'{start}'" + ("" if term.exact else ":*") for start in term.starts) + ")"
        for term in sought
    )
    words = (" & " if every else " | ").join(groups)
    return " & ".join([*([f"({words})"] if words else []), *(f"'{mark}'" for mark in marks)])
