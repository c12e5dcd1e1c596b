"""Points and rules for whole blocks of pairs at once: rows are seekers, columns givers.

Counts of what two people share are products of tables of noughts and ones, exact in float32 below 2^24.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bothways.matching._people import Participant, Rule, RuleKind, Weights
from bothways.matching._problem import Bools, Ints

Floats = NDArray[np.float32]
UNKNOWN = -1


@dataclass(frozen=True)
class Sets:
    """What seekers have against what givers have: (n, t) and (m, t), of noughts and ones.

    `some_*` says who named anything at all, also what nobody on the other side has.
    """

    seekers: Floats
    givers: Floats
    some_seekers: Bools
    some_givers: Bools

    def shared(self, rows: slice) -> Floats:
        return self.seekers[rows] @ self.givers.T

    def nothing_shared(self, rows: slice) -> Bools:
        both = self.some_seekers[rows, None] & self.some_givers
        nothing: Bools = both & (self.shared(rows) == 0)
        return nothing


@dataclass(frozen=True)
class Codes:
    """A text of each as a number, the same for the same text; `UNKNOWN` for none."""

    seekers: Ints
    givers: Ints

    def known(self, rows: slice) -> Bools:
        both: Bools = (self.seekers[rows, None] != UNKNOWN) & (self.givers != UNKNOWN)
        return both

    def same(self, rows: slice) -> Bools:
        alike: Bools = self.known(rows) & (self.seekers[rows, None] == self.givers)
        return alike

    def differ(self, rows: slice) -> Bools:
        apart: Bools = self.known(rows) & (self.seekers[rows, None] != self.givers)
        return apart


class Blocks:
    """Two lists of people as arrays, made once; each method answers for a slice of the seekers."""

    def __init__(
        self, seekers: Sequence[Participant], givers: Sequence[Participant], names: Iterable[str]
    ) -> None:
        self.n, self.m = len(seekers), len(givers)
        self.asked = _sets([one.wants for one in seekers], [one.offers for one in givers])
        self.back = _sets([one.offers for one in seekers], [one.wants for one in givers])
        self.languages = _sets([one.languages for one in seekers], [one.languages for one in givers])
        self.hours = _sets([one.hours for one in seekers], [one.hours for one in givers])
        self.team = _codes([one.team for one in seekers], [one.team for one in givers])
        self.organisation = _codes(
            [one.organisation for one in seekers], [one.organisation for one in givers]
        )
        self.fields = {
            name: (
                [one.fields.get(name, "") for one in seekers],
                [one.fields.get(name, "") for one in givers],
            )
            for name in names
        }
        self.codes = {name: _codes(*texts) for name, texts in self.fields.items()}
        self.named = _Named(seekers, givers)

    def points(self, weights: Weights, rows: slice) -> Ints:
        """Scores of the rows, int64 (rows, m)."""
        topics, hours = weights.most_topics, weights.most_hours
        sums = _whole(self.asked, rows, topics) * weights.shared_topic
        sums += _whole(self.back, rows, topics) * weights.both_give
        sums += _whole(self.hours, rows, hours) * weights.hour_in_common
        sums += self.team.differ(rows) * weights.different_team
        sums += self.organisation.differ(rows) * weights.different_organisation
        for name, points in weights.same.items():
            sums += self.codes[name].same(rows) * points
        return sums

    def excluded(self, rule: Rule, rows: slice) -> Bools:
        """True where the rule keeps the two apart, (rows, m)."""
        sets = {
            RuleKind.NO_SHARED_LANGUAGE: self.languages,
            RuleKind.NO_HOUR_IN_COMMON: self.hours,
            RuleKind.NO_SHARED_TOPIC: self.asked,
        }.get(rule.kind)
        if sets is not None:
            return sets.nothing_shared(rows)
        if rule.kind is RuleKind.SAME_ORGANISATION:
            return self.organisation.same(rows)
        if rule.kind is RuleKind.OTHER_ORGANISATION:
            return self.organisation.differ(rows)
        if rule.kind is RuleKind.ABOVE:
            return self._not_above(rule, rows)
        return self.named.mask(rule.kind, rows)

    def _not_above(self, rule: Rule, rows: slice) -> Bools:
        places = {step: place for place, step in enumerate(rule.order)}
        ranks = [
            np.array([places.get(said, UNKNOWN) for said in texts], dtype=np.int64)
            for texts in self.fields[rule.field]
        ]
        steps = ranks[1] - ranks[0][rows, None]
        outside = (steps < rule.least) | (steps > rule.most)
        return outside & Codes(*ranks).known(rows)


class _Named:
    """Rules that name people: pairs of numbers, from either's list of keys."""

    def __init__(self, seekers: Sequence[Participant], givers: Sequence[Participant]) -> None:
        self.m = len(givers)
        self.size = len(seekers)
        self.pairs = {
            RuleKind.THEMSELVES: _pairs([{one.key} for one in seekers], [()] * self.m, seekers, givers),
            RuleKind.ASKED_NOT: _pairs(_of(seekers, "never"), _of(givers, "never"), seekers, givers),
            RuleKind.REPORTING_LINE: _pairs(_of(seekers, "line"), _of(givers, "line"), seekers, givers),
            RuleKind.PAIRED_BEFORE: _pairs(_of(seekers, "before"), _of(givers, "before"), seekers, givers),
        }

    def mask(self, kind: RuleKind, rows: slice) -> Bools:
        start, stop, _step = rows.indices(self.size)
        made: Bools = np.zeros((stop - start, self.m), dtype=np.bool_)
        pairs = self.pairs[kind]
        here = pairs[(pairs[:, 0] >= start) & (pairs[:, 0] < stop)]
        made[here[:, 0] - start, here[:, 1]] = True
        return made


def _of(people: Sequence[Participant], name: str) -> list[Iterable[str]]:
    return [getattr(one, name) for one in people]


def _pairs(
    named_by_seekers: Sequence[Iterable[str]],
    named_by_givers: Sequence[Iterable[str]],
    seekers: Sequence[Participant],
    givers: Sequence[Participant],
) -> Ints:
    """(k, 2): seeker and giver where one of them names the other."""
    seeker_of = {one.key: place for place, one in enumerate(seekers)}
    giver_of = {one.key: place for place, one in enumerate(givers)}
    found = [
        (place, giver_of[key])
        for place, keys in enumerate(named_by_seekers)
        for key in keys
        if key in giver_of
    ]
    found += [
        (seeker_of[key], place)
        for place, keys in enumerate(named_by_givers)
        for key in keys
        if key in seeker_of
    ]
    return np.array(found, dtype=np.int64).reshape(len(found), 2)


def _sets(
    seekers: Sequence[frozenset[str] | frozenset[int]], givers: Sequence[frozenset[str] | frozenset[int]]
) -> Sets:
    """Only what both sides have among them gets a column: nothing else can be shared."""
    both = {each for one in seekers for each in one} & {each for one in givers for each in one}
    column = {each: place for place, each in enumerate(both)}
    return Sets(
        _table(seekers, column),
        _table(givers, column),
        np.fromiter(map(bool, seekers), np.bool_),
        np.fromiter(map(bool, givers), np.bool_),
    )


def _table(people: Sequence[Iterable[str | int]], column: Mapping[str | int, int]) -> Floats:
    made: Floats = np.zeros((len(people), len(column)), dtype=np.float32)
    for place, one in enumerate(people):
        made[place, [column[each] for each in one if each in column]] = 1
    return made


def _codes(seekers: Sequence[str], givers: Sequence[str]) -> Codes:
    number = {text: place for place, text in enumerate(sorted({*seekers, *givers} - {""}))}
    return Codes(
        np.array([number.get(text, UNKNOWN) for text in seekers], dtype=np.int64),
        np.array([number.get(text, UNKNOWN) for text in givers], dtype=np.int64),
    )


def _whole(sets: Sets, rows: slice, most: int) -> Ints:
    return np.minimum(sets.shared(rows), most).astype(np.int64)
