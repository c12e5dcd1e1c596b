"""Text to rows: finds out what separates the cells and which line names the columns."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from bothways.people.rules.roster import headings
from bothways.people.rules.roster.decoding import LARGEST
from bothways.people.rules.roster.refusals import Unreadable

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 200
MOST_ROWS = 100_000
_PREAMBLE = 12
_SAMPLE = 40
_END = "\x00end\x00"
_EXCEL = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)

csv.field_size_limit(LARGEST)  # our own limits speak with a line number

Row = tuple[int, list[str]]


@dataclass
class Table:
    """`first`: the line of the headings; `rows` are read once, with the line on which each begins."""

    delimiter: str
    headings: list[str]
    first: int
    rows: Iterator[Row] = field(repr=False)


def read(text: str, delimiter: str = "") -> Table:
    """Raises `Unreadable`, also while `rows` are read (a quotation mark that is never closed)."""
    lines, skipped, named = _excel_line(text)
    chosen = delimiter or named or _delimiter(text, skipped)
    rows = _rows(lines, chosen, skipped)
    early: list[Row] = []
    for row in rows:
        early.append(row)
        if len(early) > _PREAMBLE or headings.names_columns(row[1]):
            break
    at = next((place for place, (_line, cells) in enumerate(early) if headings.names_columns(cells)), 0)
    if not early:
        raise Unreadable(_("The file is empty. Save the list as CSV again and choose that file."))
    line, names = early[at]
    if len(names) > MOST_COLUMNS:
        raise Unreadable(_("The file has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    if any("@" in cell for cell in names) and not headings.names_columns(names):
        raise Unreadable(
            _("The first line must name the columns, such as Name, Email, Team. It reads: %(found)s")
            % {"found": shortened(", ".join(names))}
        )
    return Table(chosen, names, line, _chain(early[at + 1 :], rows))


def shortened(text: str, most: int = 80) -> str:
    """What was found, short enough to be shown in a sentence."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[: most + 1])
    return shown if len(shown) <= most else shown[:most].rstrip() + "…"


def _chain(early: list[Row], later: Iterator[Row]) -> Iterator[Row]:
    yield from early
    yield from later


def _excel_line(text: str) -> tuple[Iterable[str], int, str]:
    """Lines from the first that counts; how many were skipped; the delimiter that `sep=;` names."""
    lines = io.StringIO(text, newline="")
    first = lines.readline()
    told = _EXCEL.match(first.rstrip("\r\n"))
    if told:
        return lines, 1, told[1]
    lines.seek(0)
    return lines, 0, ""


def _rows(lines: Iterable[str], delimiter: str, skipped: int) -> Iterator[Row]:
    """Rows that hold anything. A sentinel after the last line shows a quotation mark left open."""
    reader = csv.reader(_with_end(lines), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    before, count = 0, 0
    for cells in reader:
        line, before = before + 1 + skipped, reader.line_num
        if cells and cells[-1].endswith(_END):
            if cells == [_END]:
                return
            raise Unreadable(
                _("Line %(line)s opens a quotation mark that is never closed. Close it, or take it away.")
                % {"line": line}
            )
        if any(cell.strip() for cell in cells):
            count += 1
            if count > MOST_ROWS + _PREAMBLE:
                raise Unreadable(
                    _("The file has more than %(most)s people. Cut it in two.") % {"most": f"{MOST_ROWS:,}"}
                )
            yield line, cells


def _with_end(lines: Iterable[str]) -> Iterator[str]:
    last = ""
    for last in lines:
        yield last
    if last and not last.endswith(("\r", "\n")):
        yield "\n"
    yield _END


def _delimiter(text: str, skipped: int) -> str:
    """The one that names the most columns we know, then that gives the most even rows."""
    head = text[:65_536]
    return max(DELIMITERS, key=lambda each: (*_fit(head, each), -DELIMITERS.index(each)))


def _fit(head: str, delimiter: str) -> tuple[int, int, int]:
    lines = io.StringIO(head, newline="")
    rows = [cells for cells in _some(csv.reader(lines, delimiter=delimiter)) if any(map(str.strip, cells))]
    if not rows:
        return 0, 0, 0
    known = max(headings.known_columns(cells) for cells in rows[:_PREAMBLE])
    widths = [len(cells) for cells in rows]
    usual = max(set(widths), key=widths.count)
    return known, widths.count(usual) if usual > 1 else 0, usual


def _some(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    for count, cells in enumerate(reader):
        if count > _SAMPLE:
            return
        yield cells
