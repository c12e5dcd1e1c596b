"""Rows become entries: what the list says of each person, cell by cell, with remarks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bothways.core import lines
from bothways.people.rules.roster import cells, dates, formulas
from bothways.people.rules.roster.headings import Column
from bothways.people.rules.roster.remarks import Remark
from bothways.people.rules.roster.table import shortened

SHORT = 80
NAMES = ("name", "first_name", "last_name", "called")


@dataclass(slots=True)
class Entry:
    """One person as the list has them. `unusable`: fields whose cell cannot be used and change nothing."""

    line: int
    email: str = ""
    name: str = ""
    pronouns: str = ""
    title: str = ""
    team: str = ""
    manager: str = ""
    place: str = ""
    started_on: date | None = None
    time_zone: str = ""
    languages: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    unusable: frozenset[str] = frozenset()
    bad: bool = False


@dataclass(frozen=True)
class Manner:
    """What is settled for the whole file before its rows are read."""

    columns: Sequence[Column]
    today: date
    order: str = dates.DAY_FIRST
    turn_names: bool = False
    ours: bool = False


Clean = Callable[["Reading", str, str], None]


class Reading:
    """The reading of one row into one entry."""

    def __init__(self, line: int, manner: Manner) -> None:
        self.entry, self.manner = Entry(line), manner
        self.remarks: list[Remark] = []
        self.names: dict[str, str] = {}

    def say(self, code: str, name: str = "", **values: str) -> None:
        remark = Remark(self.entry.line, code, name, values)
        self.remarks.append(remark)
        if remark.weight == "row":
            self.entry.bad = True
        elif remark.weight == "cell":
            self.entry.unusable |= {name}

    def read(self, row: Sequence[str]) -> None:
        columns = self.manner.columns
        surplus = [cell for cell in row[len(columns) :] if cell.strip()]
        if surplus:
            self.say("too_many_cells", found=shortened(surplus[0], SHORT))
            return
        for column in columns:
            if column.field:
                self._cell(column.field, row[column.place] if column.place < len(row) else "")
        self._name()

    def _cell(self, name: str, raw: str) -> None:
        given = formulas.restored(raw.strip())
        if cells.broken(given):
            code = "broken" if name == "email" or name in NAMES else "bad_cell"
            self.say(code, name, found=shortened(given, SHORT))
        elif name == "email":
            self._email(given)
        elif name in NAMES:
            self.names[name] = lines.plain(given)
        else:
            _READ.get(name, _plain)(self, name, given)

    def _email(self, given: str) -> None:
        if not given:
            self.say("no_email", "email")
            return
        try:
            self.entry.email = cells.email(given)
        except ValueError:
            self.say("bad_email", "email", found=shortened(given, SHORT))

    def _name(self) -> None:
        if self.entry.bad and any(remark.code == "broken" for remark in self.remarks):
            return
        name = self._whole_name()
        if not name:
            self.say("no_name", "name")
        elif len(name) > cells.LIMITS["name"]:
            self.say("long_name", "name", most=str(cells.LIMITS["name"]))
        elif not cells.is_name(name):
            self.say("bad_name", "name", found=shortened(name, SHORT))
        self.entry.name = name

    def _whole_name(self) -> str:
        said = {key: name for key, name in self.names.items() if name}
        called, last = said.get("called", ""), said.get("last_name", "")
        if called:
            return f"{called} {last}" if last and last.casefold() not in called.casefold() else called
        if "name" in said:
            turn = self.manner.turn_names and said["name"].count(",") == 1
            return cells.turned(said["name"]) if turn else said["name"]
        return f"{said.get('first_name', '')} {last}".strip()


def read(rows: Iterable[tuple[int, Sequence[str]]], manner: Manner) -> Iterable[tuple[Entry, list[Remark]]]:
    """Each row as an entry, with what is to be said of it. Never raises on what cells hold."""
    for line, row in rows:
        reading = Reading(line, manner)
        reading.read(row)
        yield reading.entry, reading.remarks


def last_names_first(names: Iterable[str]) -> bool:
    """Whether this file writes Lovelace, Ada: nine in ten of at least three names have one comma."""
    commas = all_of_them = 0
    for name in names:
        if name.strip():
            all_of_them += 1
            before, comma, after = name.partition(",")
            commas += bool(comma and before.strip() and after.strip() and "," not in after)
    return commas >= 3 and commas >= all_of_them * 0.9


def _plain(reading: Reading, name: str, given: str) -> None:
    line = lines.plain(given) if reading.manner.ours else cells.said(given)
    if len(line) > cells.LIMITS[name]:
        reading.say("long", name, most=str(cells.LIMITS[name]))
        return
    setattr(reading.entry, name, line)


def _manager(reading: Reading, name: str, given: str) -> None:
    """An address; or a name, kept as it is until all names are known."""
    line = cells.said(given)
    if "@" not in line:
        if len(line) > cells.LIMITS["name"]:
            reading.say("bad_manager", name, found=shortened(line, SHORT))
        else:
            reading.entry.manager = line
        return
    try:
        reading.entry.manager = cells.email(line)
    except ValueError:
        reading.say("bad_manager", name, found=shortened(line, SHORT))


def _date(reading: Reading, name: str, given: str) -> None:
    line, order = cells.said(given), reading.manner.order
    if not line:
        return
    try:
        found = dates.read(line, order)
    except dates.NoDate:
        other = dates.MONTH_FIRST if order == dates.DAY_FIRST else dates.DAY_FIRST
        code = "two_orders" if dates.fits(line, other) else "bad_date"
        reading.say(code, name, found=shortened(line, SHORT))
        return
    if not dates.EARLIEST <= found <= reading.manner.today + timedelta(days=730):
        reading.say("odd_date", name, found=shortened(line, SHORT), read=found.isoformat())
    else:
        reading.entry.started_on = found


def _zone(reading: Reading, name: str, given: str) -> None:
    line = cells.said(given)
    try:
        reading.entry.time_zone = cells.time_zone(line) if line else ""
    except ValueError:
        reading.say("bad_zone", name, found=shortened(line, SHORT))


def _languages(reading: Reading, name: str, given: str) -> None:
    if len(given) > cells.LONGEST_LIST:
        reading.say("long", name, most=str(cells.LONGEST_LIST))
        return
    codes, unknown = cells.languages(cells.said(given))
    for one in unknown:
        reading.say("language_unknown", name, found=shortened(one, SHORT))
    reading.entry.languages = tuple(codes)


def _offers(reading: Reading, name: str, given: str) -> None:
    if len(given) > cells.LONGEST_LIST:
        reading.say("long", name, most=str(cells.LONGEST_LIST))
        return
    reading.entry.offers = (given,) if cells.said(given) else ()


_READ: dict[str, Clean] = {
    "manager": _manager,
    "started_on": _date,
    "time_zone": _zone,
    "languages": _languages,
    "offers": _offers,
}
