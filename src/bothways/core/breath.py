"""How long work stays polite: in slices of two seconds at most, with a breath between them.

The worker's loop is told to stop by its parent and has four seconds to do so. Whatever works longer
than a slice calls `breathe()` between two of them; where the worker is stopping, that raises `Stopped`,
which puts the job back where it was. It begins again at the next start, so it must remember its progress.
"""

import threading


class Stopped(BaseException):
    """The worker stops now. Not an Exception, so that no job's own handler swallows it."""


class _Stopping:
    """Whether this process is told to stop, and how many breaths it has taken."""

    event = threading.Event()
    breaths = 0


def breathe() -> None:
    """Between two slices: shows that the work goes on; raises `Stopped` where it must not."""
    _Stopping.breaths += 1
    if _Stopping.event.is_set():
        raise Stopped


def stop() -> None:
    _Stopping.event.set()


def start() -> None:
    _Stopping.event.clear()


def stopping() -> bool:
    return _Stopping.event.is_set()


def wait(seconds: float) -> None:
    """Sleep, but wake at once to stop."""
    _Stopping.event.wait(seconds)


def taken() -> int:
    """Grows while work goes on; a watcher that sees it stand still knows that the work hangs."""
    return _Stopping.breaths
