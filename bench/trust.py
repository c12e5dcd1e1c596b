"""Quiet consent in 5,000 histories a database: played twice each, and every row compared.

bin/bench trust                    both databases
bin/bench trust --histories 200    another number
"""

import argparse
import os
import subprocess
import sys
import time as stopwatch
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEST = "tests/rails/quiet/test_theorem.py"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--histories", type=int, default=5000, metavar="N")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N")
    arguments = parser.parse_args()
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", str(arguments.processes), TEST]
    beside = {"SQLite": pytest, "PostgreSQL": [sys.executable, "-m", "tests.with_postgres", *pytest]}
    failed = 0
    for database, command in beside.items():
        began = stopwatch.monotonic()
        environment = os.environ | {"BOTHWAYS_HISTORIES": str(arguments.histories)}
        ended = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        taken = stopwatch.monotonic() - began
        verdict = "nobody learned of a no" if ended == 0 else "FAILED"
        print(f"{database}: {arguments.histories} histories in {taken:.0f} s: {verdict}")
        failed += ended != 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
