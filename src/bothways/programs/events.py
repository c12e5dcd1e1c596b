"""What happened to rounds, for inbox."""

from dataclasses import dataclass

from bothways.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RehearsalEnded(Event):
    """For whoever asked for it: it can be looked at, or says why there is none."""

    rehearsal: str
