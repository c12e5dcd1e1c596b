"""A file of pairs that comes back to be verified: read in any separator, compared line by line."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from bothways.cli.running import Refusal
from bothways.people.rules.roster import decoding, formulas, table
from bothways.people.rules.roster.refusals import Unreadable

ADDRESSES = (1, 3)  # cells of a row


def differences(path: str, meant: Iterable[Sequence[str]]) -> Iterator[str]:
    """Where the file is not what match writes: `meant`, with its headings. Raises `Refusal`."""
    names, *rows = meant
    found, right = _read(path, names), {_key(row): row for row in rows}
    if sorted(_key(cells) for _line, cells in found) != sorted(right):
        yield _("%(file)s has other pairs than the certificate.") % {"file": path}
        return
    for line, cells in found:
        for at, name in enumerate(names):
            said, must = (" ".join(row[at].split()) for row in (cells, right[_key(cells)]))
            if said != must and at not in ADDRESSES:
                yield _(
                    "%(file)s, line %(line)s: %(column)s reads “%(said)s”. By lists and rules: “%(must)s”."
                ) % {
                    "file": path,
                    "line": line,
                    "column": name,
                    "said": table.shortened(said),
                    "must": must,
                }


def _key(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cells[at].strip().lower() for at in ADDRESSES)


def _read(path: str, names: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Lines and their cells, as many as there are names."""
    try:
        text = decoding.decode(Path(path).read_bytes()).text
        rows = list(_table(path, text, names).rows)
    except OSError as problem:
        raise Refusal(f"{path} cannot be read: {problem.strerror}.") from None
    except Unreadable as problem:
        raise Refusal(f"{path}: {problem}") from None
    lacking = [""] * len(names)
    return [
        (line, [formulas.restored(cell) for cell in [*row, *lacking][: len(names)]]) for line, row in rows
    ]


def _table(path: str, text: str, names: Sequence[str]) -> table.Table:
    """With the separator by which it has the columns that match writes."""
    for delimiter in table.DELIMITERS:
        try:
            found = table.read(text, delimiter)
        except Unreadable:
            continue
        if [name.strip() for name in found.headings[: len(names)]] == list(names):
            return found
    there = table.shortened(", ".join(table.read(text).headings))
    raise Refusal(
        f"{path} is no file of pairs: its columns are {there}. "
        f"What match --out writes has {', '.join(names)}."
    )
