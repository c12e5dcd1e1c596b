"""What a child process does in tests."""

import os
import signal
import sys
from collections.abc import Callable
from time import sleep

Between = Callable[[float], None]


def double(number: int, *, between: Between) -> tuple[int, int]:
    between(0.5)
    return 2 * number, os.getpid()


def refuse(*, between: Between) -> None:
    raise UnicodeError("no such word")


def fall(*, between: Between) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stumble(*, between: Between) -> None:
    sys.stderr.close()
    raise RuntimeError


def for_ever(*, between: Between) -> None:
    while True:
        between(float(os.getpid()))
        sleep(0.05)


def in_silence(*, between: Between) -> None:
    """Says who it is, once."""
    between(float(os.getpid()))
    sleep(20)


def much(text: str, *, between: Between) -> str:
    return text[::-1]
