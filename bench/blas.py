"""Whether one market becomes the same bytes whatever multiplies its tables: threads, processors, libraries.

    bin/bench blas [--size 3000x1000]

The engine's own packages with one thread and with two, and as if on older processors; then Debian's packages
over the reference BLAS, BLIS and OpenBLAS. Each is a process of its own, handed the same file.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bothways.matching import Factors, _assign, assign, lists, verify

ROOT = Path(__file__).parent.parent
PROCESSORS = {
    "Prescott": "pni",
    "Nehalem": "sse4_2",
    "Sandybridge": "avx",
    "Haswell": "avx2",
    "SkylakeX": "avx512f",
}
DEBIAN = Path("/usr/bin/python3")
LIBRARIES = ("blas", "blis-openmp", "openblas-pthread")
PACKAGES = "python3-numpy python3-scipy python3-numba libblas3 libblis4-openmp libopenblas0-pthread"
ROOM = 3
LENGTH = 3


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--size", default="3000x1000", help="seekers x givers")
    asked.add_argument("--one", type=Path, help="make the market of this file, and say what became of it")
    given = asked.parse_args()
    if given.one:
        print(json.dumps(made_of(given.one)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return beside_each_other(Path(folder), given.size)


def beside_each_other(folder: Path, size: str) -> int:
    from bench.markets import market

    n, m = (int(many) for many in size.split("x"))
    factors = market(n, m)
    path = folder / "market.npz"
    np.savez(path, seekers=factors.seekers, givers=factors.givers)
    found = set()
    for name, python, settings in ways():
        told = in_a_process(path, python, settings | {"NUMBA_CACHE_DIR": str(folder / python.name)})
        if not told:
            return 1
        print(
            f"{name:<34} {told['round'][:12]}  {told['lists'][:12]}  {told['ok']}  {told['over']}", flush=True
        )
        found.add((told["round"], told["lists"], told["ok"]))
    same = len(found) == 1 and found.pop()[2]
    print("All the same, and proven." if same else "NOT the same.")
    return 0 if same else 1


def ways() -> list[tuple[str, Path, dict[str, str]]]:
    ours = Path(sys.executable)
    made = [(f"ours, {many} threads", ours, {"OPENBLAS_NUM_THREADS": many}) for many in ("1", "2")]
    able = set(Path("/proc/cpuinfo").read_text().split())
    made += [
        (f"ours, as on {one}", ours, {"OPENBLAS_CORETYPE": one})
        for one, needed in PROCESSORS.items()
        if needed in able
    ]
    for library in LIBRARIES:
        folder = next(iter(Path("/usr/lib").glob(f"*/{library}/libblas.so.3")), None)
        if folder is None or not DEBIAN.exists():
            sys.exit(
                f"Other libraries are missing. One command brings them: sudo apt-get install -y {PACKAGES}"
            )
        made.append((f"Debian's over {library}", DEBIAN, {"LD_LIBRARY_PATH": str(folder.parent)}))
    return made


def in_a_process(path: Path, python: Path, settings: dict[str, str]) -> dict[str, str]:
    environment = os.environ | settings | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [str(python), "-m", "bench.blas", "--one", str(path)]
    ran = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode:
        print(f"{python} with {settings} failed:\n{ran.stderr}")
        return {}
    told: dict[str, str] = json.loads(ran.stdout)
    return told


def made_of(path: Path) -> dict[str, object]:
    """SHA-256 of the certificate (pairs, prices and proof) and of all lists; over which library.

    The market is taken for one that is too large to be written out, so that products decide all of it.
    """
    _assign.MOST_WRITTEN = 0
    stored = np.load(path)
    factors = Factors(stored["seekers"], stored["givers"])
    found = assign(factors, ROOM)
    listed = lists(factors, ROOM, LENGTH)
    return {
        "round": hashlib.sha256(found.certificate.to_json().encode()).hexdigest(),
        "lists": hashlib.sha256(listed.givers.astype("<i8").tobytes()).hexdigest(),
        "ok": verify(factors, ROOM, found.certificate).ok,
        "over": f"numpy {np.__version__}, {library()}",
    }


def library() -> str:
    """What this process has loaded to multiply with."""
    loaded = re.findall(r"/\S*/(?:lib\w*blas|lib\w*blis)\S*\.so\S*", Path("/proc/self/maps").read_text())
    return " ".join(sorted({"/".join(Path(one).parts[-2:]) for one in loaded}))


if __name__ == "__main__":
    sys.exit(main())
