"""A round rehearsed in a process of its own, as the product does: time, memory, and what it is made of.

bin/bench rounds                            30,000 people, of whom 5,000 both seek and give
bin/bench rounds --people 10000 --both 10000
Each list is of three. Everybody names some of 400 topics, of which some are named far more often than others,
hours of three days, one or two languages and one of 600 teams.
"""

import argparse
import resource
import sys
import time
from dataclasses import replace

import numpy as np

from bothways.core import children
from bothways.matching import Draft, Market, Participant, ToldRound

PEOPLE, BOTH, LENGTH = 30_000, 5_000, 3
TOPICS, TEAMS = 400, 600
LANGUAGES = ("de", "fr", "pt")
MOST_MINUTES, MOST_MEMORY = 3.0, 1000.0  # MB


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--both", type=int, default=BOTH, help="how many seek and give")
    given = parser.parse_args()
    draft = drafted(given.people, given.both)
    rehearsed(drafted(5_000, 600))  # compiled before it is measured
    begun = time.perf_counter()
    made = rehearsed(draft)
    took = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    n, m = len(draft.seekers), len(draft.givers)
    ranks = [sum(pair["rank"] == rank for pair in made["pairs"]) for rank in range(1, LENGTH + 1)]
    print(
        f"{n:,} seek, {m:,} give, {given.both:,} of them both: {took:.0f} s in a child of {memory:,.0f} MB,"
    )
    print(f"{took / scored_once(draft):.0f} times as long as scoring all pairs once.")
    print(
        f"Pairs at each rank: {', '.join(f'{each:,}' for each in ranks)}; {len(made['unserved']):,} left out."
    )
    met = {frozenset((pair["seeker"], pair["giver"])) for pair in made["pairs"]}
    once = len(met) == len(made["pairs"])
    print(
        f"{'Proven' if made['verified'] else 'NOT proven'}; {'nobody' if once else 'SOMEBODY'} meets twice."
    )
    return 0 if made["verified"] and once and took <= 60 * MOST_MINUTES and memory <= MOST_MEMORY else 1


def rehearsed(draft: Draft) -> ToldRound:
    made: ToldRound = children.run("bothways.matching:rehearse", draft)
    return made


def scored_once(draft: Draft) -> float:
    """Seconds that it takes to score all pairs, as the engine does, and do nothing with it."""
    from bothways.matching import _passes

    factors = Market(draft.seekers, draft.givers, draft.weights, draft.rules).factors
    begun = time.perf_counter()
    for _ in _passes.scored(factors, np.arange(len(draft.seekers))):
        pass
    return time.perf_counter() - begun


def drafted(people: int, both: int) -> Draft:
    """As many seek as give."""
    dice = np.random.default_rng(1)
    often = 1 / np.arange(1, TOPICS + 1) ** 0.7
    often /= often.sum()

    def topics(most: int) -> frozenset[str]:
        many = int(dice.integers(1, most + 1))
        return frozenset(f"topic {at}" for at in dice.choice(TOPICS, many, replace=False, p=often))

    def hours() -> frozenset[int]:
        begins = int(dice.integers(0, 24)) if dice.random() < 0.3 else 8
        days = dice.choice(5, 3, replace=False).tolist()
        return frozenset(
            (24 * day + begins + at) % 168
            for day in days
            for at in dice.choice(10, 4, replace=False).tolist()
        )

    def anybody(number: int) -> Participant:
        return Participant(
            key=f"p{number}",
            wants=topics(5),
            offers=topics(7),
            languages=frozenset(
                {"en", LANGUAGES[int(dice.integers(0, 3))]} if dice.random() < 0.9 else {"fr"}
            ),
            hours=hours() if dice.random() < 0.9 else frozenset(),
            team=f"team {dice.integers(0, TEAMS)}",
            line=frozenset({f"p{dice.integers(0, people)}"}),
            before=frozenset({f"p{dice.integers(0, people)}"}) if dice.random() < 0.3 else frozenset(),
        )

    everybody = [anybody(number) for number in range(people)]
    alone = (people - both) // 2
    givers = tuple(replace(one, places=int(dice.integers(1, 3))) for one in everybody[alone:])
    return Draft(seekers=tuple(everybody[: alone + both]), givers=givers, length=LENGTH)


if __name__ == "__main__":
    sys.exit(main())
