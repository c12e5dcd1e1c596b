"""Names and other single lines as they are safe to show beside other words."""

import unicodedata

# Marks that turn the direction of what follows: a name that ends with one turns its neighbours around.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_UNSEEN = TURNING | {"\ufeff", "\u00ad"}


def plain(text: str) -> str:
    """One line in normal form, without control, direction and unseen marks, blanks run together."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    normal = unicodedata.normalize("NFC", text)
    kept = (" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in normal)
    return " ".join("".join(sign for sign in kept if sign not in _UNSEEN).split())
