"""The matching engine: plain values in, scores and reasons out. No Django, nothing of ours.

Public is what stands in `__all__`; the modules behind it may change. `suggest` orders a few people for one
person's question. The engine for whole rounds will stand beside it.
"""

from bothways.matching._suggestions import (
    MOST_SUGGESTED,
    Candidate,
    Contribution,
    Query,
    Reason,
    ReasonKind,
    Sought,
    SoughtAs,
    Suggestion,
    score,
    suggest,
)

__all__ = [
    "MOST_SUGGESTED",
    "Candidate",
    "Contribution",
    "Query",
    "Reason",
    "ReasonKind",
    "Sought",
    "SoughtAs",
    "Suggestion",
    "score",
    "suggest",
]
