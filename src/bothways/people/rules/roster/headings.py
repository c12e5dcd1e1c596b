"""Which column is what: headings in many spellings and languages, and the columns that are left out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy as _

from bothways.people.rules.roster import tables

FIELDS = {
    "email": _("Email"),
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "called": _("Preferred name"),
    "pronouns": _("Pronouns"),
    "title": _("Job title"),
    "team": _("Team"),
    "manager": _("Manager’s email"),
    "place": _("Place"),
    "started_on": _("Start date"),
    "time_zone": _("Time zone"),
    "languages": _("Languages"),
    "offers": _("Ask me about"),
}
OURS = {
    "email": "Email",
    "name": "Name",
    "pronouns": "Pronouns",
    "title": "Job title",
    "team": "Team",
    "manager": "Manager's email",
    "place": "Place",
    "started_on": "Start date",
    "time_zone": "Time zone",
    "languages": "Languages",
    "offers": "Ask me about",
}
WHY_LEFT_OUT = {
    "sensitive": _("sensitive: it says what somebody is, and nobody keeps that here"),
    "private": _("private, and not needed here"),
    "level": _("nobody is ranked by level here"),
    "both": _("everybody may help and be helped here; nobody is only one of the two"),
    "own_words": _("people write about themselves here, in their own words"),
    "twice": _("another column says the same"),
    "unnamed": _("the column has no name"),
    "unknown": _("there is no place for it here"),
}
MAY_BE_CHOSEN = frozenset({"unknown", "unnamed", "twice", "level"})

LONGEST = 120  # letters of a heading

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])")
_ASIDE = re.compile(r"(?:[\[(][^\[(]*[\])]|[*:\s])+$")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_WORDS = re.compile(r"[^\W_]+|\+")


@dataclass(frozen=True)
class Column:
    """One column. Either `field` says what it is, or `left_out` (a key above) why it is not used."""

    place: int
    heading: str
    field: str = ""
    left_out: str = ""

    @property
    def dropped(self) -> bool:
        """Its cells are thrown away before anything is kept."""
        return bool(self.left_out) and self.left_out not in MAY_BE_CHOSEN

    @property
    def label(self) -> str:
        return str(FIELDS[self.field]) if self.field else ""

    @property
    def why(self) -> str:
        return str(WHY_LEFT_OUT[self.left_out]) if self.left_out else ""


def propose(names: Sequence[str]) -> list[Column]:
    """What each column seems to be. Of several for one field the most exact spelling wins, then the first."""
    best: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        for field, rank in _meanings(name):
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    _family_names(names, best)
    taken = {place: field for field, (_rank, place) in best.items()}
    return [_column(place, name, taken) for place, name in enumerate(names)]


def missing(fields: Iterable[str]) -> list[str]:
    """What a list cannot do without and does not have, as the names of fields."""
    has = set(fields)
    lacking = [] if "email" in has else ["email"]
    if not has & {"name", "first_name", "last_name", "called"}:
        lacking.append("name")
    return lacking


def chosen(columns: Sequence[Column], fields: Mapping[int, str]) -> list[Column]:
    """The columns as somebody has set them by hand; what was dropped stays so."""
    return [
        column
        if column.dropped
        else Column(column.place, column.heading, fields[column.place])
        if fields.get(column.place)
        else Column(column.place, column.heading, left_out=_unused(column))
        for column in columns
    ]


def are_ours(names: Sequence[str]) -> bool:
    """Whether this is Bothways' own export, which needs no guessing."""
    return [name.strip() for name in names] == list(OURS.values())


def known_columns(names: Sequence[str]) -> int:
    """How many of these cells are headings that we know, left-out ones too."""
    return sum(bool(_meanings(name)) or _reason(name) not in {"unknown", "unnamed"} for name in names[:400])


def names_columns(names: Sequence[str]) -> bool:
    """Whether this line seems to be the one that names the columns."""
    return bool({field for name in names[:400] for field, _rank in _meanings(name)} & {"email"})


def plain(heading: str) -> list[str]:
    """The words of a heading without case, accents, asides and apostrophes: `firstName*` is first, name."""
    heading = heading.strip("\ufeff \t\r\n\xa0")[:LONGEST]
    bare = _ASIDE.sub("", heading) or heading
    apart = unicodedata.normalize("NFKD", _CAMEL.sub(" ", _APOSTROPHES.sub("", bare))).casefold()
    return _WORDS.findall("".join(letter for letter in apart if not unicodedata.combining(letter)))


def _column(place: int, name: str, taken: Mapping[int, str]) -> Column:
    heading = " ".join(name.split())[:LONGEST]
    if place in taken:
        return Column(place, heading, taken[place])
    return Column(place, heading, left_out="twice" if _meanings(name) else _reason(name))


def _unused(column: Column) -> str:
    return column.left_out or "unknown"


def _family_names(names: Sequence[str], best: dict[str, tuple[int, int]]) -> None:
    """Beside a first name and no last name, a plain "name" (Nom, Name) is the last name."""
    if "first_name" in best and "last_name" not in best and "name" in best:
        words = plain(names[best["name"][1]])
        if len(words) == 1 and "full" not in words[0]:
            best["last_name"] = best.pop("name")


def _meanings(heading: str) -> list[tuple[str, int]]:
    return _spellings().get("".join(plain(heading)), [])


def _reason(heading: str) -> str:
    words = plain(heading)
    if not words:
        return "unnamed"
    said = f" {' '.join(words)} "
    return next((why for why, signs in _signs().items() if any(sign in said for sign in signs)), "unknown")


@cache
def _spellings() -> dict[str, list[tuple[str, int]]]:
    """The fields that a heading may mean, with how exact it is: rows further up in the table count more."""
    found: dict[str, list[tuple[str, int]]] = {}
    for rank, (field, spellings) in enumerate(tables.rows("headings.csv")):
        for spelling in spellings.split("|"):
            meant = found.setdefault("".join(plain(spelling)), [])
            if field not in {field for field, _rank in meant}:
                meant.append((field, rank))
    return {spelling: meant[:1] for spelling, meant in found.items() if spelling}


@cache
def _signs() -> dict[str, list[str]]:
    return {
        why: [f" {' '.join(plain(sign))} " for sign in signs.split("|")]
        for why, signs in tables.rows("left_out.csv")
    }
