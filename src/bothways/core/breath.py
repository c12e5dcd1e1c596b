"""How long work stays polite: in slices of two seconds at most, with a breath between them.

The worker's loop is told to stop by its parent and has four seconds to do so. Whatever works longer
than a slice calls `breathe()` between two of them; where the worker is stopping, that raises `Stopped`,
which puts the job back where it was. It begins again at the next start, so it must remember its progress.

A breath also lets others have a turn: whoever begins long work says who, with `meanwhile`. And it leaves
SQLite's one lock alone for a moment: else a visitor's writing may wait as long as the work lasts.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from django.db import connection

A_SLICE = 2.0  # seconds
LOCKS_FOR = 0.5  # seconds that others may have to wait for SQLite's lock
LEAVES_FOR = 0.11  # seconds: whoever waits for the lock tries again every tenth of a second


class Stopped(BaseException):
    """The worker stops now. Not an Exception, so that no job's own handler swallows it."""


class _Stopping:
    """Whether this process is told to stop, and how many breaths it has taken."""

    event = threading.Event()
    breaths = 0


class _Others:
    """Who has a turn between two slices of what this thread is at, and when they last had it."""

    turn: Callable[[], object] | None = None
    last = 0.0


class _Lock(threading.local):
    """When this thread last left it alone; None where it does not work for others."""

    left_at: float | None = None


_lock = _Lock()  # of each thread its own: that the heartbeat sleeps helps nobody who waits for the work


def breathe() -> None:
    """Between two slices: shows that the work goes on; raises `Stopped` where it must not."""
    _Stopping.breaths += 1
    if _Stopping.event.is_set():
        raise Stopped
    if _is_long_at_it():
        wait(LEAVES_FOR)
    turn = _Others.turn
    if turn is None or monotonic() - _Others.last < A_SLICE or connection.in_atomic_block:
        return
    _Others.turn = None
    try:
        turn()
    finally:
        _Others.turn, _Others.last = turn, monotonic()


def _is_long_at_it() -> bool:
    if _lock.left_at is None or connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    return monotonic() - _lock.left_at >= LOCKS_FOR


@contextmanager
def leaving_the_lock() -> Iterator[None]:
    """Inside, `breathe` pauses now and then, so that others can write. For a worker, not for a page."""
    _lock.left_at = monotonic()
    try:
        yield
    finally:
        _lock.left_at = None


@contextmanager
def meanwhile(turn: Callable[[], object]) -> Iterator[None]:
    """Inside, `turn` is called between slices; never within a transaction, nor within another turn."""
    _Others.turn, _Others.last = turn, monotonic()
    try:
        yield
    finally:
        _Others.turn = None


def stop() -> None:
    _Stopping.event.set()


def start() -> None:
    _Stopping.event.clear()


def stopping() -> bool:
    return _Stopping.event.is_set()


def wait(seconds: float) -> None:
    """Sleep, but wake at once to stop. Never within a transaction: it counts as leaving the lock alone."""
    _Stopping.event.wait(seconds)
    if _lock.left_at is not None:
        _lock.left_at = monotonic()


def taken() -> int:
    """Grows while work goes on; a watcher that sees it stand still knows that the work hangs."""
    return _Stopping.breaths
