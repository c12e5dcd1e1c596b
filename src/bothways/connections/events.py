"""What happened to introductions and connections. Never an answer: a sealed answer records nothing."""

from dataclasses import dataclass

from bothways.core.events import Event


@dataclass(frozen=True, kw_only=True)
class IntroductionOpened(Event):
    """Recorded for delivered introductions only."""

    introduction: str


@dataclass(frozen=True, kw_only=True)
class IntroductionEnded(Event):
    """It ended without connecting; `how` is public state and never an answer."""

    introduction: str
    how: str


@dataclass(frozen=True, kw_only=True)
class MoreAsked(Event):
    """One side asked for more (rule 11)."""

    introduction: str
    by: str


@dataclass(frozen=True, kw_only=True)
class QueueClosed(Event):
    queue: str
    how: str


@dataclass(frozen=True, kw_only=True)
class ConnectionMade(Event):
    connection: str


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    message: str


@dataclass(frozen=True, kw_only=True)
class TimesProposed(Event):
    meeting: str


@dataclass(frozen=True, kw_only=True)
class MeetingPicked(Event):
    """A time was picked, or a picked one moved."""

    meeting: str
    by: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    meeting: str
    by: str


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    meeting: str


@dataclass(frozen=True, kw_only=True)
class LearningShared(Event):
    reflection: str


@dataclass(frozen=True, kw_only=True)
class AgreementWritten(Event):
    agreement: str
    by: str


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(Event):
    """Both have signed; it is in force."""

    agreement: str


@dataclass(frozen=True, kw_only=True)
class ConnectionEnded(Event):
    """Ended kindly. Who ended it is nowhere."""

    connection: str
