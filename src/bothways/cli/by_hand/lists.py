"""Two lists become people who take part: cells read as the roster reads them, names turned into addresses."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bothways.cli.by_hand import columns, week
from bothways.cli.by_hand.asked import Asked
from bothways.cli.by_hand.columns import Columns
from bothways.cli.running import Refusal
from bothways.core import lines
from bothways.matching import Participant
from bothways.people.rules.roster import cells, decoding, entries, formulas, table
from bothways.people.rules.roster.refusals import Unreadable
from bothways.people.rules.roster.remarks import NOTE

SHOWN = 20
APART = re.compile(r"\s+/\s+")  # between topics; TCP/IP is one


@dataclass(frozen=True)
class Listed:
    """One person of a list. `named`: managers, asked not to and met before, as addresses or names."""

    line: int
    name: str
    taking_part: Participant
    named: Mapping[str, tuple[str, ...]]


class Noticed(NamedTuple):
    """What the roster's reader says of a line. `note`: worth knowing; else something could not be read."""

    line: int
    text: str
    note: bool


@dataclass
class People:
    """One list, in the order of addresses. `topics`: how each was written.

    `unused`: by the heading of a column that plays no part, what is said there, by how it is compared.
    """

    path: str
    columns: Columns
    delimiter: str
    listed: list[Listed] = field(default_factory=list)
    topics: dict[str, str] = field(default_factory=dict)
    noticed: list[Noticed] = field(default_factory=list)
    unused: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def taking_part(self) -> tuple[Participant, ...]:
        return tuple(one.taking_part for one in self.listed)


def read_both(seekers: str, givers: str, asked: Asked) -> tuple[People, People]:
    """Raises `Refusal`, which names file and line."""
    both = (
        _read(seekers, asked, topics_are="wants", places=asked.seek),
        _read(givers, asked, topics_are="offers", places=asked.give),
    )
    headed = both[0].columns.headings | both[1].columns.headings
    for heading in asked.columns:
        if columns.key_of(heading) not in headed:
            raise Refusal(f"[columns] “{heading}”: neither list has a column of that name.")
    known = _Known([one for people in both for one in people.listed])
    for people in both:
        people.listed = [known.settled(one) for one in people.listed]
    return both


def _read(path: str, asked: Asked, *, topics_are: str, places: int) -> People:
    try:
        text = decoding.decode(Path(path).read_bytes()).text
        read = table.read(text)
        found = columns.find(path, read.headings, asked, topics_are=topics_are)
        rows = list(read.rows)
    except OSError as problem:
        raise Refusal(f"{path} cannot be read: {problem.strerror}.") from None
    except Unreadable as problem:
        raise Refusal(f"{path}: {problem}") from None
    people = People(path, found, read.delimiter)
    _fill(people, rows, asked, places)
    return people


def _fill(people: People, rows: Sequence[table.Row], asked: Asked, places: int) -> None:
    name = next((column.place for column in people.columns.roster if column.field == "name"), None)
    names = [] if name is None else [row[name] for _line, row in rows if name < len(row)]
    turn = entries.last_names_first(names)
    manner = entries.Manner(people.columns.roster, today=date.max.replace(year=2100), turn_names=turn)
    wrong: list[str] = []
    found: dict[str, Listed] = {}
    for (line, row), (entry, remarks) in zip(rows, entries.read(rows, manner), strict=True):
        people.noticed += [Noticed(line, remark.text, remark.weight == NOTE) for remark in remarks]
        if entry.bad:
            wrong += [f"{people.path}, line {line}: {remark.text}" for remark in remarks]
            continue
        if entry.email in found:
            wrong.append(
                f"{people.path}, line {line}: {entry.email} is on line {found[entry.email].line} too. "
                "Take one of the two out."
            )
            continue
        try:
            found[entry.email] = _Row(people, line, row, asked).listed(entry, places)
        except ValueError as problem:
            wrong.append(f"{people.path}, line {line}: {problem}")
    if wrong:
        more = f"\n… and {len(wrong) - SHOWN} more." if len(wrong) > SHOWN else ""
        raise Refusal("these lines must be mended first:\n" + "\n".join(wrong[:SHOWN]) + more)
    if not found:
        raise Refusal(f"{people.path}: nobody is in it.")
    people.listed = [found[address] for address in sorted(found)]
    for column in people.columns.unused:
        said = [_Row(people, line, row, asked).cell(column.place) for line, row in rows]
        people.unused[column.heading] = {one.casefold(): one for one in said if one}


class _Row:
    """The cells of one row that the roster has no place for."""

    def __init__(self, people: People, line: int, row: Sequence[str], asked: Asked) -> None:
        self.people, self.line, self.row, self.asked = people, line, row, asked

    def cell(self, place: int | None) -> str:
        if place is None or place >= len(self.row):
            return ""
        return cells.said(formulas.restored(self.row[place].strip()))

    def ours(self, name: str) -> str:
        return self.cell(self.people.columns.ours.get(name))

    def parts(self, name: str) -> tuple[str, ...]:
        return tuple(cells.parts(self.ours(name)))

    def listed(self, entry: entries.Entry, places: int) -> Listed:
        taking_part = Participant(
            key=entry.email,
            wants=self._topics("wants"),
            offers=self._topics("offers"),
            languages=frozenset(entry.languages),
            hours=self._hours(entry.time_zone),
            team=entry.team.casefold(),
            organisation=self.ours("organisation").casefold(),
            places=self._places(places),
            fields={name: self._step(name, self.cell(at)) for name, at in self.people.columns.fields.items()},
        )
        named = {"line": (entry.manager,), "never": self.parts("never"), "before": self.parts("before")}
        return Listed(self.line, entry.name, taking_part, named)

    def _topics(self, name: str) -> frozenset[str]:
        parts = [topic for part in self.parts(name) for topic in APART.split(part)]
        written = {part.casefold(): part for part in parts if part}
        self.people.topics = written | self.people.topics
        return frozenset(written)

    def _hours(self, zone: str) -> frozenset[int]:
        said = self.ours("hours")
        try:
            return week.read(said, zone, self.asked.week)
        except ValueError:
            raise ValueError(
                f"hours read “{table.shortened(said)}”. Write them like Mon-Thu 9-12; Fri 13-17."
            ) from None

    def _places(self, default: int) -> int:
        said = self.ours("places")
        if said and (not said.isdecimal() or len(said) > 4):
            raise ValueError(f"how many reads “{table.shortened(said)}”. Write a whole number, such as 2.")
        return int(said) if said else default

    def _step(self, name: str, said: str) -> str:
        """As the order writes it, whatever the case; `ValueError` where it names no such step."""
        for rule in self.asked.rules:
            if rule.field != name or not said:
                continue
            steps = {step.casefold(): step for step in rule.order}
            if said.casefold() not in steps:
                shown = table.shortened(said)
                raise ValueError(
                    f"{name} reads “{shown}”, which the order in the rules does not name. Add it."
                )
            return steps[said.casefold()]
        self.people.topics.setdefault(said.casefold(), said)
        return said.casefold()


def by_name(everybody: Iterable[Listed]) -> dict[str, set[str]]:
    """The addresses of whoever is called so, by how names are compared."""
    found: dict[str, set[str]] = {}
    for one in everybody:
        found.setdefault(one.name.casefold(), set()).add(one.taking_part.key)
    return found


def meant(said: str, names: Mapping[str, set[str]]) -> set[str]:
    """Whom an address or a name means, as addresses. Of namesakes all: rather one pair too few."""
    try:
        return {cells.email(said)}
    except ValueError:
        return names.get(lines.plain(said).casefold(), set())


class _Known:
    """Both lists together: who is meant by an address or a name, and who is above whom."""

    def __init__(self, everybody: Iterable[Listed]) -> None:
        self.above: dict[str, set[str]] = {}
        people = list(everybody)
        self.by_name = by_name(people)
        for one in people:
            self.above.setdefault(one.taking_part.key, set()).update(self.keys(one.named["line"]))

    def keys(self, said: Iterable[str]) -> frozenset[str]:
        return frozenset(key for one in said for key in meant(one, self.by_name))

    def settled(self, one: Listed) -> Listed:
        key, line = one.taking_part.key, set[str]()
        last = set(self.above[key])
        while last:
            line |= last
            last = {upper for manager in last for upper in self.above.get(manager, ())} - line
        taking_part = dataclasses.replace(
            one.taking_part,
            line=frozenset(line - {key}),
            never=self.keys(one.named["never"]),
            before=self.keys(one.named["before"]),
        )
        return dataclasses.replace(one, taking_part=taking_part)
