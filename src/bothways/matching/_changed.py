"""A market in which a few people have changed: what was found out about all others still holds.

Only whoever changed is scored anew: a seeker against all givers, a giver against all seekers, for whom it is
known above what score a pair would belong on a list. Then it is solved as ever, beginning at the old prices,
and proven as ever.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bothways.matching import _candidates, _cuts, _large, _shortlists
from bothways.matching._factored import Factored
from bothways.matching._factors import KINDS, Factors
from bothways.matching._large import Work
from bothways.matching._problem import NOBODY, Bools, Ints
from bothways.matching._progress import Between, silent
from bothways.matching._shortlists import UNKNOWN, Cut, Shortlists

MOST_CHANGED = 0.2  # of all pairs: where more are scored anew, it takes no longer to begin with nothing
AT_ONCE = 4096  # rows that are compared


class Changed(NamedTuple):
    """Which seekers (n,) and givers (m,) are not who they were, and which givers had no room before (m,).

    `apart` (k, 2): pairs that might be made then, and may not now.
    """

    seekers: Bools
    givers: Bools
    opened: Bools
    apart: Ints


def again(work: Work, given: Factored, between: Between) -> Work | None:
    """The same work for what is given now; None where more has changed than stayed the same."""
    changed = _who_changed(work.given, given)
    n, m = given.shape
    if changed is None:
        return None
    anew = int(changed.seekers.sum()) * m + int(changed.givers.sum()) * n
    if anew > MOST_CHANGED * n * m:
        return None
    usual = work.given.capacities > 0
    lists = _with_their_pairs(given, _without_them(work.lists, changed, usual), changed, between)
    lists, more = _large.with_starved(given, lists, between)
    at = _usual_for(work.prices, changed, usual)
    held = _still_held(work, given, changed)
    who = np.flatnonzero(np.bincount(held[held != NOBODY], minlength=m) < given.capacities)
    at[who] = _bids_for(given, lists, work.kept, changed, who)
    return Work(given, lists, at, work.span, more + anew, work.kept, held)


def _still_held(work: Work, given: Factored, changed: Changed) -> Ints:
    """Places of those who did not change, with givers who did not and have as much room as before."""
    stays = ~changed.givers & (given.capacities >= work.given.capacities)
    stay = ~changed.seekers & (given.demands > 0) & stays[work.held]
    seekers, givers = changed.apart.T
    stay[seekers[work.held[seekers] == givers]] = False
    return np.where(stay, work.held, NOBODY)


def _bids_for(given: Factored, lists: Shortlists, kept: Ints, changed: Changed, who: Ints) -> Ints:
    """What a place with each of these givers would fetch: as many as they have room for would pay that."""
    among = np.zeros(given.shape[1], dtype=np.bool_)
    among[who] = True
    asked = ~changed.seekers & (given.demands > 0)
    theirs = np.flatnonzero(among[lists.givers] & asked[lists.seekers])
    givers = lists.givers[theirs]
    paid = lists.scores[theirs] - kept[lists.seekers[theirs]]
    order = np.lexsort((-paid, givers))
    first = np.searchsorted(givers[order], who)
    last = np.searchsorted(givers[order], who, side="right")
    at = np.minimum(first + given.capacities[who], last) - 1
    fetched: Ints = np.append(paid[order], 0)[np.where(last > first, at, len(paid))]
    return fetched


def _who_changed(before: Factored, now: Factored) -> Changed | None:
    """None where it is another market altogether."""
    one, other = before.factors, now.factors
    same = one.shape == other.shape and one.seekers.shape == other.seekers.shape
    if not same or not _same_rules(one, other):
        return None
    opened = (before.capacities == 0) & (now.capacities > 0)
    seekers = _differ(one.seekers, other.seekers) | ((before.demands == 0) & (now.demands > 0))
    givers = _differ(one.givers, other.givers) | opened
    for kind in KINDS:
        for old, new in zip(getattr(one, kind), getattr(other, kind), strict=True):
            seekers |= _differ(old[0], new[0])
            givers |= _differ(old[1], new[1])
    m = one.shape[1]
    then, since = one.apart @ [m, 1], other.apart @ [m, 1]
    seekers[np.setdiff1d(then, since) // m] = True
    new = np.setdiff1d(since, then)
    return Changed(seekers, givers, opened, np.column_stack([new // m, new % m]))


def _same_rules(one: Factors, other: Factors) -> bool:
    """What is of both sides: how many of each kind there are, and their points."""
    parts = [[getattr(each, kind) for kind in KINDS] for each in (one, other)]
    return all(
        len(old) == len(new) and all(map(_same_points, old, new)) for old, new in zip(*parts, strict=True)
    )


def _same_points(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    return all(map(np.array_equal, old[2:], new[2:]))


def _differ(one: NDArray[Any], other: NDArray[Any]) -> Bools:
    """Which rows are not the same."""
    found = np.zeros(len(one), dtype=np.bool_)
    if one is other:
        return found
    if one.shape != other.shape:
        return ~found
    for first in range(0, len(one), AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        found[rows] = (one[rows] != other[rows]).reshape(len(found[rows]), -1).any(axis=1)
    return found


def _usual_for(prices: Ints, changed: Changed, usual: Bools) -> Ints:
    """Prices (m,), with a usual one for whoever had no room before and so none."""
    made = prices.copy()
    if usual.any():
        made[changed.opened] = int(np.median(prices[usual]))
    return made


def _without_them(lists: Shortlists, changed: Changed, usual: Bools) -> Shortlists:
    """Without the pairs of whoever changed, and those kept apart; of changed seekers nothing is known."""
    kept = ~(changed.seekers[lists.seekers] | changed.givers[lists.givers])
    apart = _shortlists.places(lists.start, lists.givers, *changed.apart.T)
    kept[apart[apart >= 0]] = False
    made = lists.only(kept)
    seen = made.seen and _of_the_others(made.seen, changed, usual)
    return replace(made, cut=_of_the_others(made.cut, changed, usual), seen=seen)


def _of_the_others(cut: Cut, changed: Changed, usual: Bools) -> Cut:
    """What still holds, at a usual price for whoever had no room."""
    return Cut(np.where(changed.seekers, UNKNOWN, cut.most), _usual_for(cut.prices, changed, usual))


def _with_their_pairs(given: Factored, lists: Shortlists, changed: Changed, between: Between) -> Shortlists:
    """With lists of the changed seekers; and changed givers on all on which they belong by the cuts."""
    who = np.flatnonzero(changed.seekers)
    theirs = _candidates.listed(given, who, lists.cut.prices, between)
    parts = [(who[theirs.seekers], theirs.givers, theirs.scores)]
    order = np.flatnonzero(changed.givers & (given.capacities > 0))
    stair = _cuts.Stair(order, np.where(changed.seekers, 0, len(order)))
    cuts = []
    for cut in (each for each in (lists.cut, lists.seen) if each is not None):
        found = _cuts.above(given, stair, cut.prices, cut.most, between=silent)
        parts.append(found.pairs)
        cuts.append(Cut(found.most, cut.prices))
    seekers, givers, scores = (np.concatenate(each) for each in zip(*parts, strict=True))
    cuts[0].most[who] = theirs.cut.most
    made = lists.longer(lists.lacking((seekers, givers, scores)))
    return replace(made, cut=cuts[0], seen=cuts[-1])
