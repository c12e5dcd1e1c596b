from dataclasses import dataclass

from bothways.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonWentAway(Event):
    """Away from now on, suspended, gone or erased: whatever is open with this person ends."""

    person: str


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    person: str
    invitation: str


@dataclass(frozen=True, kw_only=True)
class PersonConfirmed(Event):
    person: str


@dataclass(frozen=True, kw_only=True)
class TopicRenamed(Event):
    """What this topic is called has changed for those who offer it, by its own name or by a merge into it."""

    organisation: str
    topic: str


@dataclass(frozen=True, kw_only=True)
class EverybodyInvited(Event):
    """A steward invites all who were not reached; the worker writes the invitations."""

    organisation: str
    by: str
