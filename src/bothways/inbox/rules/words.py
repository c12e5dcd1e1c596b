"""People's names and sentences as they may stand in a mail: one line, of bounded length, harmless."""

import unicodedata

from bothways.core import lines

_ISOLATE, _END = "\u2068", "\u2069"


def one_line(text: str, most: int = 120) -> str:
    """Without control and direction characters, blanks run together, cut at a word where it is too long."""
    line = lines.plain(text)
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0][: most - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Words that run from right to left kept from turning the sentence around them."""
    turns = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)
    return f"{_ISOLATE}{text}{_END}" if turns else text


def address_name(text: str) -> str:
    """A name as it may stand in a header."""
    return one_line(text, most=78)
