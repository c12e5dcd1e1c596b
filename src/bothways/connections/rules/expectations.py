"""Where what one hopes for and what the other brings share no word: a gentle prompt, never a verdict."""

from bothways.people.rules import words

NAMED = frozenset({"talk"})


def gaps(*, first_hopes: str, second_brings: str, second_hopes: str, first_brings: str) -> list[str]:
    """The hopes that the other's words do not take up, in both directions; whose they are is not said.

    Too little text says nothing: no gap is shown for it.
    """
    both = ((first_hopes, second_brings), (second_hopes, first_brings))
    return [hopes for hopes, brings in both if _apart(hopes, brings)]


def _apart(hopes: str, brings: str) -> bool:
    hoped, brought = meaning(hopes), meaning(brings)
    return bool(hoped and brought) and not hoped & brought


def meaning(text: str) -> frozenset[str]:
    """The stems that carry a text, everyday words left out; giving talks is not an everyday word here."""
    stem = words.english()
    stems = {stem(words.folded(word)) for word in words.written(text)}
    return frozenset(stem for stem in stems - (words.STOP_STEMS - NAMED) if len(stem) > 1)
