"""Cells that a spreadsheet would take for a formula: harmless on the way out, given back on the way in."""

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def neutralised(cell: str) -> str:
    """With an apostrophe before it where a spreadsheet would begin to calculate. `restored` undoes it."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restored(cell: str) -> str:
    """What the cell said before `neutralised`."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
