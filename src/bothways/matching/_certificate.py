"""A certificate: what was decided, and the prices that prove it; small, and readable by anybody."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bothways.matching._factored import Factored
from bothways.matching._listed import AnyProblem, Listed
from bothways.matching._problem import Ints, Objective

TOLD_AS = {"b": "u1", "i": "<i8", "u": "<u8", "f": "<f4"}  # the same bytes on every machine
FORMAT = "bothways-certificate-2"  # another, whenever `digest` would name the same problem otherwise


class NotACertificate(ValueError):
    """The text is none of ours, or is damaged. It says where."""


@dataclass(frozen=True)
class Bound:
    """Prices (m,) that prove what cannot be exceeded.

    `of` says what each pair is worth: its "score", its score and the bonus for one more ("served"), or
    "one". `floor`: pairs with a lower score do not count; None: all do.
    """

    of: str
    floor: int | None
    prices: Ints


@dataclass(frozen=True)
class Certificate:
    """An assignment and its proof. `digest` names the problem that it is about (SHA-256).

    `pairs` is (k, 2), seeker and giver, in order. `bounds` prove it: which ones depends on the objective.
    Raises `NotACertificate` where pairs or prices are no int64 arrays.
    """

    objective: Objective
    digest: str
    pairs: Ints
    total: int
    served: int
    bounds: tuple[Bound, ...]

    def __post_init__(self) -> None:
        for each in (self.pairs, *(bound.prices for bound in self.bounds)):
            kind = getattr(each, "dtype", type(each).__name__)
            if kind != np.int64:
                raise NotACertificate(f"Its pairs and prices must be int64 arrays, not {kind}.")

    def to_json(self) -> str:
        told: dict[str, Any] = {
            "format": FORMAT,
            "objective": self.objective,
            "problem": self.digest,
            "total": self.total,
            "served": self.served,
            "pairs": self.pairs.tolist(),
            "bounds": [{"of": b.of, "floor": b.floor, "prices": b.prices.tolist()} for b in self.bounds],
        }
        return json.dumps(told | {"seal": _seal(told)}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Raises `NotACertificate`."""
        try:
            told = json.loads(text)
            if told["format"] != FORMAT:
                raise NotACertificate(
                    f"This is of the kind {told['format']!r}; what can be checked here is {FORMAT}. "
                    f"Check it with the version that made it."
                )
            if told.pop("seal") != _seal(told):
                raise NotACertificate("This certificate was changed since it was written.")
            bounds = [Bound(b["of"], b["floor"], _whole(b["prices"])) for b in told["bounds"]]
            pairs = _whole(told["pairs"]).reshape(-1, 2)
            return cls(
                told["objective"], told["problem"], pairs, told["total"], told["served"], tuple(bounds)
            )
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as damaged:
            if isinstance(damaged, NotACertificate):
                raise
            where = f"it has no {damaged}" if isinstance(damaged, KeyError) else str(damaged)
            raise NotACertificate(f"This is no certificate, or it is damaged: {where}.") from damaged


def _whole(given: Any) -> Ints:
    """Numbers as they stand there: 1.9 and "1" are not 1."""
    found = np.array(given)
    if found.size and found.dtype != np.int64:
        raise TypeError(f"{found.dtype} where there should be whole numbers")
    return found.astype(np.int64)


def _seal(told: dict[str, Any]) -> str:
    """So that a change is noticed that would leave another true proof."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def digest(problem: AnyProblem) -> str:
    """Names a problem: its shape, scores of the pairs that may be made or factors, capacities and demands."""
    named = hashlib.sha256()
    for part in (np.array(problem.shape), *_told(problem)):
        named.update(np.ascontiguousarray(part, dtype=TOLD_AS[part.dtype.kind]).data)
    for counts in (problem.capacities, problem.demands):
        named.update(counts.astype("<i8").tobytes())
    return named.hexdigest()


def _told(problem: AnyProblem) -> Iterable[NDArray[Any]]:
    if isinstance(problem, Factored):
        return problem.factors.parts()
    if isinstance(problem, Listed):
        return problem.start, problem.givers, problem.scores
    if problem.allowed.all():
        return problem.allowed, problem.scores
    return problem.allowed, np.where(problem.allowed, problem.scores, 0)
