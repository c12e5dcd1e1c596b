"""Shortest augmenting paths over a list of pairs, compiled: no table is made.

The method of `_dense`, with a binary heap for what is nearest, since a row is short. What was reached is
written down, so that a search costs what it passes and not what there is. Sources as for `_dense`.
"""

from typing import NamedTuple

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._listed import Listed
from bothways.matching._problem import NEVER, NOBODY, Bools, Ints
from bothways.matching._progress import Between

FAR = 2**62
CHUNKS = 200  # how often it can be interrupted
TRIES = 50  # bids that one seeker may set off


class Growing(NamedTuple):
    """An assignment that is best for the places tried so far; see `_dense.Growing`.

    `start` (n + 1,), `givers` and `values` (k,) are the list; a place knows where in it its pair stands
    (`pair`); while it does, `NEVER` stands there, and the `worth` beside the place. `bids` are for places.
    """

    start: Ints
    givers: Ints
    values: Ints
    spare: Ints
    prices: Ints
    gains: Ints
    head: Ints
    first: Ints
    seeker: Ints
    pair: Ints
    worth: Ints
    follows: Ints
    bids: Ints


class Search(NamedTuple):
    """Room for one search. Nodes are givers, 0 to m - 1, then seekers.

    `to`: distances. `by`: the seeker before a giver, the place before a seeker; `pair`: the pair before a
    giver. `heap` holds nodes, `at` where each stands in it; `counted`: in the heap, `touched`.
    """

    to: Ints
    by: Ints
    pair: Ints
    heap: Ints
    at: Ints
    touched: Ints
    counted: Ints


@compiled
def rise(search: Search, at: int) -> None:
    """Move a node towards the top of the heap, past whatever is farther."""
    heap, node = search.heap, search.heap[at]
    while at > 0:
        above = (at - 1) >> 1
        if search.to[heap[above]] <= search.to[node]:
            break
        heap[at] = heap[above]
        search.at[heap[at]] = at
        at = above
    heap[at] = node
    search.at[node] = at


@compiled
def sink(search: Search, node: int, size: int) -> None:
    """Put a node in at the top of the heap and move it down, below whatever is nearer."""
    heap, at = search.heap, 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and search.to[heap[below + 1]] < search.to[heap[below]]:
            below += 1
        if search.to[heap[below]] >= search.to[node]:
            break
        heap[at] = heap[below]
        search.at[heap[at]] = at
        at = below
    heap[at] = node
    search.at[node] = at


@compiled
def pop(search: Search) -> int:
    node = search.heap[0]
    search.counted[0] -= 1
    size = search.counted[0]
    if size > 0:
        sink(search, search.heap[size], size)
    return int(node)


@compiled
def reach(search: Search, node: int, way: int, by: int) -> bool:
    """Note a shorter way; says whether it was one."""
    if way >= search.to[node]:
        return False
    if search.to[node] == FAR:
        search.touched[search.counted[1]] = node
        search.counted[1] += 1
        search.at[node] = search.counted[0]
        search.heap[search.counted[0]] = node
        search.counted[0] += 1
    search.to[node], search.by[node] = way, by
    rise(search, search.at[node])
    return True


@compiled
def take(now: Growing, place: int, pair: int) -> None:
    giver = now.givers[pair]
    now.pair[place], now.worth[place] = pair, now.values[pair]
    now.values[pair] = NEVER
    now.follows[place], now.head[giver] = now.head[giver], place


@compiled
def give_up(now: Growing, place: int) -> int:
    """Returns the giver who was given up."""
    pair = now.pair[place]
    giver = int(now.givers[pair])
    now.values[pair], now.pair[place] = now.worth[place], NOBODY
    before, at = NOBODY, now.head[giver]
    while at != place:
        before, at = at, now.follows[at]
    if before == NOBODY:
        now.head[giver] = now.follows[place]
    else:
        now.follows[before] = now.follows[place]
    return giver


@compiled
def pass_seeker(now: Growing, search: Search, seeker: int, distance: int, end: int) -> None:
    """Reach givers through this seeker, if nearer than the best end known."""
    base = distance + now.gains[seeker]
    for pair in range(now.start[seeker], now.start[seeker + 1]):
        giver = now.givers[pair]
        way = base + now.prices[giver] - now.values[pair]
        if way < end and reach(search, giver, way, seeker):
            search.pair[giver] = pair


@compiled
def pass_giver(now: Growing, search: Search, giver: int, distance: int) -> None:
    """Reach all who have a place with this giver."""
    m, place = len(now.prices), now.head[giver]
    while place != NOBODY:
        seeker = now.seeker[place]
        way = distance + now.worth[place] - now.prices[giver] - now.gains[seeker]
        reach(search, m + seeker, way, place)
        place = now.follows[place]


@compiled
def look(now: Growing, search: Search, start: int) -> tuple[int, int, int]:
    """Search from a seeker with a place to fill: how far the best end is, and who drops out or has room."""
    m = len(now.prices)
    reach(search, m + start, 0, NOBODY)
    end, drops, room = FAR, NOBODY, NOBODY
    while search.counted[0] > 0:
        node = search.heap[0]
        distance = search.to[node]
        if distance >= end:
            break
        pop(search)
        if node >= m:
            seeker = node - m
            if distance + now.gains[seeker] < end:
                end, drops = distance + now.gains[seeker], seeker
            pass_seeker(now, search, seeker, distance, end)
        elif now.spare[node] > 0:
            end, drops, room = distance, NOBODY, node
        else:
            pass_giver(now, search, node, distance)
    return end, drops, room


@compiled
def settle(now: Growing, search: Search, end: int) -> None:
    """Move the potentials to where the chosen way costs nothing, and forget the distances."""
    m = len(now.prices)
    for at in range(search.counted[1]):
        node = search.touched[at]
        nearer = end - search.to[node]
        if nearer > 0 and node < m:
            now.prices[node] += nearer
        elif nearer > 0:
            now.gains[node - m] -= nearer
        search.to[node] = FAR
    search.counted[:] = 0


@compiled
def swap(now: Growing, search: Search, drops: int, room: int, free: int) -> None:
    """Along the way found, backwards: each takes the giver that the next gave up; the first fills `free`."""
    m, giver, seeker = len(now.prices), room, drops
    if room != NOBODY:
        now.spare[room] -= 1
        seeker = search.by[room]
    while True:
        place = search.by[m + seeker]
        left = give_up(now, place) if place != NOBODY else NOBODY
        if giver != NOBODY:
            take(now, free if place == NOBODY else place, search.pair[giver])
        if place == NOBODY:
            return
        giver, seeker = left, search.by[left]


@compiled
def two_best(now: Growing, seeker: int) -> tuple[int, int, int]:
    """The pair with the highest surplus, that surplus, and the next; nought is to be had by staying out."""
    found, most, second = NOBODY, 0, 0
    for pair in range(now.start[seeker], now.start[seeker + 1]):
        surplus = now.values[pair] - now.prices[now.givers[pair]]
        if surplus > most:
            found, most, second = pair, surplus, most
        elif surplus > second:
            second = surplus
    return found, most, second


@compiled
def lowest_bid(now: Growing, giver: int) -> int:
    """The place with this giver that would be left at the lowest price."""
    lowest = int(now.head[giver])
    place = int(now.follows[lowest])
    while place != NOBODY:
        if now.bids[place] < now.bids[lowest]:
            lowest = place
        place = int(now.follows[place])
    return lowest


@compiled
def bid(now: Growing, place: int) -> int:
    """Take the best giver for a place, as `_dense.bid`; returns the place lost."""
    pair, most, second = two_best(now, now.seeker[place])
    if pair == NOBODY:
        return NOBODY
    giver = now.givers[pair]
    now.bids[place] = now.prices[giver] + most - second
    if now.spare[giver] > 0:
        now.spare[giver] -= 1
        take(now, place, pair)
        return NOBODY
    lost = lowest_bid(now, giver) if now.head[giver] != NOBODY else NOBODY
    if lost == NOBODY or now.bids[lost] >= now.bids[place]:
        return NOBODY
    give_up(now, lost)
    take(now, place, pair)
    now.prices[giver] = now.bids[lowest_bid(now, giver)]
    return lost


@compiled
def auction(now: Growing, begin: int, stop: int) -> None:
    """A first assignment for seekers who want one giver each: best as far as it goes, ties left open."""
    for first in range(now.first[begin], now.first[stop]):
        place = first
        for _ in range(TRIES):
            if place == NOBODY:
                break
            place = bid(now, place)


@compiled
def fill(now: Growing, search: Search, begin: int, stop: int) -> None:
    """Fill the places of the seekers from `begin` to before `stop` that are still empty."""
    for place in range(now.first[begin], now.first[stop]):
        if now.pair[place] == NOBODY:
            seeker = now.seeker[place]
            _, now.gains[seeker], _ = two_best(now, seeker)
            end, drops, room = look(now, search, seeker)
            if drops != seeker:
                swap(now, search, drops, room, place)
            settle(now, search, end)


def best(given: Listed, bonus: int, between: Between) -> Bools:
    """Which pairs of the list (k,) are chosen, each worth its score and the `bonus`. Deterministic.

    Time is the number of places times what a search passes; memory about three times the list.
    """
    n, m = given.shape
    now = begun(given, bonus)
    search = Search(
        to=np.full(n + m, FAR),
        pair=np.zeros(m, dtype=np.int64),
        counted=np.zeros(2, dtype=np.int64),
        **{name: np.zeros(n + m, dtype=np.int64) for name in ("by", "heap", "at", "touched")},
    )
    step = n // CHUNKS + 1
    if int(given.demands.max(initial=0)) == 1:
        for begin in range(0, n, step):
            between(0.3 * begin / n)
            auction(now, begin, min(begin + step, n))
        made = np.flatnonzero(now.pair != NOBODY)
        now.gains[now.seeker[made]] = now.worth[made] - now.prices[given.givers[now.pair[made]]]
    for begin in range(0, n, step):
        between(0.3 + 0.6 * begin / n)
        fill(now, search, begin, min(begin + step, n))
    chosen = np.zeros(len(given.givers), dtype=np.bool_)
    chosen[now.pair[now.pair != NOBODY]] = True
    return chosen


def begun(given: Listed, bonus: int) -> Growing:
    """Nobody has a place yet, and nothing has a price."""
    n, m = given.shape
    seeker = np.repeat(np.arange(n), given.demands)
    places = len(seeker)
    return Growing(
        start=given.start,
        givers=given.givers,
        values=given.scores + bonus,
        spare=given.capacities.copy(),
        prices=np.zeros(m, dtype=np.int64),
        gains=np.zeros(n, dtype=np.int64),
        head=np.full(m, NOBODY),
        first=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(given.demands)]),
        seeker=seeker,
        pair=np.full(places, NOBODY),
        worth=np.zeros(places, dtype=np.int64),
        follows=np.full(places, NOBODY),
        bids=np.zeros(places, dtype=np.int64),
    )
