"""A clone to run the real bin/demo in, and the real processes it starts."""

import os
import resource
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("bin/demo", "bin/setup", "requirements.lock", "pyproject.toml", "CHANGELOG.md")
PATIENCE = 120.0  # seconds; other tests run beside this one
TICKS = os.sysconf("SC_CLK_TCK")


def make(folder: Path) -> Path:
    """Answers a link to its bin/demo. The project itself is set up first: the copy has nothing left to do."""
    subprocess.run([ROOT / "bin" / "setup"], check=True, capture_output=True)
    clone = folder / "a clone"
    (clone / "bin").mkdir(parents=True)
    for part in PARTS:
        shutil.copy2(ROOT / part, clone / part)
    (clone / ".venv").symlink_to(ROOT / ".venv")
    link = folder / "try-bothways"
    link.symlink_to(clone / "bin" / "demo")
    return link


def cpu_of_a_start(link: Path) -> float:
    """Seconds of processor time that one command takes here and now, which finds nothing to do."""
    clone = link.resolve().parents[1]
    command = [str(clone / ".venv/bin/bothways"), "migrate", "--data", str(clone / "var")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=clean(), check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def clean() -> dict[str, str]:
    """The environment, without what a test has set for itself."""
    ours = ("BOTHWAYS_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """One run of the command from the folder `/`, and whatever it has started."""

    def __init__(self, link: Path, *given: str) -> None:
        self.port = free_port()
        self.said = (link.parent / f"said-{self.port}").open("w+")
        self.process = subprocess.Popen(
            [link, "--no-open", "--people", "12", "--port", str(self.port), *given],
            cwd="/",
            env=clean() | {"PYTHONUNBUFFERED": "1"},
            stdout=self.said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.known: set[int] = set()

    @property
    def words(self) -> str:
        return Path(self.said.name).read_text()

    def family(self) -> set[int]:
        """The pids of the command and of all that it started, theirs too, as far as they live."""
        of: dict[int, list[int]] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                of.setdefault(int(_stat(int(stat.parent.name))[1]), []).append(int(stat.parent.name))
        found, more = set[int](), [self.process.pid]
        while more:
            found.add(pid := more.pop())
            more += of.get(pid, [])
        self.known |= found
        return {pid for pid in self.known if _lives(pid)}

    def cpu(self) -> float:
        """Seconds of processor time of the whole family, its dead included."""
        return sum(sum(map(int, _stat(pid)[11:15])) for pid in self.family()) / TICKS

    def megabytes(self) -> float:
        """What it takes of the machine's memory: shared pages count by their share."""
        rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.family()]
        return sum(int(text.partition("\nPss:")[2].split()[0]) for text in rollups) / 1024

    def until(self, words: str) -> None:
        ends_at = time.monotonic() + PATIENCE
        while words not in self.words:
            assert self.process.poll() is None, self.words
            assert time.monotonic() < ends_at, self.words
            time.sleep(0.05)
        self.family()

    def get(self, path: str) -> str:
        return self.asked(path)[1]

    def asked(self, path: str, host: str = "localhost") -> tuple[int, str]:
        """Status and page, by that name."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asking.request("GET", path, headers={"Host": f"{host}:{self.port}"})
            answer = asking.getresponse()
            return answer.status, answer.read().decode()
        finally:
            asking.close()

    def ends(self) -> int:
        """Its exit code."""
        return self.process.wait(PATIENCE)

    def gone_within(self, seconds: float) -> bool:
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            self.process.poll()
            if not self.family():
                return True
            time.sleep(0.02)
        return False


def answers(demo: Demo) -> bool:
    with suppress(OSError, HTTPException):
        demo.get("/healthz")
        return True
    return False


@contextmanager
def running(link: Path, *given: str) -> Iterator[Demo]:
    demo = Demo(link, *given)
    try:
        yield demo
    finally:
        for pid in demo.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        demo.process.wait(PATIENCE)
        demo.said.close()


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent, and on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _lives(pid: int) -> bool:
    try:
        return _stat(pid)[0] not in "ZX"
    except OSError:
        return False
