"""Lists beside those that others would make: expected mutual matches, and who is seen how often.

A pair says yes to each other with a chance that grows with its score, a score of nought with none. A list is
read from the top: what stands at rank k is seen with a chance of 1 / log2(k + 1), both must see each other.
The others: the best of each by what they want themselves; by the score both ways; and a market with
transferable utility (Choo and Siow), in which prices move interest to where there is room, tuned to its best.
"""

import time

import numpy as np
from numpy.typing import NDArray

from bench.markets import TOPICS, Floats, market, one_pass
from bench.solvers import peak
from bench.targets import LISTED, LISTED_SHORT, MATCHES
from bothways.matching import Factors, lists

Ints = NDArray[np.int64]
LENGTH, SHORT = 10, 5
SPREADS = (2.0, 1.0, 0.7, 0.5, 0.35, 0.25)  # noise of a transferable market, in spreads of the scores
TURNS = 40  # of its fixed point
ROWS = 500  # ranked at once
LARGE = 1_000_000_000  # pairs, for which targets are


def beside_transferable(n: int, m: int, room: int) -> bool:
    """As many givers as seekers: matches expected. Otherwise: time and exposure of shorter lists."""
    factors = market(n, m)
    lists(market(3000, 2000), 2, 1)  # compiled before it is measured
    length = LENGTH if n == m else SHORT
    begun = time.perf_counter()
    made = lists(factors, 1 if n == m else room, length)
    took, passed = time.perf_counter() - begun, one_pass(factors)
    holes = int((made.givers < 0).sum())
    print(f"{length} lists of {n:,} x {m:,}: {took:.1f} s, {took / passed:.2f} x one pass of {passed:.1f} s")
    print(f"gap {made.gap}, {holes} holes, shown {made.shown.min()} to {made.shown.max()}; {peak():,.0f} MB")
    if n != m:
        in_time = LISTED_SHORT.reached(took) if n * m >= LARGE else True
        return in_time and holes == 0 and made.gap == 0
    ours = expected(factors, made.givers, turned(made.givers, m))
    rows = [
        ("each by what they want", *tops(*wants(factors))),
        ("by the score both ways", *tops(scores_of(factors))),
    ]
    best = 0.0
    for spread in SPREADS:
        mine, theirs = transferable(scores_of(factors), spread)
        rows.append((f"transferable, noise {spread}", mine, theirs))
    print(f"{'ours':28} {ours:10,.0f} expected mutual matches")
    for name, mine, theirs in rows:
        found = expected(factors, mine, theirs)
        unseen = m - len(np.unique(mine))
        print(f"{name:28} {found:10,.0f}   ours is {ours / found:6.2f} x; {unseen:,} givers on no list")
        best = max(best, found) if name.startswith("transferable") else best
    LISTED.reached(took)
    return MATCHES.reached(ours / best) and holes == 0 and made.gap == 0


def scores_of(factors: Factors) -> Floats:
    """All scores, float32 (n, m)."""
    return factors.seekers @ factors.givers.T


def wants(factors: Factors) -> tuple[Floats, Floats]:
    """What each side wants of the other alone, (n, m) and (m, n)."""
    asked, back = slice(0, TOPICS), slice(TOPICS, 2 * TOPICS)
    return (
        factors.seekers[:, asked] @ factors.givers[:, asked].T,
        factors.givers[:, back] @ factors.seekers[:, back].T,
    )


def ranked(worth: Floats) -> Ints:
    """The best of each row in order."""
    parts = []
    for first in range(0, len(worth), ROWS):
        part = worth[first : first + ROWS]
        best = np.argpartition(part, -LENGTH, axis=1)[:, -LENGTH:]
        order = np.argsort(-np.take_along_axis(part, best, axis=1), axis=1, kind="stable")
        parts.append(np.take_along_axis(best, order, axis=1))
    return np.concatenate(parts)


def tops(mine: Floats, theirs: Floats | None = None) -> tuple[Ints, Ints]:
    """The best of each seeker, and of each giver, by what is worth to them."""
    return ranked(mine), ranked(mine.T if theirs is None else theirs)


def turned(givers: Ints, m: int) -> Ints:
    """The lists of givers, where each is shown to one seeker at each rank."""
    made = np.full((m, givers.shape[1]), -1)
    for rank in range(givers.shape[1]):
        seen = np.flatnonzero(givers[:, rank] >= 0)
        made[givers[seen, rank], rank] = seen
    return made


def expected(factors: Factors, mine: Ints, theirs: Ints) -> float:
    """Mutual matches that are expected of both sides' lists."""
    chance = 1 / np.log2(np.arange(mine.shape[1]) + 2)
    m = factors.shape[1]
    seen = {}
    for seeker, rank in np.ndindex(mine.shape):
        if mine[seeker, rank] >= 0:
            seen[int(seeker) * m + int(mine[seeker, rank])] = chance[rank]
    pairs, both = [], []
    for giver, rank in np.ndindex(theirs.shape):
        key = int(theirs[giver, rank]) * m + giver
        if theirs[giver, rank] >= 0 and key in seen:
            pairs.append(divmod(key, m))
            both.append(seen[key] * chance[rank])
    if not pairs:
        return 0.0
    scores, _ = factors.of_pairs(np.array(pairs, dtype=np.int64))
    return float((np.maximum(scores, 0) / max(factors.extremes[1] / 4, 1) * np.array(both)).sum())


def transferable(scores: Floats, noise: float) -> tuple[Ints, Ints]:
    """Lists by the pairs that form in a market with prices: K A B, with out A^2 + A K B = 1 on each side."""
    beta = 2 * noise * float(scores[::50].std())
    kernel = np.exp((scores - scores.max()) / np.float32(beta))
    outside = float(kernel[::50].mean()) * len(scores) / 4  # staying out is rare, as it is with ours
    mine, theirs = np.ones(len(scores), np.float32), np.ones(scores.shape[1], np.float32)
    for _ in range(TURNS):
        mine = settled(kernel @ theirs, outside)
        theirs = settled(kernel.T @ mine, outside)
    del kernel
    prices_mine, prices_theirs = beta * np.log(mine), beta * np.log(theirs)
    return ranked(scores + prices_theirs), ranked(scores.T + prices_mine)


def settled(others: Floats, outside: float) -> Floats:
    """The positive root of outside x^2 + others x = 1, written so that nothing cancels."""
    wide = others.astype(np.float64)
    return (2 / (wide + np.sqrt(wide**2 + 4 * outside))).astype(np.float32)
