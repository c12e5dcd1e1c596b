"""A night's run of quiet offers: time, memory, and how evenly people are shown.

bin/bench nights                          at 2,000 and at 10,000 people
bin/bench nights --people 2000,50000      at these
Each size gets an SQLite database of its own. Everybody offers four topics of 400 and wants two, some of which
are asked for far more often than others. Memory: of the largest child, beside what the engine needs to begin.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time as stopwatch
from collections import Counter
from typing import Any

SIZES = "2000,10000"
TOPICS, OFFERED, WANTED = 400, 4, 2
MOST_UNSEEN = 0.05  # of those who give
SHIFTS = ((7, 15), (9, 17), (13, 21))
BUDGETS = (30, 60, 120, 240)
TEAMS = 40


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", default=SIZES, help="numbers of people, with commas")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        return 0 if _measured(given.one) else 1
    return max(_in_a_process(int(number)) for number in given.people.split(","))


def _in_a_process(size: int) -> int:
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        here = os.environ | {
            "BOTHWAYS_DATA": folder,
            "BOTHWAYS_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        here.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "bench.nights", "--one", str(size)]
        return subprocess.run(command, env=here, check=False).returncode


def _measured(size: int) -> bool:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    organisation = _made(size)
    from bothways.ask.actions import showings
    from bothways.ask.matchmaking import nights
    from bothways.ask.models import Showing

    _idle_child()
    idle = _peak_of_children()
    begun = stopwatch.perf_counter()
    showings.make(organisation)
    took = stopwatch.perf_counter() - begun
    rows = list(Showing.objects.values_list("shown", flat=True))
    seen = Counter(key for row in rows for key in row)
    givers = sum(len(part.givers) for part in nights.parts(organisation))
    print(
        f"{size:>8,} people in {len(nights.parts(organisation))} parts: {took:.1f} s,"
        f" {1000 * took / size:.1f} ms each; child {_peak_of_children():.0f} MB, {idle:.0f} to begin;"
        f" {sum(map(bool, rows)):,} lists, {givers - len(seen):,} of {givers:,} unseen,"
        f" the most shown on {max(seen.values(), default=0)}"
    )
    return givers - len(seen) <= MOST_UNSEEN * givers


def _peak_of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _idle_child() -> None:
    """One that makes the smallest run there is: what the engine needs to begin."""
    from bothways.core import children
    from bothways.matching import Draft, Participant

    knots = frozenset({"knots"})
    two = Participant(key="a", wants=knots), Participant(key="b", offers=knots)
    children.run("bothways.matching:show", Draft(seekers=two[:1], givers=two[1:]))


def _made(size: int) -> Any:
    from bothways.people.models import Offer, Team, Topic, Want
    from tests import factories

    dice = random.Random(f"nights/{size}")
    organisation = factories.organisation()
    teams = Team.objects.bulk_create(
        Team(organisation=organisation, name=f"Team {number}") for number in range(TEAMS)
    )
    told = {f"Person {number}": _person(dice, teams) for number in range(size)}
    people = factories.members(organisation, told)
    topics = [
        Topic(organisation=organisation, key=f"t{number}", name=f"Topic {number}", group="craft")
        for number in range(TOPICS)
    ]
    Topic.objects.bulk_create(topics)
    heavy = [1 / (number + 3) for number in range(TOPICS)]
    for model, many in ((Offer, OFFERED), (Want, WANTED)):
        chosen = {(one.pk, topic.pk) for one in people for topic in dice.choices(topics, heavy, k=many)}
        model.objects.bulk_create(
            (model(person_id=one, topic_id=topic) for one, topic in sorted(chosen)), batch_size=5000
        )
    return organisation


def _person(dice: random.Random, teams: list[Any]) -> dict[str, Any]:
    start, end = dice.choice(SHIFTS)
    return {
        "team": dice.choice(teams),
        "budget_minutes": dice.choice(BUDGETS),
        "hours": [[day, f"{start:02}:00", f"{end:02}:00"] for day in range(5)],
    }


if __name__ == "__main__":
    sys.exit(main())
