"""Shortest augmenting paths over a table, compiled: the method of `_paths`, one number at a time.

Places are filled one after another. Each search is Dijkstra's without a heap: a table's rows are read whole
anyway, so a heap would save nothing. Capacities stay numbers: a giver has a linked list
of the places taken with them, so nobody's column is repeated. A chosen pair stands as `NEVER` in the table
and its worth beside its place, so that no reading of a row asks what is chosen. Sources as for `_paths`;
a first assignment by bids that need no path is the row reduction of Jonker and Volgenant (1987), here with
capacities. Without numba this is right too, and slow.
"""

from typing import NamedTuple

import numpy as np

from bothways.matching._compiled import compiled
from bothways.matching._problem import NEVER, NOBODY, Bools, Ints
from bothways.matching._progress import Between

FAR = 2**62
CHUNKS = 50  # how often it can be interrupted
TRIES = 8  # bids that one seeker may set off


class Growing(NamedTuple):
    """An assignment that is best for the places tried so far.

    `values` (n, m) int64; `spare`, `prices`, `head` (m,); `gains` (n,); a seeker's places are
    `first[i]:first[i + 1]`, each with its `giver`, `worth`, and the next place (`follows`) with that giver.
    `prices` and `gains` are as in `_paths`: they prove the assignment best.
    """

    values: Ints
    spare: Ints
    prices: Ints
    gains: Ints
    head: Ints
    first: Ints
    seeker: Ints
    giver: Ints
    worth: Ints
    follows: Ints


class Search(NamedTuple):
    """Room for one search: distances, where each was reached from, and in which order they were passed.

    `passed` is nought, or `FAR` for a giver that was passed: added to a distance, it takes them out.
    """

    to_givers: Ints
    to_seekers: Ints
    passed: Ints
    through: Ints
    by_place: Ints
    givers: Ints
    waiting: Ints


@compiled
def take(now: Growing, place: int, giver: int) -> None:
    seeker = now.seeker[place]
    now.giver[place], now.worth[place] = giver, now.values[seeker, giver]
    now.values[seeker, giver] = NEVER
    now.follows[place], now.head[giver] = now.head[giver], place


@compiled
def give_up(now: Growing, place: int) -> None:
    giver = now.giver[place]
    now.values[now.seeker[place], giver] = now.worth[place]
    now.giver[place] = NOBODY
    before, at = NOBODY, now.head[giver]
    while at != place:
        before, at = at, now.follows[at]
    if before == NOBODY:
        now.head[giver] = now.follows[place]
    else:
        now.follows[before] = now.follows[place]


@compiled
def nearest(search: Search, spare: Ints) -> int:
    """The nearest giver not passed yet, of equals one with room, where the search ends.

    Without branches in the first loop, so that it is done in strides.
    """
    to_givers, passed = search.to_givers, search.passed
    least = FAR
    for giver in range(len(to_givers)):
        least = min(least, to_givers[giver] + passed[giver])
    if least == FAR:
        return NOBODY
    found = NOBODY
    for giver in range(len(to_givers)):
        if to_givers[giver] + passed[giver] == least:
            if spare[giver] > 0:
                return giver
            found = giver if found == NOBODY else found
    return found


@compiled
def read_row(now: Growing, search: Search, seeker: int, distance: int) -> None:
    """Shorten the ways to givers through this seeker. A way to one already passed is never shorter."""
    base = distance + now.gains[seeker]
    row, prices, to_givers, through = now.values[seeker], now.prices, search.to_givers, search.through
    for giver in range(len(prices)):
        way = base + prices[giver] - row[giver]
        nearer = way < to_givers[giver]
        through[giver] = seeker if nearer else through[giver]
        to_givers[giver] = way if nearer else to_givers[giver]


@compiled
def add_waiting(now: Growing, search: Search, giver: int, waiting: int) -> int:
    """All who have a place with this giver can be reached through it; returns how many wait now."""
    distance, place = search.to_givers[giver], now.head[giver]
    while place != NOBODY:
        seeker = now.seeker[place]
        way = distance + now.worth[place] - now.prices[giver] - now.gains[seeker]
        if way < search.to_seekers[seeker]:
            if search.to_seekers[seeker] == FAR:
                search.waiting[waiting] = seeker
                waiting += 1
            search.to_seekers[seeker] = way
            search.by_place[seeker] = place
        place = now.follows[place]
    return waiting


@compiled
def next_waiting(search: Search, done: int, waiting: int) -> int:
    """Bring the nearest of those who wait to the front; returns its distance, `FAR` if nobody waits."""
    if done == waiting:
        return FAR
    best = done
    for at in range(done + 1, waiting):
        if search.to_seekers[search.waiting[at]] < search.to_seekers[search.waiting[best]]:
            best = at
    seeker = search.waiting[best]
    search.waiting[best], search.waiting[done] = search.waiting[done], seeker
    return int(search.to_seekers[seeker])


@compiled
def look(now: Growing, search: Search, start: int) -> tuple[int, int, int, int, int]:
    """Search from a seeker with a place to fill.

    Returns how far the best end is, the seeker who drops out or the giver with room that it is, and how
    many givers and seekers were reached.
    """
    search.to_givers[:] = FAR
    search.passed[:] = 0
    search.to_seekers[start], search.by_place[start], search.waiting[0] = 0, NOBODY, start
    end, drops, room = FAR, NOBODY, NOBODY
    givers, done, waiting, giver = 0, 0, 1, NOBODY
    while True:
        to_seeker = next_waiting(search, done, waiting)
        to_giver = search.to_givers[giver] if giver != NOBODY else FAR
        if min(to_seeker, to_giver) >= end:
            return end, drops, room, givers, waiting
        if to_seeker <= to_giver:
            seeker = search.waiting[done]
            done += 1
            if to_seeker + now.gains[seeker] < end:
                end, drops = to_seeker + now.gains[seeker], seeker
            read_row(now, search, seeker, to_seeker)
            giver = nearest(search, now.spare)
        elif now.spare[giver] > 0:
            return to_giver, NOBODY, giver, givers, waiting
        else:
            search.passed[giver] = FAR
            search.givers[givers] = giver
            givers += 1
            waiting = add_waiting(now, search, giver, waiting)
            giver = nearest(search, now.spare)


@compiled
def settle(now: Growing, search: Search, end: int, givers: int, waiting: int) -> None:
    """Move the potentials to where the chosen way costs nothing."""
    for at in range(givers):
        giver = search.givers[at]
        now.prices[giver] += end - search.to_givers[giver]
    for at in range(waiting):
        seeker = search.waiting[at]
        if search.to_seekers[seeker] < end:
            now.gains[seeker] -= end - search.to_seekers[seeker]
        search.to_seekers[seeker] = FAR


@compiled
def swap(now: Growing, search: Search, drops: int, room: int, free: int) -> None:
    """Along the way found, backwards: each takes the giver that the next gave up; the first fills `free`."""
    giver, seeker = room, drops
    if room != NOBODY:
        now.spare[room] -= 1
        seeker = search.through[room]
    while True:
        place = search.by_place[seeker]
        left = NOBODY
        if place != NOBODY:
            left = now.giver[place]
            give_up(now, place)
        if giver != NOBODY:
            take(now, free if place == NOBODY else place, giver)
        if place == NOBODY:
            return
        giver, seeker = left, search.through[left]


@compiled
def two_best(now: Growing, seeker: int) -> tuple[int, int, int]:
    """The giver with the highest surplus, that surplus, and the next; nought is to be had by staying out."""
    row, prices = now.values[seeker], now.prices
    found, most, second = NOBODY, 0, 0
    for giver in range(len(prices)):
        surplus = row[giver] - prices[giver]
        if surplus > second:
            if surplus > most:
                found, most, second = giver, surplus, most
            else:
                second = surplus
    if found != NOBODY and second == most:
        found = with_room(now, row, most, found)
    return found, most, second


@compiled
def with_room(now: Growing, row: Ints, most: int, found: int) -> int:
    """Of those who are worth as much the first who has room, if anybody has: else all bid for one place."""
    for giver in range(found, len(row)):
        if now.spare[giver] > 0 and row[giver] - now.prices[giver] == most:
            return giver
    return found


@compiled
def lowest_bid(now: Growing, bids: Ints, giver: int) -> int:
    """The place with this giver that would be left at the lowest price."""
    lowest = int(now.head[giver])
    place = int(now.follows[lowest])
    while place != NOBODY:
        if bids[place] < bids[lowest]:
            lowest = place
        place = int(now.follows[place])
    return lowest


@compiled
def bid(now: Growing, bids: Ints, place: int) -> int:
    """Take the best giver for a place, at a price that leaves its holders content; returns the place lost.

    A bid is the price at which the second best would be as good. Prices only rise, so it stays true.
    """
    giver, most, second = two_best(now, now.seeker[place])
    if giver == NOBODY:
        return NOBODY
    bids[place] = now.prices[giver] + most - second
    if now.spare[giver] > 0:
        now.spare[giver] -= 1
        take(now, place, giver)
        return NOBODY
    lost = lowest_bid(now, bids, giver) if now.head[giver] != NOBODY else NOBODY
    if lost == NOBODY or bids[lost] >= bids[place]:
        return NOBODY
    give_up(now, lost)
    take(now, place, giver)
    now.prices[giver] = bids[lowest_bid(now, bids, giver)]
    return lost


@compiled
def auction(now: Growing, bids: Ints, begin: int, stop: int) -> None:
    """A first assignment for seekers who want one giver each: best as far as it goes, ties left open."""
    for seeker in range(begin, stop):
        place = now.first[seeker] if now.first[seeker] < now.first[seeker + 1] else NOBODY
        for _ in range(TRIES):
            if place == NOBODY:
                break
            place = bid(now, bids, place)
    for place in range(len(now.giver)):
        if now.giver[place] != NOBODY:
            now.gains[now.seeker[place]] = now.worth[place] - now.prices[now.giver[place]]


@compiled
def fill(now: Growing, search: Search, begin: int, stop: int) -> None:
    """Fill the places of the seekers from `begin` to before `stop`."""
    for place in range(now.first[begin], now.first[stop]):
        if now.giver[place] == NOBODY:
            seeker = now.seeker[place]
            _, now.gains[seeker], _ = two_best(now, seeker)
            end, drops, room, givers, waiting = look(now, search, seeker)
            settle(now, search, end, givers, waiting)
            if drops != seeker:
                swap(now, search, drops, room, place)


def best(values: Ints, capacities: Ints, demands: Ints, between: Between) -> Bools:
    """The best pairs as a boolean table (n, m). Deterministic: in their order, ties to the first.

    The scarcer side is gone through: where there are fewer places than are wanted, givers choose. Time is the
    number of places times what a search passes, at most n x m each. Memory: the table of the result, and
    where givers choose a second one of the values; `values` are changed on the way and left as they were.
    """
    n, m = values.shape
    chosen = np.zeros((n, m), dtype=np.bool_)
    if int(capacities.sum()) < int(demands.sum()):
        pairs = _pairs(np.ascontiguousarray(values.T), demands, capacities, between)[:, ::-1]
    else:
        pairs = _pairs(values, capacities, demands, between)
    chosen[pairs[:, 0], pairs[:, 1]] = True
    return chosen


def _pairs(values: Ints, capacities: Ints, demands: Ints, between: Between) -> Ints:
    """The best pairs (k, 2), in the order of places."""
    n, m = values.shape
    now, search = _begun(values, capacities, demands), _room(n, m)
    step, bids = n // CHUNKS + 1, np.zeros(len(now.seeker), dtype=np.int64)
    if bids.size and int(demands.max()) == 1:
        for begin in range(0, n, step):
            between(0.3 * begin / n)
            auction(now, bids, begin, min(begin + step, n))
    for begin in range(0, n, step):
        between(0.3 + 0.7 * begin / n)
        fill(now, search, begin, min(begin + step, n))
    made = now.giver != NOBODY
    pairs = np.column_stack([now.seeker[made], now.giver[made]])
    values[pairs[:, 0], pairs[:, 1]] = now.worth[made]
    return pairs


def _begun(values: Ints, capacities: Ints, demands: Ints) -> Growing:
    n, m = values.shape
    seeker = np.repeat(np.arange(n), demands)
    return Growing(
        values=values,
        spare=capacities.copy(),
        prices=np.zeros(m, dtype=np.int64),
        gains=np.zeros(n, dtype=np.int64),
        head=np.full(m, NOBODY),
        first=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(demands)]),
        seeker=seeker,
        giver=np.full(len(seeker), NOBODY),
        worth=np.zeros(len(seeker), dtype=np.int64),
        follows=np.full(len(seeker), NOBODY),
    )


def _room(n: int, m: int) -> Search:
    return Search(
        to_givers=np.full(m, FAR),
        to_seekers=np.full(n, FAR),
        passed=np.zeros(m, dtype=np.int64),
        through=np.zeros(m, dtype=np.int64),
        by_place=np.zeros(n, dtype=np.int64),
        givers=np.zeros(m, dtype=np.int64),
        waiting=np.zeros(n, dtype=np.int64),
    )
