"""The matching engine: plain values in, scores and reasons out. No Django, nothing of ours.

Public is what stands in `__all__`; the modules behind it may change. There are four ways in:

- arrays: `assign` makes the proven best round of introductions, `lists` rounds after rounds, `verify` checks
  a proof; scores are a table, a SciPy sparse array, or `Factors`, of which as many may be as memory holds;
- people: a `Market` makes scores and rules out of `Participant`s, and has `assign` and `verify` of its own;
  `explain`, `why_not` and `why_unserved` say why;
- plain values, for whoever loads no arrays: `rehearse` makes a whole round out of a `Draft`, `why_apart` says
  why two are not in it, `show` makes lists of whom to show to whom; what they say is `Told...`;
- one question: `suggest` orders a few `Candidate`s for it.

What is refused is a `BadProblem`: its class says of which kind it is, its text what to do about it.
NumPy and SciPy are loaded when what needs them is first asked for, so that no page waits for them.

>>> from bothways.matching import Market, Participant, explain, why_unserved
>>> ada = Participant(key="ada", wants=frozenset({"welding"}), team="docks")
>>> bo = Participant(key="bo", wants=frozenset({"budgets", "welding"}), team="docks")
>>> eli = Participant(key="eli", offers=frozenset({"budgets", "welding"}), team="office")
>>> market = Market(seekers=(ada, bo), givers=(eli,))
>>> made = market.assign()
>>> made.pairs.tolist(), made.unserved.tolist()
([[1, 0]], [0])
>>> [(str(part.kind), part.what, part.points) for part in explain(market, 1, 0)]
[('shared topic', 'budgets', 100), ('shared topic', 'welding', 100), ('different team', '', 20)]
>>> [str(change.kind) for change in why_unserved(market, made, 0).changes]
['one more place']
>>> market.verify(made.certificate).ok
True
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
    from bothways.matching._bad import (
        BadProblem,
        Negative,
        NotWhole,
        OutOfRange,
        TooLarge,
        UnknownObjective,
        WrongShape,
    )
    from bothways.matching._certificate import Certificate, NotACertificate
    from bothways.matching._draft import (
        Draft,
        ToldChange,
        ToldLists,
        ToldPair,
        ToldPart,
        ToldRound,
        ToldRule,
        ToldUnserved,
        ToldWhyNot,
    )
    from bothways.matching._factors import Factors
    from bothways.matching._lists import Lists, lists
    from bothways.matching._market import Market
    from bothways.matching._people import (
        DEFAULT_RULES,
        BadMarket,
        NotUnserved,
        Participant,
        Rule,
        RuleKind,
        Weights,
        above,
    )
    from bothways.matching._reasons import Held, Part, PartKind, WhyNot, explain, why_not
    from bothways.matching._rehearse import rehearse, why_apart
    from bothways.matching._show import show
    from bothways.matching._unserved import (
        Binding,
        Change,
        ChangeKind,
        Excluding,
        Unserved,
        all_unserved,
        why_unserved,
    )
    from bothways.matching._verify import Verification, verify

__all__ = [
    "DEFAULT_RULES",
    "MOST_SUGGESTED",
    "Assignment",
    "BadMarket",
    "BadProblem",
    "Binding",
    "Candidate",
    "Certificate",
    "Change",
    "ChangeKind",
    "Contribution",
    "Draft",
    "Excluding",
    "Factors",
    "Held",
    "Lists",
    "Market",
    "Negative",
    "NotACertificate",
    "NotUnserved",
    "NotWhole",
    "OutOfRange",
    "Part",
    "PartKind",
    "Participant",
    "Query",
    "Reason",
    "ReasonKind",
    "Rule",
    "RuleKind",
    "Sought",
    "SoughtAs",
    "Suggestion",
    "ToldChange",
    "ToldLists",
    "ToldPair",
    "ToldPart",
    "ToldRound",
    "ToldRule",
    "ToldUnserved",
    "ToldWhyNot",
    "TooLarge",
    "UnknownObjective",
    "Unserved",
    "Verification",
    "Weights",
    "WhyNot",
    "WrongShape",
    "above",
    "all_unserved",
    "assign",
    "explain",
    "lists",
    "rehearse",
    "score",
    "show",
    "suggest",
    "verify",
    "why_apart",
    "why_not",
    "why_unserved",
]

_ENGINE = {
    "DEFAULT_RULES": "_people",
    "Assignment": "_assign",
    "BadMarket": "_people",
    "BadProblem": "_bad",
    "Binding": "_unserved",
    "Certificate": "_certificate",
    "Change": "_unserved",
    "ChangeKind": "_unserved",
    "Draft": "_draft",
    "Excluding": "_unserved",
    "Factors": "_factors",
    "Held": "_reasons",
    "Lists": "_lists",
    "Market": "_market",
    "Negative": "_bad",
    "NotACertificate": "_certificate",
    "NotUnserved": "_people",
    "NotWhole": "_bad",
    "OutOfRange": "_bad",
    "Part": "_reasons",
    "PartKind": "_reasons",
    "Participant": "_people",
    "Rule": "_people",
    "RuleKind": "_people",
    "ToldChange": "_draft",
    "ToldLists": "_draft",
    "ToldPair": "_draft",
    "ToldPart": "_draft",
    "ToldRound": "_draft",
    "ToldRule": "_draft",
    "ToldUnserved": "_draft",
    "ToldWhyNot": "_draft",
    "TooLarge": "_bad",
    "UnknownObjective": "_bad",
    "Unserved": "_unserved",
    "Verification": "_verify",
    "Weights": "_people",
    "WhyNot": "_reasons",
    "WrongShape": "_bad",
    "above": "_people",
    "all_unserved": "_unserved",
    "assign": "_assign",
    "explain": "_reasons",
    "lists": "_lists",
    "rehearse": "_rehearse",
    "show": "_show",
    "verify": "_verify",
    "why_apart": "_rehearse",
    "why_not": "_reasons",
    "why_unserved": "_unserved",
}


def __getattr__(name: str) -> Any:
    if name not in _ENGINE:
        raise AttributeError(f"bothways.matching has no {name!r}.")
    return getattr(import_module(f"bothways.matching.{_ENGINE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})  # so that `help` shows what is not loaded yet too
