"""Mutation testing of what must be right by itself: the checker of proofs, and what keeps two people apart.

    bin/test --engine

Each small change of the code must turn a test red. Those that change nothing that anybody could see are in
`tests/matching/equivalent_mutants.toml`, each with the reason.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
EQUIVALENT = ROOT / "tests" / "matching" / "equivalent_mutants.toml"
LOG = ROOT / "var" / "mutants.log"
PLAINLY = {**os.environ, "NUMBA_DISABLE_JIT": "1"}  # a compiled kernel would not see that it was changed
LIVED = ("survived", "no tests", "suspicious")

Change = tuple[str, str]  # what stood there, and what stood there instead


def survivors() -> Iterator[Change]:
    for line in told("results").splitlines():
        name, _, state = line.strip().partition(": ")
        if state in LIVED:
            yield changed(told("show", name))


def changed(patch: str) -> Change:
    lines = [line for line in patch.splitlines() if not line.startswith(("---", "+++"))]
    before, after = ([line[1:].strip() for line in lines if line[:1] == sign] for sign in "-+")
    return "\n".join(before), "\n".join(after)


def told(*command: str) -> str:
    made = subprocess.run(["mutmut", *command], cwd=ROOT, capture_output=True, text=True, check=True)
    return made.stdout


def main() -> int:
    shutil.rmtree(
        ROOT / "mutants", ignore_errors=True
    )  # what was noticed before says nothing of today's tests
    LOG.parent.mkdir(exist_ok=True)
    print(f"How far it is: {LOG}")
    with LOG.open("w") as log:
        ran = subprocess.run(["mutmut", "run"], cwd=ROOT, env=PLAINLY, stdout=log, stderr=log, check=False)
    if ran.returncode:
        print("Mutation testing did not run; the log says why.")
        return 1
    equivalent = {(each["was"], each["becomes"]) for each in tomllib.loads(EQUIVALENT.read_text())["mutant"]}
    lived = set(survivors())
    for was, becomes in sorted(lived - equivalent):
        print(f"No test noticed:\n- {was}\n+ {becomes}")
    for was, becomes in sorted(equivalent - lived):
        print(f"Called equivalent, and is noticed or gone:\n- {was}\n+ {becomes}")
    print(f"{len(lived)} lived, {len(lived & equivalent)} of them equivalent.")
    return int(lived != equivalent)


if __name__ == "__main__":
    sys.exit(main())
