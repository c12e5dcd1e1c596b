"""Home, Ask, People and a connection at several sizes: queries, CPU time, against a plain page.

bin/bench pages                          at 100, 10,000 and 50,000 people
bin/bench pages --people 100,10000       at these
Each size gets an SQLite database of its own, made in a temporary folder. Times are process time through the
whole middleware, medians of many, all in one run. Ends with 1 where a bar is missed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time as stopwatch
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

SIZES = "100,10000,50000"
TIMES = 60
WARM = 8
LARGE = 10_000
MOST_PLAIN = 3.0
MOST_GROWTH = 1.5
MOST_ASK_MS = 100.0
MEASURED = ("Home", "Ask", "People", "a connection")
SENTENCES = (
    "I would like to get better at presenting to a group, my hands shake",
    "I have a difficult conversation with my manager coming up",
    "how do I read a contract",
    "feeling burnt out and tired of it all",
    "python code review without hurting anybody",
    "long meetings and a calendar that eats my week",
)

Figures = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", default=SIZES, help="numbers of people, with commas")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(_measured(given.one)))
        return 0
    sizes = [int(number) for number in given.people.split(",")]
    found = {size: _in_a_process(size) for size in sizes}
    _print(found)
    return _verdict(found)


def _in_a_process(size: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        print(f"Making {size:,} people ...", file=sys.stderr, flush=True)
        here = os.environ | {
            "BOTHWAYS_DATA": folder,
            "BOTHWAYS_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        here.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "-m", "bench.pages", "--one", str(size)],
            env=here,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _measured(size: int) -> Figures:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import override_settings

    call_command("migrate", verbosity=0)
    from bench.visits import visits

    with override_settings(ROOT_URLCONF="bench.reference", ALLOWED_HOSTS=["testserver"]):
        return _figures(visits(size, SENTENCES))


def _figures(made: dict[str, list[Callable[[], Any]]]) -> Figures:
    """Queries of one visit, median CPU of many. The pages take turns: what slows the machine slows all."""
    turns = {name: cycle(steps) for name, steps in made.items()}
    figures = {name: _first_visits(turns[name], len(steps)) for name, steps in made.items()}
    spent: dict[str, list[float]] = {name: [] for name, found in figures.items() if "missing" not in found}
    for _ in range(TIMES):
        for name, times in spent.items():
            step, begin = next(turns[name]), stopwatch.process_time()
            step()
            times.append((stopwatch.process_time() - begin) * 1000)
    return {name: found | {"ms": statistics.median(spent.get(name, [0]))} for name, found in figures.items()}


def _first_visits(steps: Iterator[Callable[[], Any]], number: int) -> Figures:
    """Warms up; how many queries a visit asks then."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(max(WARM, number)):
        answer = next(steps)()
        if answer.status_code != 200:
            return {"missing": answer.status_code}
    with CaptureQueriesContext(connection) as captured:
        next(steps)()
        return {"queries": len(captured)}


def _print(found: dict[int, Figures]) -> None:
    print(f"{'people':>8}  {'page':<14}{'queries':>8}{'CPU ms':>9}{'x empty':>9}{'x plain':>9}")
    for size, pages in found.items():
        for name, figures in pages.items():
            if "missing" in figures:
                print(f"{size:>8,}  {name:<14} answers {figures['missing']}")
                continue
            empty, plain = pages["empty"]["ms"], pages["plain page"]["ms"]
            print(
                f"{size:>8,}  {name:<14}{figures['queries']:>8}{figures['ms']:>9.2f}"
                f"{figures['ms'] / empty:>9.1f}{figures['ms'] / plain:>9.2f}"
            )


def _verdict(found: dict[int, Figures]) -> int:
    missed = [miss for size in found for miss in _missed(found, size)]
    print(*(missed or ["Every bar is met."]), sep="\n")
    return 1 if missed else 0


def _missed(found: dict[int, Figures], size: int) -> Iterator[str]:
    """At most 3 plain pages of the same run; beyond 10,000 people, half as much again as there."""
    pages = found[size]
    for name in (*MEASURED, "suggestions"):
        if "missing" in pages[name]:
            yield f"{name} is not there at {size:,} people."
    for name in MEASURED:
        plain_pages, most = _plain_pages(pages, name), MOST_PLAIN
        if size > LARGE:
            most = MOST_GROWTH * _plain_pages(found.get(LARGE, {}), name) or MOST_GROWTH * MOST_PLAIN
        if plain_pages > most:
            yield f"{name} is {plain_pages:.2f} plain pages at {size:,} people; at most {most:.2f}."
    asked = pages["suggestions"].get("ms", 0)
    if asked > MOST_ASK_MS:
        yield f"Suggestions take {asked:.0f} ms at {size:,} people; at most {MOST_ASK_MS:.0f}."


def _plain_pages(pages: Figures, name: str) -> float:
    """How many of the plain page make this one; 0 where it was not measured."""
    ms: float = pages.get(name, {}).get("ms", 0)
    return ms and ms / pages["plain page"]["ms"]


if __name__ == "__main__":
    raise SystemExit(main())
