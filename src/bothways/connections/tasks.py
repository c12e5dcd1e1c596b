"""Periodic jobs of connections."""

from datetime import timedelta

from bothways.connections.actions import clock, dues, life
from bothways.core import ticks


@ticks.every(timedelta(minutes=1))
def promise_clock() -> bool:
    return clock.advance()


@ticks.every(timedelta(minutes=1))
def life_of_connections() -> bool:
    return life.advance()


@ticks.every(timedelta(days=1), at=timedelta(hours=3))
def forget_what_has_happened() -> None:
    dues.forget()
