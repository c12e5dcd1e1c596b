"""What people said, as arrays: what counts for a pair, and what keeps two apart, in the terms of `Factors`.

What nobody on the other side said can never be shared, and has no place in an array.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

import numpy as np

from bothways.matching._added import Alike, Counted
from bothways.matching._barrier import Barrier
from bothways.matching._people import Participant, Rule, RuleKind, Weights
from bothways.matching._problem import NONE, Ints
from bothways.matching._words import BITS, Words

Read = TypeVar("Read")
Things = frozenset[str] | frozenset[int]
Bits = tuple[Words, Words]  # of seekers (n, w) and of givers (m, w)
Places = Sequence[int]  # of bits

SETS = {
    RuleKind.NO_SHARED_LANGUAGE: ("languages", "languages"),
    RuleKind.NO_HOUR_IN_COMMON: ("hours", "hours"),
    RuleKind.NO_SHARED_TOPIC: ("wants", "offers"),
}
NAMES = {RuleKind.ASKED_NOT: "never", RuleKind.REPORTING_LINE: "line", RuleKind.PAIRED_BEFORE: "before"}


class Said:
    """What n seekers and m givers said."""

    def __init__(self, seekers: Sequence[Participant], givers: Sequence[Participant]) -> None:
        self.sides = seekers, givers
        self._barriers: dict[Rule, Barrier] = {}

    def counted(self, weights: Weights) -> Counted:
        topics, hours = weights.most_topics, weights.most_hours
        return (
            (*self._shared("wants", "offers"), topics, weights.shared_topic),
            (*self._shared("offers", "wants"), topics, weights.both_give),
            (*self._shared("hours", "hours"), hours, weights.hour_in_common),
        )

    def alike(self, weights: Weights) -> Alike:
        return (
            (*self._numbers(lambda one: one.team), 0, weights.different_team),
            (*self._numbers(lambda one: one.organisation), 0, weights.different_organisation),
            *((*self._numbers(_said_in(name)), points, 0) for name, points in weights.same.items()),
        )

    def barrier(self, rule: Rule) -> Barrier:
        """Made once; empty for what nobody said: what is settled by hand, or comes of the round itself."""
        if rule not in self._barriers:
            self._barriers[rule] = self._barrier(rule)
        return self._barriers[rule]

    def _barrier(self, rule: Rule) -> Barrier:
        kind, empty = rule.kind, Barrier((len(self.sides[0]), len(self.sides[1])))
        if kind in NAMES:
            return empty.further(self._named(attrgetter(NAMES[kind])))
        if kind is RuleKind.THEMSELVES:
            return empty.further(self._named(lambda one: (one.key,)))
        if kind is RuleKind.SAME_ORGANISATION:
            return replace(empty, groups=(self._numbers(lambda one: one.organisation),))
        return replace(empty, shared=tuple(self._in_common(rule)))

    def _in_common(self, rule: Rule) -> Iterator[Bits]:
        """What a pair must have a bit of in common."""
        if rule.kind in SETS:
            yield _shared_or_silent(*self._sets(*SETS[rule.kind]))
        elif rule.kind is RuleKind.ABOVE:
            yield self._steps(rule)
        elif rule.kind is RuleKind.OTHER_ORGANISATION:
            yield _shared_or_silent(*self._read(lambda one: frozenset({one.organisation} - {""})))

    def _read(self, of: Callable[[Participant], Read]) -> tuple[list[Read], list[Read]]:
        """Of each seeker, and of each giver."""
        mine, theirs = ([of(one) for one in side] for side in self.sides)
        return mine, theirs

    def _sets(self, of_seekers: str, of_givers: str) -> tuple[list[Things], list[Things]]:
        seekers, givers = self.sides
        return list(map(attrgetter(of_seekers), seekers)), list(map(attrgetter(of_givers), givers))

    def _shared(self, of_seekers: str, of_givers: str) -> Bits:
        mine, theirs = self._sets(of_seekers, of_givers)
        column = _columns(mine, theirs)
        return _bits(_places(mine, column), len(column)), _bits(_places(theirs, column), len(column))

    def _numbers(self, of: Callable[[Participant], str]) -> tuple[Ints, Ints]:
        """The same number for the same text; `NONE` for none."""
        mine, theirs = self._read(of)
        number = {text: place for place, text in enumerate(sorted({*mine, *theirs} - {""}))}
        seekers, givers = ([number.get(text, NONE) for text in texts] for texts in (mine, theirs))
        return np.array(seekers, dtype=np.int64), np.array(givers, dtype=np.int64)

    def _steps(self, rule: Rule) -> Bits:
        """A bit for each step: givers have their own, seekers those of whom they may be introduced to."""
        places, last = {step: place for place, step in enumerate(rule.order)}, len(rule.order)
        mine, theirs = ([places.get(said) for said in side] for side in self._read(_said_in(rule.field)))
        near = (
            None if at is None else range(max(at + rule.least, 0), min(at + rule.most + 1, last))
            for at in mine
        )
        return _or_silent(near, (None if at is None else (at,) for at in theirs), last)

    def _named(self, of: Callable[[Participant], Iterable[str]]) -> Ints:
        """(k, 2): seeker and giver where one of them names the other."""
        seekers, givers = ({one.key: place for place, one in enumerate(side)} for side in self.sides)
        mine, theirs = self._read(of)
        found = {(i, givers[key]) for i, keys in enumerate(mine) for key in keys if key in givers}
        found |= {(seekers[key], j) for j, keys in enumerate(theirs) for key in keys if key in seekers}
        return np.array(sorted(found), dtype=np.int64).reshape(len(found), 2)


def _said_in(name: str) -> Callable[[Participant], str]:
    return lambda one: one.fields.get(name, "")


def _columns(mine: Iterable[Things], theirs: Iterable[Things]) -> dict[str | int, int]:
    """A column for each thing that both sides have among them, always in the same order."""
    both = {each for one in mine for each in one} & {each for one in theirs for each in one}
    return {each: place for place, each in enumerate(sorted(both, key=str))}


def _places(people: Iterable[Things], column: Mapping[str | int, int]) -> list[list[int]]:
    return [[column[each] for each in one if each in column] for one in people]


def _unless_silent(people: Iterable[Things], column: Mapping[str | int, int]) -> Iterator[Places | None]:
    """None for whoever said nothing at all, also of what is nobody's."""
    for one in people:
        yield [column[each] for each in one if each in column] if one else None


def _shared_or_silent(mine: Sequence[Things], theirs: Sequence[Things]) -> Bits:
    column = _columns(mine, theirs)
    return _or_silent(_unless_silent(mine, column), _unless_silent(theirs, column), len(column))


def _or_silent(mine: Iterable[Places | None], theirs: Iterable[Places | None], width: int) -> Bits:
    """With two bits more: one both have where a seeker is silent (None), the other where a giver is."""
    by_seeker, by_giver = width, width + 1
    seekers = [[by_seeker, by_giver] if one is None else [*one, by_giver] for one in mine]
    givers = [[by_seeker, by_giver] if one is None else [*one, by_seeker] for one in theirs]
    return _bits(seekers, width + 2), _bits(givers, width + 2)


def _bits(people: Sequence[Sequence[int]], width: int) -> Words:
    """(k, w): the bits of these columns."""
    words = np.zeros((len(people), -(-width // BITS)), dtype=np.uint64)
    rows = np.repeat(np.arange(len(people)), np.array([len(one) for one in people], dtype=np.int64))
    places = np.array([at for one in people for at in one], dtype=np.int64)
    np.bitwise_or.at(words, (rows, places // BITS), np.uint64(1) << (places % BITS).astype(np.uint64))
    return words
