"""The matching engine: plain values in, scores and reasons out. No Django, nothing of ours.

Public is what stands in `__all__`; the modules behind it may change. `suggest` orders a few people for one
person's question. `assign` makes the proven best round of introductions, and `verify` checks its proof.
NumPy and SciPy are loaded when one of these is first asked for, so that no page waits for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from bothways.matching._assign import Assignment, assign
    from bothways.matching._certificate import Certificate, NotACertificate
    from bothways.matching._problem import BadProblem
    from bothways.matching._verify import Verification, verify

__all__ = [
    "MOST_SUGGESTED",
    "Assignment",
    "BadProblem",
    "Candidate",
    "Certificate",
    "Contribution",
    "NotACertificate",
    "Query",
    "Reason",
    "ReasonKind",
    "Sought",
    "SoughtAs",
    "Suggestion",
    "Verification",
    "assign",
    "score",
    "suggest",
    "verify",
]

_ENGINE = {
    "Assignment": "_assign",
    "BadProblem": "_problem",
    "Certificate": "_certificate",
    "NotACertificate": "_certificate",
    "Verification": "_verify",
    "assign": "_assign",
    "verify": "_verify",
}


def __getattr__(name: str) -> Any:
    if name not in _ENGINE:
        raise AttributeError(f"bothways.matching has no {name!r}.")
    return getattr(import_module(f"bothways.matching.{_ENGINE[name]}"), name)
