"""A whole round: the proven best introductions, and whom each seeker would be introduced to next.

Nested: rank 1 is the best assignment there is; rank 2 the best one without the pairs of rank 1, and so on.
So nobody is on everybody's list, and nobody on none. Two people who both seek and give meet once at most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from bothways.matching._assign import Assignment
from bothways.matching._draft import (
    ByKeys,
    Draft,
    ToldChange,
    ToldPair,
    ToldPart,
    ToldRound,
    ToldRule,
    ToldUnserved,
    ToldWhyNot,
)
from bothways.matching._market import Market
from bothways.matching._people import Participant, RuleKind
from bothways.matching._problem import Bools, Ints, Objective
from bothways.matching._progress import Between, silent
from bothways.matching._reasons import explain, lost, why_not
from bothways.matching._spread import spread
from bothways.matching._unserved import Change, Unserved, all_unserved

FAIREST_UP_TO = 2_000_000  # pairs; beyond, the search for the highest floor takes minutes
MOST_TRIES = 6
FIRST, SERVED = 0.7, 0.9  # how much of the work is done by then

_FAIREST: Objective = "served_then_fairest_then_total"
_SERVED: Objective = "served_then_total"


def rehearse(draft: Draft, *, between: Between = silent) -> ToldRound:
    """Make the round. Ranks after the first are made for whoever has somebody in the one before.

    Raises a `BadProblem`. Time: that of `length` assignments; somewhat more where many both seek and give.
    """
    book = _Book(draft)
    market, made = book.first(between)
    whys = [_told_unserved(market, why) for why in all_unserved(market, made)]
    between(SERVED)
    for rank in range(2, draft.length + 1):
        book.next()
        between(SERVED + (1 - SERVED) * rank / draft.length)
    return ToldRound(
        pairs=list(book.told()),
        unserved=whys,
        total=made.total,
        certificate=made.certificate.to_json(),
        verified=market.verify(made.certificate).ok,
        fairest=made.certificate.objective == _FAIREST,
    )


def why_apart(draft: Draft, seeker: str, giver: str, *, between: Between = silent) -> ToldWhyNot:
    """Why these two are not introduced in the round of this draft. Time: that of two rounds.

    Takes as long for a pair that a rule keeps apart as for any other. Raises a `BadProblem`.
    """
    i = [one.key for one in draft.seekers].index(seeker)
    j = [one.key for one in draft.givers].index(giver)
    book = _Book(draft)
    market, made = book.first(between)
    if (i, j) in book.locked:
        return ToldWhyNot(chosen=True, rules=[], score=0, mine=[], people=0, points=0)
    told = why_not(market, made, i, j)
    if told.rules:
        lost(market, made, i, j)  # so that how long it takes tells nobody that a rule speaks against it
    mine = [one.score for one in told.mine] + [int(market.scores[i, to]) for at, to in book.locked if at == i]
    return ToldWhyNot(
        chosen=told.chosen,
        rules=[str(rule.kind) for rule in told.rules],
        score=told.score,
        mine=mine,
        people=told.people,
        points=told.points,
    )


@dataclass
class _Book:
    """The ranks of a round, one after the other. `met`: (n, m), pairs that have had their turn, both ways."""

    draft: Draft
    market: Market = field(init=False)
    locked: set[tuple[int, int]] = field(init=False)
    met: Bools = field(init=False)
    ranks: list[Ints] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        draft = self.draft
        self.market = Market(draft.seekers, draft.givers, draft.weights, draft.rules)
        self.seekers = {one.key: i for i, one in enumerate(draft.seekers)}
        self.givers = {one.key: j for j, one in enumerate(draft.givers)}
        self.locked = set()
        for pair in self._numbers(draft.locked):
            if self._back(*pair) not in self.locked:
                self.locked.add(pair)
        self.met = self._empty()
        self.both = np.array(
            [(i, self.givers[key]) for key, i in self.seekers.items() if key in self.givers], dtype=np.int64
        ).reshape(-1, 2)

    def first(self, between: Between) -> tuple[Market, Assignment]:
        """Rank 1, and the market in which it is the proven best: that without the locked."""
        for i, j in self.locked:
            self._mark(self.met, i, j)
        seek, give = self.market.demands.copy(), self.market.capacities.copy()
        for i, j in self.locked:
            seek[i], give[j] = 0, max(0, give[j] - 1)
        fair = seek.size * give.size <= FAIREST_UP_TO
        market, made = self._best(
            seek, give, _FAIREST if fair else _SERVED, lambda done: between(FIRST * done)
        )
        locked = np.array(sorted(self.locked), dtype=np.int64).reshape(-1, 2)
        self._keep(np.concatenate([locked, made.pairs]))
        return market, made

    def next(self) -> None:
        """One rank more, for those who have somebody in the last one."""
        seek = np.zeros(len(self.draft.seekers), dtype=np.int64)
        seek[self.ranks[-1][:, 0]] = 1
        _market, made = self._best(seek, self.market.capacities, _SERVED, silent)
        self._keep(made.pairs)

    def told(self) -> Iterator[ToldPair]:
        for rank, pairs in enumerate(self.ranks, 1):
            for i, j in pairs.tolist():
                yield self._told(i, j, rank)

    def _told(self, i: int, j: int, rank: int) -> ToldPair:
        seeker, giver = self.draft.seekers[i], self.draft.givers[j]
        parts = [
            ToldPart(kind=str(part.kind), what=part.what, points=part.points, count=part.count)
            for part in explain(self.market, i, j)
        ]
        return ToldPair(
            seeker=seeker.key,
            giver=giver.key,
            rank=rank,
            score=int(self.market.scores[i, j]),
            hours=len(seeker.hours & giver.hours),
            locked=rank == 1 and (i, j) in self.locked,
            parts=parts,
        )

    def _best(
        self, seek: Ints, give: Ints, objective: Objective, between: Between
    ) -> tuple[Market, Assignment]:
        """The best round in which nobody meets twice: of two who chose each other, one way is taken out."""
        by_hand, round_about = self._empty(), self.met.copy()
        for i, j in self._numbers(self.draft.forbidden):
            self._mark(by_hand, i, j)
        tries = 0
        while True:
            apart = {RuleKind.BY_HAND: by_hand, RuleKind.OTHER_WAY_ROUND: round_about}
            market = self.market.settled(seek.tolist(), give.tolist(), apart)
            made = market.assign(objective, between=between)
            twice = list(self._twice(made.pairs))
            if not twice:
                return market, spread(market, made, self._back)
            tries += 1
            if tries == MOST_TRIES:
                round_about |= self._one_way()
            for i, j in twice:
                round_about[i, j] = True

    def _twice(self, pairs: Ints) -> Iterator[tuple[int, int]]:
        """Of each two who are introduced both ways, the way that is worth less."""
        made = {(i, j) for i, j in pairs.tolist()}
        for i, j in sorted(made):
            back = self._back(i, j)
            if back in made and (self._worth(i, j), (i, j)) < (self._worth(*back), back):
                yield i, j

    def _worth(self, i: int, j: int) -> int:
        return int(self.market.scores[i, j])

    def _back(self, i: int, j: int) -> tuple[int, int]:
        """The same two, the other one seeking; (-1, -1) where that cannot be."""
        there = self.seekers.get(self.draft.givers[j].key, -1), self.givers.get(self.draft.seekers[i].key, -1)
        return there if -1 not in there else (-1, -1)

    def _one_way(self) -> Bools:
        """(n, m): of each two who both seek and give, one way, as many of each person's as of the other's."""
        made = self._empty()
        places = np.arange(len(self.both))
        even = (places[:, None] + places) % 2 == 0
        made[np.ix_(self.both[:, 0], self.both[:, 1])] = even == (places[:, None] < places)
        return made

    def _keep(self, pairs: Ints) -> None:
        self.ranks.append(pairs)
        for i, j in pairs.tolist():
            self._mark(self.met, i, j)

    def _mark(self, made: Bools, i: int, j: int) -> None:
        """Both ways."""
        made[i, j] = True
        back = self._back(i, j)
        if back != (-1, -1):
            made[back] = True

    def _numbers(self, pairs: frozenset[ByKeys]) -> list[tuple[int, int]]:
        """Of those who are in it."""
        there = [(self.seekers.get(seeker, -1), self.givers.get(giver, -1)) for seeker, giver in pairs]
        return sorted(pair for pair in there if -1 not in pair)

    def _empty(self) -> Bools:
        return np.zeros((len(self.draft.seekers), len(self.draft.givers)), dtype=np.bool_)


def _told_unserved(market: Market, why: Unserved) -> ToldUnserved:
    return ToldUnserved(
        seeker=market.seekers[why.seeker].key,
        binding=str(why.binding),
        fitting=why.fitting,
        rules=[
            ToldRule(kind=str(each.rule.kind), givers=each.givers, alone=each.alone) for each in why.rules
        ],
        changes=[_told_change(market.givers, change) for change in why.changes],
    )


def _told_change(givers: Sequence[Participant], change: Change) -> ToldChange:
    return ToldChange(
        kind=str(change.kind),
        givers=change.givers,
        giver=givers[change.giver].key if change.giver >= 0 else "",
        topic=change.topic,
        hour=change.hour,
        rule=str(change.rule.kind) if change.rule else "",
    )
