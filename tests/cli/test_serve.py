"""What `serve` does with a child that dies: at once where it was killed, ever more slowly where it fails."""

import signal
import sys
import time
from collections.abc import Callable

import pytest

from bothways.cli import serve
from bothways.cli.serve import Child

SLEEPS = "import time; time.sleep(60)"
FAILS = "raise SystemExit(3)"


def end(child: Child) -> None:
    """Where it has been started again."""
    if child.process:
        child.kill_all()
        child.process.wait()


@pytest.fixture
def child() -> Child:
    return Child("worker")


def pauses(child: Child, deaths: int, *, code: str, then: Callable[[Child], object]) -> list[int]:
    """In seconds, from each death until it may start again."""
    found = []
    child.command = [sys.executable, "-S", "-c", code]
    for _ in range(deaths):
        child.start()
        then(child)
        assert child.process
        child.process.wait()
        now = time.monotonic()
        child.look_after()
        found.append(int(child.start_at - now))
        end(child)
    return found


def test_what_fails_at_once_starts_ever_more_slowly(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "LIVES_WELL", 60.0)
    assert pauses(child, 3, code=FAILS, then=bool) == [2, 4, 8]


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_what_was_killed_starts_at_once(child: Child, by: signal.Signals) -> None:
    killed = pauses(child, 3, code=SLEEPS, then=lambda alive: alive.send(by))
    assert killed == [int(serve.A_MOMENT)] * 3
