"""Single cells: letters put in order, addresses, time zones, languages, lists."""

import re
from functools import cache
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from bothways.core import lines

LIMITS = {"email": 254, "name": 120, "pronouns": 40, "title": 120, "team": 120, "place": 120, "time_zone": 64}
LONGEST_LIST = 2000
LONGEST_NAMED = 120  # letters of a language: what stands in brackets takes as long as their number squared
NAMED_IN = ("de", "fr", "pt", "es")  # by these too people call languages: Englisch, anglais, inglês

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_WRAPPED = re.compile(r"^[^<>]*<\s*([^<>\s]+)\s*>$")
_LETTER = re.compile(r"[^\W\d_]")
_ASIDE = re.compile(r"\s*[(\[].*?[)\]]")
_TAG = re.compile(r"^([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$")
_NOUGHT = {"", "-", "–", "—", "n/a", "na", "none", "null", "nil", "#n/a", "unknown", "tbc", "tbd"}


def broken(text: str) -> bool:
    """Whether it holds letters that no database keeps: control characters, halves of letters."""
    return _CONTROL.search(text) is not None


def said(text: str) -> str:
    """The line, or nothing where the cell only says that there is nothing."""
    line = lines.plain(text)
    return "" if line.casefold() in _NOUGHT else line


def email(text: str) -> str:
    """The address in small letters; `ValueError` where there is none."""
    line = lines.plain(text)
    if found := _WRAPPED.match(line):
        line = found[1]
    address = line.removeprefix("mailto:").strip("<>;,. '\"").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(text) from None
    if len(address) > LIMITS["email"]:
        raise ValueError(text)
    return address


def is_name(line: str) -> bool:
    """Whether there is a letter of some script (or a figure) in it, and no address."""
    return bool(_LETTER.search(line) or any(letter.isalnum() for letter in line)) and "@" not in line


def turned(name: str) -> str:
    """Lovelace, Ada is Ada Lovelace."""
    last, _comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip()


def time_zone(line: str) -> str:
    """The zone's IANA name; `ValueError` where none is meant."""
    key = line.casefold().replace(" ", "_")
    zones = _zones()
    found = zones.get(key) or zones.get(key.split(",")[0].split("(")[0].strip("_"))
    if found is None:
        raise ValueError(line)
    return found


def languages(line: str) -> tuple[list[str], list[str]]:
    """The codes of the languages, and what was not understood."""
    codes, unknown = [], []
    for part in parts(line, " and ", "/"):
        code = _language(part)
        if code is None:
            unknown.append(part)
        elif code not in codes:
            codes.append(code)
    return codes, unknown


def parts(line: str, *more: str) -> list[str]:
    """A list out of one cell: semicolons, bars and line ends where there are any, else commas."""
    strong = [mark for mark in (";", "|", "\n") if mark in line]
    pieces = [line]
    for mark in strong or (",", *more):
        pieces = [piece for whole in pieces for piece in whole.split(mark)]
    return list(dict.fromkeys(piece for piece in map(lines.plain, pieces) if piece))


def _language(part: str) -> str | None:
    plain = _ASIDE.sub("", part[:LONGEST_NAMED]).strip().casefold()
    known = _languages()
    if plain in known:
        return known[plain]
    tag = _TAG.match(plain)
    if tag is None:
        return None
    return known.get(plain.replace("_", "-")) or known.get(tag[1]) or (tag[1] if len(tag[1]) == 2 else None)


@cache
def _languages() -> dict[str, str]:
    """Codes, own names and those in `NAMED_IN`, all in small letters, of every language that Django knows."""
    found: dict[str, str] = {}
    for code, about in LANG_INFO.items():
        if "fallback" in about:
            continue
        for name in (code, about["name"], about["name_local"]):
            found.setdefault(name.casefold(), code)
    for tongue in NAMED_IN:
        with translation.override(tongue):
            for code in sorted(set(found.values())):
                found.setdefault(translation.gettext(LANG_INFO[code]["name"]).casefold(), code)
    return found


@cache
def _zones() -> dict[str, str]:
    """Zones by their names and, where it is one place alone, by their city's; in small letters."""
    found = {name.casefold(): name for name in sorted(available_timezones())}
    cities: dict[str, set[str]] = {}
    for name in found.values():
        area, _slash, city = name.rpartition("/")
        if area and not area.startswith(("Etc", "posix", "right", "US")):
            cities.setdefault(city.casefold(), set()).add(name)
    for city, names in cities.items():
        if len(names) == 1:
            found.setdefault(city, next(iter(names)))
    return found
