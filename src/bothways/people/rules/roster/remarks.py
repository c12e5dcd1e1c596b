"""What is said of a line: which column, what was found, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.people.rules.roster.headings import FIELDS

ROW, CELL, NOTE = "row", "cell", "note"

_SAID: dict[str, tuple[str, str | Promise]] = {
    "no_email": (ROW, _("is empty. Everybody needs an address of their own.")),
    "bad_email": (ROW, _("reads “%(found)s”, which is no mail address. Write one, such as ada@example.org.")),
    "no_name": (ROW, _("is empty. Write the person’s name.")),
    "bad_name": (ROW, _("reads “%(found)s”, which is no name. Write the person’s name.")),
    "long_name": (ROW, _("is longer than %(most)s letters. Shorten it.")),
    "too_many_cells": (
        ROW,
        _("There are more cells than columns, from “%(found)s” on. Put cells that hold a comma into quotes."),
    ),
    "broken": (ROW, _("holds letters that cannot be read (“%(found)s”). Save the list again as CSV UTF-8.")),
    "conflict": (
        ROW,
        _("%(found)s is on line %(other)s too, and the lines differ. Keep the one that is right."),
    ),
    "long": (CELL, _("is longer than %(most)s letters. Shorten it.")),
    "bad_cell": (CELL, _("holds letters that cannot be kept (“%(found)s”). Take them out.")),
    "bad_date": (
        CELL,
        _("reads “%(found)s”, which is no date. Write it like 2024-03-05, or leave it empty."),
    ),
    "odd_date": (CELL, _("reads “%(found)s”, which is %(read)s. Is the year right?")),
    "two_orders": (
        CELL,
        _("reads “%(found)s”; other lines put day and month the other way round. Write it like 2024-03-05."),
    ),
    "bad_zone": (
        CELL,
        _("reads “%(found)s”, which is no time zone. Write it like Europe/Berlin, or leave it empty."),
    ),
    "bad_manager": (
        CELL,
        _("reads “%(found)s”, which is nobody’s address. Write the manager’s, or leave it empty."),
    ),
    "no_such_manager": (
        CELL,
        _("%(found)s is neither in this list nor here. Add a line for them, or leave it empty."),
    ),
    "namesakes": (CELL, _("%(found)s is the name of several people. Write the manager’s mail address.")),
    "manager_left": (CELL, _("%(found)s has left. Write who manages this person now, or leave it empty.")),
    "circle": (
        CELL,
        _("These manage each other in a circle: %(found)s. Correct one of them, or leave one empty."),
    ),
    "own_manager": (NOTE, _("is the person’s own address; read as having no manager.")),
    "manager_left_out": (NOTE, _("%(found)s is left out, so this person comes without a manager.")),
    "same_again": (NOTE, _("says the same as line %(other)s; read once.")),
    "language_unknown": (NOTE, _("“%(found)s” is no language we know, and is left out.")),
    "topic_unknown": (
        NOTE,
        _("“%(found)s” is no topic here yet, and is left out. A topic of that name can be added."),
    ),
    "suspended": (NOTE, _("%(found)s is suspended and stays so.")),
    "back": (NOTE, _("%(found)s had left and is back; they need a new invitation.")),
}
CODES = frozenset(_SAID)


@dataclass(frozen=True)
class Remark:
    """`about` is the column's field, or empty where the whole line is meant; `values` fill the sentence."""

    line: int
    code: str
    about: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> str:
        """`row`: the person cannot come; `cell`: the cell cannot be used; `note`: worth knowing."""
        return _SAID[self.code][0]

    @property
    def text(self) -> str:
        said = str(_SAID[self.code][1]) % self.values
        return f"{FIELDS[self.about]}: {said}" if self.about else said


def blocking(remarks: Iterable[Remark]) -> int:
    """How many remarks keep a list from being brought in whole."""
    return sum(remark.weight != NOTE for remark in remarks)
