"""People as CSV, as spreadsheets and our own import read it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from bothways.people.rules.roster import formulas
from bothways.people.rules.roster.headings import OURS

MARK = "\ufeff"  # so that spreadsheets read it as UTF-8


def lines(rows: Iterable[Sequence[str]], columns: Iterable[str] = tuple(OURS.values())) -> Iterator[str]:
    """The file, piece by piece: the columns of `headings.OURS` unless others are named, formulas harmless.

    Every cell is quoted: some spreadsheets split at ";" too, and would find a formula behind it.
    """
    yield MARK + _line(list(columns))
    for row in rows:
        yield _line([formulas.neutralised(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow(cells)
    return written.getvalue()
