"""A long, honest story as the clauses it is told in, so that each may speak for what it is about."""

import re

LONGEST = 80  # letters that are read at once, as most questions are
SHORTEST = 3
MOST = 60

_STOP = re.compile(r"[.!?;:…]+(?=\s|$)|\s[-–—]+\s|[\r\n]+")  # "Node.js" and "3.5" stay whole
_PAUSE = re.compile(r"\s*[,()]\s+|\s+(?=(?:and|but|because|so|then|while|when|although)\s)", re.IGNORECASE)


def clauses(text: str) -> list[str]:
    """Its sentences; long ones at the pauses within. What is too short stays with what came before."""
    told: list[str] = []
    for sentence in _STOP.split(text):
        parts = _PAUSE.split(sentence) if len(sentence) > LONGEST else [sentence]
        begins = True
        for part in parts:
            if not begins and len(part.split()) < SHORTEST:
                told[-1] = f"{told[-1]} {part}"
            elif part.strip():
                told.append(part)
                begins = False
    return told[:MOST] or [text]
