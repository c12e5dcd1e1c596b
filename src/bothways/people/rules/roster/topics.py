"""What people can be asked about, as lists write it, to the topics that an organisation has."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from bothways.people.rules import words as language
from bothways.people.rules.roster import cells, formulas
from bothways.people.rules.thesaurus import Entry, Thesaurus

MOST_LOOKED_UP = 5_000

_SEPARATORS = str.maketrans({";": ",", "|": "/", "\n": " "})


def written(name: str) -> str:
    """A topic's name within a list: what would end it is taken out."""
    return name.translate(_SEPARATORS)


class Topics:
    """Finds topics by name or alias; else by the thesaurus, where an alias is met whole."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._fold = _folding()
        self._thesaurus, self._exact = _known(tuple(entries))
        self._found: dict[str, str] = {}
        self._read: dict[str, tuple[list[str], list[str]]] = {}

    def read(self, cell: str) -> tuple[list[str], list[str]]:
        """The keys of the topics of a cell, in its order; and what is no topic here."""
        if cell not in self._read:
            if len(self._read) >= MOST_LOOKED_UP:
                self._read.clear()
            self._read[cell] = self._look_up(cell)
        return self._read[cell]

    def _look_up(self, cell: str) -> tuple[list[str], list[str]]:
        whole = self._exact.get(self._fold(cell))
        if whole:
            return [whole], []
        keys: dict[str, None] = {}
        unknown = []
        for part in cells.parts(cell):
            key = self._of(formulas.restored(part))
            if key:
                keys[key] = None
            else:
                unknown.append(part)
        return list(keys), unknown

    def _of(self, part: str) -> str:
        folded = self._fold(part)
        exact = self._exact.get(folded)
        if exact or folded in self._found or len(self._found) >= MOST_LOOKED_UP:
            return exact or self._found.get(folded, "")
        hits = self._thesaurus.find(part[:200], limit=1)
        whole = bool(hits) and set(self._fold(hits[0].because.alias).split()) <= set(folded.split())
        self._found[folded] = hits[0].key if whole else ""
        return self._found[folded]


@lru_cache(maxsize=2)
def _known(entries: tuple[Entry, ...]) -> tuple[Thesaurus, Mapping[str, str]]:
    """The thesaurus and its names and aliases as they are compared; the same for list after list."""
    thesaurus, fold = Thesaurus(entries), _folding()
    exact: dict[str, str] = {}
    for texts in (((entry.key, (entry.name,)) for entry in entries), ((e.key, e.aliases) for e in entries)):
        for key, names in texts:
            for name in names:
                if key in thesaurus.keys:
                    exact.setdefault(fold(name), key)
    return thesaurus, exact


def _folding() -> Callable[[str], str]:
    """How two names are compared, with a stemmer of its own."""
    stem = language.english()

    def fold(text: str) -> str:
        return " ".join(stem(language.folded(word)) for word in language.written(text))

    return fold
