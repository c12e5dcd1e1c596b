"""How often each giver has to be seen, so that everybody sees somebody and nobody is seen more than others.

Seekers come one after the other. Where there is no room for one, whomever they and those in their way could
see are known to be too few for them, and nobody else is: the shares of these rise, in proportion.
"""

from typing import NamedTuple

import numpy as np

from bothways.matching._problem import NOBODY, Bools, Ints
from bothways.matching._progress import Between, silent

A_WHILE = 64  # seekers


class _Reached(NamedTuple):
    """From one seeker: the seekers in the way (n,), by whom each giver was reached (m,), one with room."""

    seekers: Bools
    by: Ints
    room: int


def shares(allowed: Bools, places: Ints, *, between: Between = silent) -> Ints:
    """(m,): on how many lists each giver may stand at one rank, in proportion to their `places`.

    `allowed` is (n, m). Nought for whom nobody may see. Time: at most one look at all pairs for each seeker.
    """
    wanted = np.asarray(allowed.any(axis=0), dtype=np.bool_)
    seeking = np.flatnonzero(allowed.any(axis=1))
    often = np.where(wanted, _divided(places, wanted, len(seeking)), 0)
    sees, seen = np.full(len(allowed), NOBODY), np.zeros(len(places), dtype=np.int64)
    for number, one in enumerate(seeking.tolist()):
        if number % A_WHILE == 0:
            between(number / len(seeking))
        reached = _reached(allowed, sees, seen < often, one)
        while reached.room == NOBODY:
            few = reached.by != NOBODY
            many = _divided(places, few, int(reached.seekers.sum()))
            often[few] = np.maximum(often, many)[few]
            reached = _reached(allowed, sees, seen < often, one)
        seen[reached.room] += 1
        _make_room(sees, reached, one)
    return often


def _divided(places: Ints, among: Bools, seekers: int) -> Ints:
    """So many seekers divided among some givers by their places, rounded up."""
    divided: Ints = -(-places * seekers // max(1, int(places[among].sum())))
    return divided


def _reached(allowed: Bools, sees: Ints, room: Bools, one: int) -> _Reached:
    """Whom this one could see, who sees these, whom they could see instead, and so on until there is room."""
    seekers = np.zeros(len(sees), dtype=np.bool_)
    by = np.full(len(room), NOBODY)
    new = np.array([one])
    while len(new):
        seekers[new] = True
        fresh = np.flatnonzero(allowed[new].any(axis=0) & (by == NOBODY))
        by[fresh] = new[allowed[np.ix_(new, fresh)].argmax(axis=0)]
        free = fresh[room[fresh]]
        if len(free):
            return _Reached(seekers, by, int(free[0]))
        new = np.flatnonzero((sees != NOBODY) & (by[sees] != NOBODY) & ~seekers)
    return _Reached(seekers, by, NOBODY)


def _make_room(sees: Ints, reached: _Reached, one: int) -> None:
    """Each on the way sees the next giver instead, up to the one with room."""
    giver = reached.room
    while True:
        seeker = int(reached.by[giver])
        sees[seeker], giver = giver, int(sees[seeker])
        if seeker == one:
            return
