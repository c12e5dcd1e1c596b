"""Days as people write them. Whether 03/04 is in March or April is settled for a file, never for a cell."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from bothways.people.rules.roster import tables

DAY_FIRST, MONTH_FIRST, EITHER = "day", "month", ""
EARLIEST = date(1940, 1, 1)
LONGEST = 60  # letters of a day with its time, written in full

_TIME = re.compile(r"[T ]\s*\d{1,2}:\d{2}.*$")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\.?$")
_EAST_ASIAN = re.compile(r"^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]$")
_SOLID = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_TRIPLE = re.compile(r"^(\d{1,2})([-/. ])\s*(\d{1,2})[-/. ]\s*(\d{4}|\d{2})$")
_NAMED = re.compile(r"[^\W\d_]+|\d+")


class NoDate(ValueError):
    """Nobody could read this as a day."""


def order_of(cells: Iterable[str]) -> tuple[str, bool]:
    """Whether day or month comes first where both are figures, and whether that is certain.

    A file in which the parts of some dates fit one order only settles it for all. Not certain: no date
    settles it, yet at least one could be read in two ways.
    """
    day_first = month_first = open_ones = 0
    for cell in cells:
        found = _TRIPLE.match(_day_part(cell))
        if not found or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        open_ones += first <= 12 and second <= 12 and first != second
    if day_first or month_first:
        return (DAY_FIRST if day_first >= month_first else MONTH_FIRST), True
    return EITHER, not open_ones


def _day_part(cell: str) -> str:
    """Without a time of day; cut before anything looks for one, which in a long cell takes long."""
    return _TIME.sub("", cell.strip()[:LONGEST]).strip()


def read(cell: str, order: str) -> date:
    """The day, or `NoDate`. `order` says what comes first in 03/04/2024."""
    text = _day_part(cell)
    for pattern in (_YEAR_FIRST, _EAST_ASIAN, _SOLID):
        if found := pattern.match(text):
            return _day(found[1], found[2], found[3])
    if found := _TRIPLE.match(text):
        month_first = order == MONTH_FIRST and found[2] != "."
        month, day = (found[1], found[3]) if month_first else (found[3], found[1])
        return _day(_whole_year(found[4]), month, day)
    if found := _SERIAL.match(text):
        return date(1899, 12, 30) + timedelta(days=int(found[1]))
    return _named(text)


def fits(cell: str, order: str) -> bool:
    """Whether a date that cannot be read this way could be read the other way round."""
    try:
        read(cell, order)
    except NoDate:
        return False
    return True


def _named(text: str) -> date:
    """A date with its month in letters: 5 March 2024, Mar 5, 2024, 5. März 24."""
    parts = _NAMED.findall(_plain(text))
    months = [_months()[part] for part in parts if part in _months()]
    figures = [part for part in parts if part.isdecimal()]
    if len(months) != 1 or len(figures) != 2:
        raise NoDate
    day, year = figures if len(figures[0]) <= 2 else figures[::-1]
    return _day(_whole_year(year), str(months[0]), day)


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in tables.rows("months.csv") for name in names.split("|")}


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _whole_year(year: str) -> str:
    if len(year) == 2:
        return f"{'20' if int(year) < 60 else '19'}{year}"
    return year


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NoDate from None
