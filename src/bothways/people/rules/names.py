"""What to call somebody on a button, where their whole name would take two lines."""

import unicodedata

_BEFORE_A_NAME = {"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "lord", "lady", "rev"}
_FAMILY_FIRST = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")


def first_name(name: str) -> str:
    """Noor van Dijk is Noor. In doubt (a title, an initial, "Dijk, Noor", 王 小明) it is the whole name."""
    first, _, rest = name.strip().partition(" ")
    bare = first.casefold()
    in_doubt = len(first) < 2 or first.endswith((".", ",")) or bare in _BEFORE_A_NAME or _family_first(first)
    return name.strip() if in_doubt or not rest else first


def _family_first(word: str) -> bool:
    return any(unicodedata.name(sign, "").startswith(_FAMILY_FIRST) for sign in word)
