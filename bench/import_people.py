"""A list of 50,000 people, looked through and brought in: how long, how much memory, how long it locks.

bin/bench import              on SQLite
bin/bench import --postgres   on PostgreSQL too
bin/bench import --people N   another number
"""

import argparse
import csv
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time as stopwatch
from pathlib import Path

MOST_SECONDS, MOST_MB, MOST_LOCKED = 60.0, 500, 5.0
ROOT = Path(__file__).parent.parent
FIRST = "Ada,Amir,Ana,Zoë,Bola,Carmen,Chén,Daria,Elif,Émile,Farid,Grace,Hana,Iñes,Jun,Łukasz,Søren,Uma"
LAST = "Abara,Berg,Costa,Diallo,Eriksen,Fischer,García,Haddad,Itō,Kaya,Nowak,Okafor,Rossi,Šimić,Weber,Xu"
HEADINGS = (
    "First name;Last name;E-mail;Job title;Department;Line manager's email;Location;Hire date;"
    "Time zone;Languages;Skills;Gender;Grade\r\n"
)
PLACES = ("Lisbon", "Łódź", "Berlin", "São Paulo", "Nairobi", "Osaka")
ZONES = ("Europe/Lisbon", "Europe/Warsaw", "Berlin", "America/Sao_Paulo", "Africa/Nairobi", "Asia/Tokyo")
SKILLS = ("Public speaking", "Negotiation", "python", "budgeting", "Giving feedback", "Kayaking", "Hiring")


def make(people: int, *, seed: int = 7, changed: bool = False) -> bytes:
    """A believable list; everybody's manager is somewhere in it. `changed`: the year after."""
    dice = random.Random(seed)
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    written.write(HEADINGS)
    first, last = FIRST.split(","), LAST.split(",")
    order = list(range(people))
    dice.shuffle(order)
    for number in order:
        place = dice.randrange(len(PLACES))
        title = f"{dice.choice(('Senior ', '', 'Lead '))}{dice.choice(('Nurse', 'Planner', 'Engineer'))}"
        rows.writerow(
            [
                dice.choice(first),
                f"{dice.choice(last)} {'II' if changed and number % 10 == 0 else ''}",
                f"person.{number}@harbour.example",
                title,
                f"Team {number % 900}",
                f"person.{(number - 1) // 8}@harbour.example" if number else "",
                PLACES[place],
                f"{dice.randint(1, 28):02}/{dice.randint(1, 12):02}/{dice.randint(1990, 2025)}",
                ZONES[place],
                dice.choice(("English", "English, Polski", "de; en", "Português")),
                "; ".join(dice.sample(SKILLS, dice.randint(0, 3))),
                dice.choice(("f", "m", "x")),
                dice.randint(1, 12),
            ]
        )
    return written.getvalue().encode("utf-8-sig")


class Visitor:
    """Somebody whose page writes a row all the while; how long had they to wait at most?"""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.import_people", "--visit"]
        self.process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)
        self._line()

    def _line(self) -> str:
        return self.process.stdout.readline().strip() if self.process.stdout else ""

    def longest_wait(self) -> float:
        self.process.terminate()
        return float(self._line())


def visit() -> None:
    """In a process of its own: write again and again, until told to stop; then say the longest wait."""
    start()
    from bothways.core import time
    from bothways.people.models import Person

    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: stopped.append(number))
    me = Person.objects.filter(email="person.0@harbour.example") or Person.objects.all()
    key, longest = me[0].key, 0.0
    print("ready", flush=True)
    while not stopped:
        began = stopwatch.perf_counter()
        Person.objects.filter(key=key).update(here_on=time.today())
        longest = max(longest, stopwatch.perf_counter() - began)
        stopwatch.sleep(0.02)
    print(longest, flush=True)


def start() -> None:
    from bothways.cli.running import prepare, start_django

    prepare(None)
    start_django()


def bring_in(path: Path) -> None:
    """In a process of its own: take the list in as the command does, and say what it took."""
    start()
    from bothways.core.models import Organisation
    from bothways.people.actions import applying, checking, imports

    organisation = Organisation.objects.get(slug="harbour")
    visitor = Visitor()
    before, began = stopwatch.process_time(), stopwatch.perf_counter()
    roster = imports.upload(organisation, by=None, name=path.name, content=path.read_bytes())
    roster = checking.check(imports.begin_check(roster))
    looked = stopwatch.perf_counter() - began
    roster = applying.apply(imports.begin_apply(roster))
    taken = {
        "seconds": stopwatch.perf_counter() - began,
        "looked": looked,
        "waited": visitor.longest_wait(),
        "cpu": stopwatch.process_time() - before,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "state": roster.state,
        "counts": {name: roster.counts[name] for name in ("new", "changed", "same", "problems")},
    }
    print(json.dumps(taken))


def found_an_organisation() -> None:
    """In a process of its own, as its memory is not the import's."""
    start()
    from bothways.people.actions import organisations

    harbour = organisations.create("harbour", "Harbour")
    organisations.begin(harbour, address="founder@harbour.example", name="Founder")


def measure(name: str, people: int, database: str = "") -> bool:
    """On a fresh database: a first list, the list of the year after, and the same once more."""
    well = True
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        env = {**os.environ, "BOTHWAYS_DATA": folder, "BOTHWAYS_MODE": "demo", "DATABASE_URL": database}
        run(env, "-m", "bothways", "migrate")
        run(env, "-m", "bench.import_people", "--found")
        for what, changed in (("new", False), ("a year later", True), ("the same again", True)):
            path = Path(folder) / "people.csv"
            path.write_bytes(make(people, changed=changed))
            taken = json.loads(run(env, "-m", "bench.import_people", "--bring-in", str(path)))
            good = taken["seconds"] <= MOST_SECONDS and taken["mb"] <= MOST_MB
            good = good and taken["waited"] <= MOST_LOCKED
            well = well and good and taken["state"] == "applied"
            print(
                f"{name:<11} {what:<15} {path.stat().st_size / 2**20:5.1f} MB file"
                f"  {taken['seconds']:6.1f} s ({taken['looked']:.1f} looking, {taken['cpu']:.1f} of CPU)"
                f"  {taken['mb']:5.0f} MB"
                f"  somebody else's write waited {taken['waited']:.2f} s at most  {taken['counts']}",
                flush=True,
            )
    return well


def run(env: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], env=env, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE
    ).stdout


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench import", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL too")
    parser.add_argument("--found", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--visit", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--bring-in", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.found:
        found_an_organisation()
    elif given.visit:
        visit()
    elif given.bring_in:
        bring_in(given.bring_in)
    else:
        print(
            f"{given.people:,} people; bars: {MOST_SECONDS:.0f} s, {MOST_MB} MB, {MOST_LOCKED:.0f} s locked"
        )
        well = measure("SQLite", given.people)
        if given.postgres:
            from tests.with_postgres import server

            with server() as url:
                well = measure("PostgreSQL", given.people, url) and well
        return 0 if well else 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
