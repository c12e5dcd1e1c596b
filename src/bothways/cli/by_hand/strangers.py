"""Who is named in a list and is nobody in either: misspelt, or somebody who takes no part."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cached_property

from bothways.cli.by_hand import lists
from bothways.cli.by_hand.lists import Noticed, People
from bothways.core import lines
from bothways.people.rules.roster import cells
from bothways.people.rules.roster.table import shortened

LOOKED_FOR = 20  # of each column: whether somebody near is meant
NAMED = 3  # of those who may well take no part
NEAR, ENDS, LONGER = 0.85, 2, 2  # as difflib counts; letters of beginning or end that are right; letters more
LABELS = {"line": "Manager", "before": "Introduced before"}


class Strangers:
    """Knows both lists."""

    def __init__(self, *both: People) -> None:
        everybody = [one for people in both for one in people.listed]
        self.by_name = lists.by_name(everybody)
        self.by_address = {one.taking_part.key: {one.taking_part.key} for one in everybody}
        self.written = {one.name.casefold(): one.name for one in everybody}

    def not_with(self, people: People) -> Iterator[Noticed]:
        """Each, with its line: two may be introduced who were to be kept apart."""
        for place, (said, at) in enumerate(self._named(people, "never").items()):
            text = f"Not with: “{shortened(said)}” is nobody in either list, so nobody is kept apart by it."
            near = self._near(said) if place < LOOKED_FOR else ""
            yield from (Noticed(line, text + (f" Is it {near}?" if near else ""), note=False) for line in at)

    def others(self, people: People) -> Iterator[str]:
        """Managers and those met before, counted: many of them rightly take no part."""
        for kind, label in LABELS.items():
            named = self._named(people, kind)
            if not named:
                continue
            near = {said: self._near(said) for said in list(named)[:LOOKED_FOR]}
            first = sorted(near, key=lambda said: not near[said])[:NAMED]
            told = ", ".join(_with_line(said, named[said][0], near[said]) for said in first)
            are = "is" if len(named) == 1 else "are"
            more = f" and {len(named) - NAMED:,} more" if len(named) > NAMED else ""
            yield (
                f"{people.path}: {label}: {len(named):,} of those named {are} in neither list: {told}{more}. "
                "Mend what is misspelt; whoever takes no part may stay."
            )

    def _named(self, people: People, kind: str) -> Mapping[str, list[int]]:
        """Whoever is nobody, as written, with the lines."""
        found: dict[str, list[int]] = {}
        for one in people.listed:
            for said in filter(None, one.named[kind]):
                found.setdefault(said, []).append(one.line)
        unknown = {
            said: sorted(at)
            for said, at in found.items()
            if not lists.meant(said, self.by_name) & self.by_address.keys()
        }
        return dict(sorted(unknown.items(), key=lambda each: each[1]))

    def _near(self, said: str) -> str:
        """Whom alone it may mean, or nothing."""
        mine = _compared(said)
        like = _Likeness(mine)
        found: dict[str, str] = {}
        for other in {other for sign in _signs(mine) for other in self._by_sign.get(sign, ())}:
            if like.of(other):
                addresses = self.by_address.get(other) or self.by_name[other]
                found |= dict.fromkeys(addresses, self.written.get(other, other))
            if len(found) > 1:
                return ""
        return next(iter(found.values()), "")

    @cached_property
    def _by_sign(self) -> Mapping[tuple[str, ...], list[str]]:
        """Names and addresses by what those near have in common: few are compared by their letters."""
        found: dict[tuple[str, ...], list[str]] = {}
        for text in (*self.by_name, *self.by_address):
            for sign in _signs(text):
                found.setdefault(sign, []).append(text)
        return found


def _signs(text: str) -> set[tuple[str, ...]]:
    """Words, and beginning and end, of a name or of what stands before the @."""
    name, at, _house = text.partition("@")
    return {(at, "word", word) for word in name.split()} | {
        (at, "begins", name[:ENDS]),
        (at, "ends", name[-ENDS:]),
    }


def _with_line(said: str, line: int, near: str) -> str:
    return f"“{shortened(said)}” (line {line}{f', perhaps {near}' if near else ''})"


def _compared(said: str) -> str:
    try:
        return cells.email(said)
    except ValueError:
        return lines.plain(said).casefold()


class _Likeness:
    """To one name or address, so written that many are quickly compared with it."""

    def __init__(self, mine: str) -> None:
        self.name, self.at, self.house = mine.partition("@")
        self.words = set(self.name.split())
        self.letters = SequenceMatcher(None, "", self.name)

    def of(self, other: str) -> bool:
        """A name is near with words more or fewer; an address at another house, where a slip may be."""
        name, _at, house = other.partition("@")
        if self.at:
            return name == self.name or (house == self.house and self._misspelt(name))
        words = set(name.split())
        return words <= self.words or self.words <= words or self._misspelt(name)

    def _misspelt(self, other: str) -> bool:
        if abs(len(self.name) - len(other)) > LONGER:
            return False
        self.letters.set_seq1(other)
        return self.letters.quick_ratio() >= NEAR and self.letters.ratio() >= NEAR
