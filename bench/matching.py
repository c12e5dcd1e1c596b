"""The matching engine: public instances with known optima, and beside other solvers.

    bin/bench matching                      each size that the engine is made for; two minutes
    bin/bench matching --data DIR           public instances
    bin/bench matching --size 1000x400 [--room 3]
    bin/bench matching --listed 100000x20000 [--room 5]    and so --lists, --changed, --fairest

Every row is made in this one run; trust the ratios, not the seconds.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from bench.instances import READERS
from bench.lists import beside_transferable
from bench.markets import market, one_pass, with_others
from bench.solvers import MUNKRES, OURS, SOLVERS, TOP_ONLY, Row, fastest, measured
from bench.targets import CHANGED, LOST, ROUNDS, all_reached
from bothways.matching import assign, verify

RUNS = 5
SMALL = 1_000_000  # pairs up to which the fastest of some runs counts
MOST_WRITTEN = 50_000_000  # pairs up to which others are tried
PATIENCE = 1_000  # seekers up to which munkres is waited for


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, help="a folder with known_optima.json")
    asked.add_argument("--size", help="seekers x givers")
    asked.add_argument("--room", type=int, default=3, help="how many seekers a giver has room for")
    asked.add_argument("--listed", help="a list of 64 pairs a seeker instead of a table, by ours alone")
    asked.add_argument(
        "--lists", help="lists of ten beside those of a market with prices, or of five if uneven"
    )
    asked.add_argument("--changed", help="anew where one in a hundred is somebody else, by ours alone")
    asked.add_argument("--fairest", help="what it costs all that whoever has least has most")
    given = asked.parse_args()
    if given.lists:
        return 0 if beside_transferable(*(int(size) for size in given.lists.split("x")), given.room) else 1
    if given.listed:
        return 0 if by_list(*(int(size) for size in given.listed.split("x")), given.room) else 1
    if given.fairest:
        return 0 if by_fairness(*(int(size) for size in given.fairest.split("x")), given.room) else 1
    if given.changed:
        return 0 if by_change(*(int(size) for size in given.changed.split("x")), given.room) else 1
    good = known(given.data) if given.data else True
    for n, m, room in sizes(given):
        good = beside_others(n, m, room) and good
    print("All proven, and all that must be reached is." if good else "Not proven, not best, or too slow.")
    return 0 if good else 1


def sizes(given: argparse.Namespace) -> list[tuple[int, int, int]]:
    """(seekers, givers, room): the one that is asked for, or all that targets name."""
    if given.size:
        n, m = (int(size) for size in given.size.split("x"))
        return [(n, m, given.room)]
    return [] if given.data else list(ROUNDS)


def known(folder: Path) -> bool:
    """Each public instance: its optimum reached, and proven to the independent checker."""
    good = True
    for name, about in json.loads((folder / "known_optima.json").read_text()).items():
        read = next(reader for ending, reader in READERS.items() if name.endswith(ending))
        scores, capacities, demands, excluded = read(folder / name, about)
        begun = time.perf_counter()
        found = assign(scores, capacities, demands, excluded=excluded)
        took = time.perf_counter() - begun
        reached = -found.total if about["sense"] == "minimise" else found.total
        checked = verify(scores, capacities, found.certificate, demands, excluded=excluded)
        met = reached == about["optimum"] and found.gap == 0 and checked.ok
        good = good and met
        said = "proven" if checked.ok else checked.why
        print(f"{name:34} {reached:6,} of {about['optimum']:6,}  {said}  {took * 1000:7.1f} ms")
    return good


def beside_others(n: int, m: int, room: int) -> bool:
    """One market, solved by each; ours includes the proof, the others have none."""
    others = list(SOLVERS) if n * m <= MOST_WRITTEN else []
    runs = RUNS if n * m <= SMALL else 1
    print(
        f"\n{n:,} seekers x {m:,} givers, room for {room} each: best of {runs}, in this one run", flush=True
    )
    ours = measured(OURS, n, m, room, runs)
    tell(ours, ours)
    print(f"  gap {ours.gap}; {ours.took / ours.one_pass:.2f} x one scoring pass of {ours.one_pass:.2f} s")
    rows, good = {OURS: ours}, ours.gap == 0
    for name in others:
        if name == MUNKRES and n > PATIENCE:
            print(f"{name:26} not waited for beyond {PATIENCE:,} seekers")
            continue
        rows[name] = row = measured(name, n, m, room, 1 if name == MUNKRES else runs)
        tell(row, ours)
        good = good and (name == TOP_ONLY or (row.served, row.total) == (ours.served, ours.total))
    if not others:
        print(f"No other is tried: they want a table, which takes {n * m * 8 / 1e9:,.0f} GB.")
    return all_reached((n, m, room), rows) and good


def tell(row: Row, ours: Row) -> None:
    print(
        f"{row.name:26} {row.took:9.3f} s  {row.took / ours.took:7.1f} x ours  {row.peak:7,.0f} MB"
        f"   {row.served:,} served, total {row.total:,}",
        flush=True,
    )


def by_list(n: int, m: int, room: int, each: int = 64) -> bool:
    """More than a table can hold: each seeker may be paired with a few, drawn by chance."""
    dice = np.random.default_rng(0)
    features, offers = dice.integers(0, 8, (n, 24)), dice.integers(0, 8, (m, 24))
    givers = np.array([dice.choice(m, each, replace=False) for _ in range(n)])
    worth = [features[i] @ offers[givers[i]].T for i in range(n)]
    start = np.arange(0, n * each + 1, each)
    scores = csr_array((np.concatenate(worth), givers.ravel(), start), shape=(n, m))
    found, took = fastest(lambda: assign(scores, room), 1)
    checked, checking = fastest(lambda: verify(scores, room, found.certificate), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n:,} x {m:,}, room for {room}, {n * each:,} pairs: {took:.1f} s, checked in {checking:.1f} s")
    print(f"{found.served:,} served, total {found.total:,}, gap {found.gap}; peak memory {peak:,.0f} MB")
    return found.gap == 0 and checked.ok


def by_change(n: int, m: int, room: int) -> bool:
    """Solved; then one in a hundred is somebody else, and it is solved from what is known of the others."""
    assign(market(3000, 2000), 2, earlier=assign(market(3000, 2000), 2))  # compiled before it is measured
    factors = market(n, m)
    before, took = fastest(lambda: assign(factors, room), 1)
    now = with_others(factors, 100)
    found, again = fastest(lambda: assign(now, room, earlier=before), 1)
    print(f"{n:,} x {m:,}, room for {room}: {took:.1f} s, and {again:.1f} s where 1% are somebody else;")
    print(f"one pass {one_pass(now):.1f} s. {found.served:,} served, total {found.total:,}, gap {found.gap}.")
    begun = time.perf_counter()
    checked = verify(now, room, found.certificate)
    print(f"Checked by itself in {time.perf_counter() - begun:.1f} s: {checked.why or 'proven'}.")
    return CHANGED.reached(again) and found.gap == 0 and checked.ok


def by_fairness(n: int, m: int, room: int) -> bool:
    """As many served; and a total hardly less where the worst score is as high as it can be.

    How much less is a fact of the market, proven: where every place is taken somebody pays for it.
    """
    factors = market(n, m)
    plain, took = fastest(lambda: assign(factors, room), 1)
    fair, longer = fastest(lambda: assign(factors, room, objective="served_then_fairest_then_total"), 1)
    checked = verify(factors, room, fair.certificate)
    least = [int(factors.of_pairs(found.pairs)[0].min()) for found in (plain, fair)]
    lost = 1 - fair.total / plain.total
    print(f"{n:,} x {m:,}, room for {room}: {plain.served:,} and {fair.served:,} served", end=", ")
    print(f"{took:.2f} and {longer:.2f} s. The worst score {least[0]:,} becomes {least[1]:,};")
    print(f"the total loses {lost:.4%}. {checked.why or 'Proven'}.")
    spared = LOST.reached(lost * 100) if m * room > n else True  # else somebody pays for it
    return spared and checked.ok and fair.served == plain.served


if __name__ == "__main__":
    sys.exit(main())
