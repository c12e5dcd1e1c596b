"""Where what one hopes for and what the other brings share no word: a gentle prompt, never a verdict."""

from dataclasses import dataclass

from bothways.people.rules import words

NAMED = frozenset({"talk"})


@dataclass(frozen=True)
class Gap:
    """Somebody hopes for something that the other did not mention."""

    hopes_first: bool
    hopes: str
    brings: str


def gaps(*, first_hopes: str, second_brings: str, second_hopes: str, first_brings: str) -> list[Gap]:
    """Both directions. Too little text says nothing: no gap is shown for it."""
    found = []
    if _apart(first_hopes, second_brings):
        found.append(Gap(True, first_hopes, second_brings))
    if _apart(second_hopes, first_brings):
        found.append(Gap(False, second_hopes, first_brings))
    return found


def _apart(hopes: str, brings: str) -> bool:
    hoped, brought = meaning(hopes), meaning(brings)
    return bool(hoped and brought) and not hoped & brought


def meaning(text: str) -> frozenset[str]:
    """The stems that carry a text, everyday words left out; giving talks is not an everyday word here."""
    stem = words.english()
    stems = {stem(words.folded(word)) for word in words.written(text)}
    return frozenset(stem for stem in stems - (words.STOP_STEMS - NAMED) if len(stem) > 1)
