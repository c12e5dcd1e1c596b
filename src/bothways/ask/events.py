"""What happened to asks, for inbox. Each is for the ask's author or the picked steward alone."""

from dataclasses import dataclass

from bothways.core.events import Event


@dataclass(frozen=True, kw_only=True)
class NobodyYet(Event):
    """Everybody on the list has had their turn, and its time is over without a connection."""

    ask: str


@dataclass(frozen=True, kw_only=True)
class SomebodyTurnedUp(Event):
    """An ask that was kept open has somebody to suggest who was not there before."""

    ask: str


@dataclass(frozen=True, kw_only=True)
class StewardAsked(Event):
    """For the steward who was picked."""

    steward_ask: str


@dataclass(frozen=True, kw_only=True)
class StewardReplied(Event):
    """For the author."""

    steward_ask: str
