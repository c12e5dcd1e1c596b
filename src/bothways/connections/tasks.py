"""Periodic jobs of connections."""

from datetime import timedelta

from bothways.connections.actions import clock
from bothways.core import ticks


@ticks.every(timedelta(minutes=1))
def promise_clock() -> None:
    clock.advance()
