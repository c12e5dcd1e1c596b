"""Bytes to text: UTF-8, UTF-16 or Windows-1252, with or without a mark at the beginning."""

import codecs
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bothways.people.rules.roster.refusals import Unreadable

LARGEST = 50 * 1024 * 1024
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1252")

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format",
)
_HEAD = 65_536
_FEWEST_NOUGHTS = 4
_STRUCTURE = set(",;\t|\r\n")
_PLAIN_CONTROLS = {9, 10, 12, 13, 26, 27}


@dataclass(frozen=True)
class Decoded:
    """`guessed`: nothing in the file says that it is written so; somebody should look at the accents."""

    text: str
    encoding: str
    guessed: bool = False


def decode(content: bytes, encoding: str = "") -> Decoded:
    """The text of a file, in the encoding given or found. Raises `Unreadable`."""
    _refuse_what_is_no_text(content)
    mark, marked = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", ""))
    chosen = marked or encoding or _wide(content)
    if chosen:
        return Decoded(_strictly(content[len(mark) :], chosen), chosen)
    if _is_binary(content[:_HEAD]):
        raise Unreadable(
            _("This is not a list of people in text. Save the list as CSV and choose that file.")
        )
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _mended_or_western(content)


def _refuse_what_is_no_text(content: bytes) -> None:
    if len(content) > LARGEST:
        raise Unreadable(
            _("The file is larger than %(most)s MB. Leave out columns that are not needed, or cut it in two.")
            % {"most": LARGEST // 2**20}
        )
    if content.startswith(_WORKBOOKS):
        raise Unreadable(
            _("This is a workbook, not CSV. Open it, save it as “CSV UTF-8”, and choose that file.")
        )
    if content.startswith(_OTHERS):
        raise Unreadable(
            _("This is not a list of people in text. Save the list as CSV and choose that file.")
        )
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("The file is empty. Save the list as CSV again and choose that file."))


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of plain letters, commas and line ends is nought."""
    head = content[: _HEAD // 2 * 2]
    first, second = head[0::2].count(0), head[1::2].count(0)
    most, least = max(first, second), min(first, second)
    if most < max(_FEWEST_NOUGHTS, len(head) * 0.025) or least > most / 4:
        return ""
    encoding = "utf-16-be" if first > second else "utf-16-le"
    return encoding if set(head.decode(encoding, "replace")) & _STRUCTURE else ""


def _strictly(content: bytes, encoding: str) -> str:
    """Lone surrogates are let through: the line that holds one is reported, not the file refused."""
    if encoding == "windows-1252":
        return content.decode("windows-1252", "replace")
    try:
        return content.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as problem:
        if encoding == "utf-8" and problem.start < len(content) - 4:
            return content.decode("utf-8", "surrogateescape")
        raise Unreadable(
            _("The file stops in the middle of a letter: it was cut off. Save or copy it again.")
        ) from None


def _is_binary(head: bytes) -> bool:
    controls = sum(head.count(code) for code in range(32) if code not in _PLAIN_CONTROLS)
    return controls > len(head) * 0.05


def _mended_or_western(content: bytes) -> Decoded:
    """Neither pure UTF-8 nor wide: UTF-8 with a few broken letters, or Windows-1252."""
    escaped = content.decode("utf-8", "surrogateescape")
    broken = sum("\ud800" <= letter <= "\udfff" for letter in escaped)
    right = sum(letter > "\x7f" for letter in escaped) - broken
    if right > broken:
        return Decoded(escaped, "utf-8")
    return Decoded(content.decode("windows-1252", "replace"), "windows-1252", guessed=True)
