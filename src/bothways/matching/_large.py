"""Markets whose scores are never written out: short lists, solved, and proven not to lack anybody.

Prices of a sample make short lists for all in one scoring pass. On these the best is found, with prices. Then
only what could still be wanted at these prices is scored, put on the lists, and all is solved again, until
nobody off the lists would be better: then it is the best of all pairs, and the prices prove it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from bothways.matching import _candidates, _cuts, _on_lists
from bothways.matching._factored import Factored
from bothways.matching._on_lists import Begin
from bothways.matching._problem import NOBODY, Ints
from bothways.matching._progress import Between
from bothways.matching._shortlists import ALL, UNKNOWN, Shortlists

FROM_NOTHING, FROM_OTHERS, GOING_ON = 8, 32, 512  # the first step of an auction is the span of a list by this
MARGIN = 8  # and what is put on lists beside what is needed
ENOUGH = 6  # a giver has a chance to be chosen who is on so many lists for each place


class Best(NamedTuple):
    """Pairs (k, 2) in order, and their scores; prices (m,) and their bound; how many pairs were scored."""

    pairs: Ints
    scores: Ints
    prices: Ints
    bound: int
    scored: int


@dataclass
class Work:
    """A market under way: its lists, which grow; prices (m,) to begin at; how far a list goes down.

    `kept` and `held` (n,): what each seeker has at these prices, and with whom; nothing, and `NOBODY`, before
    it is solved. `scored`: how many pairs were, for what is solved next.
    """

    given: Factored
    lists: Shortlists
    prices: Ints
    span: int
    scored: int
    kept: Ints
    held: Ints

    def without(self, pairs: Ints, between: Between) -> None:
        """From now on these pairs (k, 2), which were the best, may not be made."""
        self.given = replace(self.given, factors=self.given.factors.without(pairs))
        self.lists, self.scored = with_starved(self.given, self.lists.without(pairs), between)
        self.held = np.full_like(self.held, NOBODY)


def begun(given: Factored, bonus: int, between: Between) -> Work:
    n, m = given.shape
    prices = _candidates.sample_prices(given, lambda done: between(0.2 * done))
    lists = _candidates.listed(given, np.arange(n), prices, lambda done: between(0.2 + 0.5 * done))
    scored = n * m + _candidates.ROUNDS * (n // _candidates.SAMPLED) * m
    span = _candidates.span(lists)
    lists, more = with_starved(given, lists, between)
    nothing, nobody = np.zeros(n, dtype=np.int64), np.full(n, NOBODY)
    at = lists.cut.prices + _too_few(given, lists, bonus)
    return Work(given, lists, at, span, scored + more, nothing, nobody)


def _too_few(given: Factored, lists: Shortlists, bonus: int) -> int:
    """What every place costs more where there are too few for all who could have one.

    Prices of a sample do not know it: it lets stay out, for nothing, whoever gets nobody above their cut.
    """
    asked = (given.demands > 0) & (np.diff(lists.start) > 0)
    cuts = lists.cut.most[asked & (lists.cut.most > ALL)]
    if not len(cuts) or int(given.capacities.sum()) >= int(given.demands[asked].sum()):
        return 0
    return bonus + int(np.median(cuts))


def best(work: Work, bonus: int, between: Between, *, parts: int = FROM_NOTHING) -> Best:
    """The best pairs, each worth its score and the `bonus`; changes `work`, which goes on. Deterministic.

    Time, with what `begun` takes, is one scoring pass and about a half; memory the lists, about 3 KB a
    seeker, beside the features. The first step of auctions is the span of a list by `parts`.
    """
    begin = _looked_once(work, bonus, Begin(work.prices, work.span // parts, held=work.held), between)
    while True:
        found, auction = _on_lists.solved(work.given, work.lists, bonus, begin=begin, between=between)
        work.lists, better, scored = _cuts.look_again(
            work.given,
            work.lists,
            found.prices,
            found.kept - bonus,
            margin=0 if begin.now else _margin(work),
            between=between,
        )
        work.prices, work.kept, work.scored = found.prices, found.kept - bonus, work.scored + scored
        if not better:
            work.held = np.full(len(found.kept), NOBODY)
            work.held[found.pairs[:, 0]] = found.pairs[:, 1]
            total, work.scored = work.scored, 0
            return Best(found.pairs, found.scores, found.prices, found.bound, total)
        begin = Begin(found.prices, work.span // GOING_ON, auction)


def _looked_once(work: Work, bonus: int, begin: Begin, between: Between) -> Begin:
    """Where the last steps of an auction begin, which take the longest: so they begin on lists that will do.

    Prices change little from here on, so whoever is wanted in the end is near to being wanted now.
    """
    if not _on_lists.goes_by_bids(work.given):
        return begin
    last = max(work.span // GOING_ON, 1)
    rough = _on_lists.roughly(work.given, work.lists, bonus, begin=begin, last=last, between=between)
    if rough is None:
        return begin._replace(endless=True)
    work.lists, _, scored = _cuts.look_again(
        work.given, work.lists, rough.prices, rough.kept - bonus, margin=_margin(work), between=between
    )
    work.scored += scored
    return Begin(rough.prices, last, rough.now)


def _margin(work: Work) -> int:
    return max(work.span // MARGIN, 1)


def rounds(given: Factored, bonus: int, between: Between) -> Iterator[Best]:
    """The best pairs, then the best of all that are left, and so on; `between` hears of each from 0 to 1."""
    work = begun(given, bonus, between)
    while True:
        found = best(work, bonus, between)
        yield found
        work.without(found.pairs, between)


def with_starved(given: Factored, lists: Shortlists, between: Between) -> tuple[Shortlists, int]:
    """Shortlists on which each giver stands often enough to be chosen; and how many pairs were scored for it.

    A giver whom few have on their lists is put on those of the seekers who are nearest to having them there:
    a list for each of these givers, at prices which are what the seekers' lists were cut at.
    """
    n, m = given.shape
    enough = np.minimum(ENOUGH * given.capacities, n)
    starved = np.flatnonzero(np.bincount(lists.givers, minlength=m) < enough)
    if not len(starved):
        return lists, 0
    turned = Factored(given.factors.turned(), given.demands, given.capacities)
    cuts = np.where(lists.cut.most > ALL, lists.cut.most, UNKNOWN)
    theirs = _candidates.listed(turned, starved, cuts, between)
    new = lists.lacking((theirs.givers, starved[theirs.seekers], theirs.scores))
    return lists.longer(new), n * len(starved)
