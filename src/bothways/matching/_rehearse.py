"""A whole round: the proven best introductions, and whom each seeker would be introduced to next.

Nested: rank 1 is the best assignment there is; rank 2 the best one without the pairs of rank 1, and so on.
So nobody is on everybody's list, and nobody on none. Two people who both seek and give meet once at most.
"""

from collections.abc import Iterable, Iterator, Sequence

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
from bothways.matching._once import Both, Pair, once_each
from bothways.matching._people import BadMarket, Participant, RuleKind
from bothways.matching._problem import NOBODY, Ints, Objective
from bothways.matching._progress import Between, silent
from bothways.matching._reasons import explain, lost, why_not
from bothways.matching._spread import spread
from bothways.matching._unserved import Change, Unserved, all_unserved

FAIREST_UP_TO = 2_000_000  # pairs; beyond, the search for the highest floor takes minutes
FIRST, SERVED = 0.7, 0.9  # how much of the work is said to be done by then, of lists of any length

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
    book = _Book(draft)
    i, j = book.place(seeker, giver)
    market, made = book.first(between)
    if (i, j) in book.locked:
        return ToldWhyNot(chosen=True, rules=[], score=0, mine=[], people=0, points=0)
    told = why_not(market, made, i, j)
    if told.rules or told.chosen:
        lost(market, made, i, j)  # so that how long it takes tells nobody that a rule speaks against it
    mine = [one.score for one in told.mine] + [market.score(i, to) for at, to in book.locked if at == i]
    return ToldWhyNot(
        chosen=told.chosen,
        rules=[str(rule.kind) for rule in told.rules],
        score=told.score,
        mine=mine,
        people=told.people,
        points=told.points,
    )


class _Book:
    """The ranks of a round, one after the other. Pairs are (k, 2), seeker and giver.

    `met`: those who have had their turn, both ways.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.market = Market(draft.seekers, draft.givers, draft.weights, draft.rules)
        self.seekers = {one.key: i for i, one in enumerate(draft.seekers)}
        self.givers = {one.key: j for j, one in enumerate(draft.givers)}
        self.both = Both(
            np.array([self.givers.get(one.key, NOBODY) for one in draft.seekers], dtype=np.int64),
            np.array([self.seekers.get(one.key, NOBODY) for one in draft.givers], dtype=np.int64),
        )
        self.locked: dict[Pair, None] = {}  # in order, and soon found: it is asked of each pair
        for pair in self._numbers(draft.locked):
            if self.both.back(*pair) not in self.locked:
                self.locked[pair] = None
        self.by_hand = self.both.both_ways(as_pairs(self._numbers(draft.forbidden)))
        self.met = self.both.both_ways(as_pairs(self.locked))
        self.ranks: list[Ints] = []
        self.last: Assignment | None = None

    def place(self, seeker: str, giver: str) -> Pair:
        """Where the two stand; raises `BadMarket` for who is not there."""
        if seeker not in self.seekers:
            raise BadMarket(f"{seeker!r} is not among the seekers of this draft.")
        if giver not in self.givers:
            raise BadMarket(f"{giver!r} is not among the givers of this draft.")
        return self.seekers[seeker], self.givers[giver]

    def first(self, between: Between) -> tuple[Market, Assignment]:
        """Rank 1, and the market in which it is the proven best: that without the locked."""
        seek, give = self.market.demands.copy(), self.market.capacities.copy()
        for i, j in self.locked:
            seek[i], give[j] = 0, max(0, give[j] - 1)
        fair = seek.size * give.size <= FAIREST_UP_TO
        market, made = self._best(
            seek, give, _FAIREST if fair else _SERVED, lambda done: between(FIRST * done)
        )
        self._keep(np.concatenate([as_pairs(self.locked), made.pairs]))
        return market, made

    def next(self) -> None:
        """One rank more, for those who have somebody in the last one."""
        seek = np.zeros(len(self.draft.seekers), dtype=np.int64)
        seek[self.ranks[-1][:, 0]] = 1
        _market, made = self._best(seek, self.market.capacities, _SERVED, silent)
        self._keep(made.pairs)

    def told(self) -> Iterator[ToldPair]:
        for rank, pairs in enumerate(self.ranks, 1):
            for (i, j), score in zip(pairs.tolist(), self.market.points(pairs).tolist(), strict=True):
                yield self._told(i, j, rank, score)

    def _told(self, i: int, j: int, rank: int, score: int) -> ToldPair:
        seeker, giver = self.draft.seekers[i], self.draft.givers[j]
        parts = [
            ToldPart(kind=str(part.kind), what=part.what, points=part.points, count=part.count)
            for part in explain(self.market, i, j)
        ]
        return ToldPair(
            seeker=seeker.key,
            giver=giver.key,
            rank=rank,
            score=score,
            hours=len(seeker.hours & giver.hours),
            locked=rank == 1 and (i, j) in self.locked,
            parts=parts,
        )

    def _best(
        self, seek: Ints, give: Ints, objective: Objective, between: Between
    ) -> tuple[Market, Assignment]:
        """The best round in which nobody meets twice."""

        def solve(taken: Ints) -> tuple[Market, Assignment]:
            round_about = np.concatenate([self.met, taken])
            apart = {RuleKind.BY_HAND: self.by_hand, RuleKind.OTHER_WAY_ROUND: round_about}
            market = self.market.settled(seek, give, apart)
            self.last = market.assign(objective, earlier=self.last, between=between)
            return market, self.last

        market, made = once_each(self.both, solve)
        return market, spread(market, made, self.both.back)

    def _keep(self, pairs: Ints) -> None:
        self.ranks.append(pairs)
        self.met = np.concatenate([self.met, self.both.both_ways(pairs)])

    def _numbers(self, pairs: frozenset[ByKeys]) -> list[Pair]:
        """Of those who are in it."""
        there = [pair for pair in pairs if pair[0] in self.seekers and pair[1] in self.givers]
        return sorted((self.seekers[seeker], self.givers[giver]) for seeker, giver in there)


def as_pairs(given: Iterable[Pair]) -> Ints:
    return np.array(list(given), dtype=np.int64).reshape(-1, 2)


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
