"""Sentences that are better told to one person than matched: somebody is hurt, threatened or alone.

A list in the manner of the topics' other names, read with the same stems. `GRAVE` comes before whoever was
found, `HEAVY` where nobody was. Nothing of this is kept or counted.
"""

from collections.abc import Iterable
from enum import StrEnum

from bothways.people.rules import words as language


class Distress(StrEnum):
    NONE = ""
    HEAVY = "heavy"
    GRAVE = "grave"


_GRAVE = (
    "suicide|suicidal|kill myself|killing myself|end my life|end it all|take my own life|want to die|"
    "hurt myself|hurting myself|harm myself|self-harm|no reason to live|better off dead|"
    "bully|bullied|bullies|bullying|mobbed|mobbing|harass|harassed|harasses|harassment|"
    "humiliates me|humiliated|groped|groping|touches me|touching me|assaulted|raped|rape|stalked|stalking me|"
    "abused|abuses me|abusive|threatens me|threatened me|being threatened|blackmailed|"
    "domestic violence|discriminated against|racially abused"
)
_HEAVY = (
    "lonely|loneliness|so alone|all alone|afraid|scared|frightened|terrified|burnt out|burned out|burnout|"
    "breakdown|depressed|depression|hopeless|desperate|despair|panic attack|panic attacks|"
    "cannot cope|can't cope|cannot go on|can't go on|cannot take it any more|can't take it any more|"
    "crying|cry every|in tears|nobody likes me|everybody hates me|hate myself|excluded|isolated|picked on|"
    "shouts at me|shouted at|screams at me|mistreated|intimidated|victimised|traumatised|grieving|miserable"
)


def _stems(text: str) -> tuple[str, ...]:
    stem = language.english()
    return tuple(stem(language.folded(word)) for word in language.written(text))


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_stems(phrase) for phrase in listed.split("|"))


_LISTED = {Distress.GRAVE: _phrases(_GRAVE), Distress.HEAVY: _phrases(_HEAVY)}
_LONGEST = max(len(phrase) for phrases in _LISTED.values() for phrase in phrases)


def heard(sentence: str) -> Distress:
    """The gravest that a sentence speaks of."""
    spoken = set(_runs(_stems(sentence)))
    return next((grade for grade, phrases in _LISTED.items() if spoken & phrases), Distress.NONE)


def _runs(stems: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """All that stands together, up to the longest phrase."""
    return (stems[at : at + long] for at in range(len(stems)) for long in range(1, _LONGEST + 1))
