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
class MoreReplied(Event):
    """The other side replied to somebody's "tell me more"."""

    introduction: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ReminderCame(Event):
    """The time of the reminder has come: recorded of every open introduction, whatever was answered.

    Whoever writes the reminders asks `queries.own_answers` whether this person has answered.
    """

    introduction: str


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
    """Times to pick from; where the meeting is picked already, other times that it might move to."""

    meeting: str


@dataclass(frozen=True, kw_only=True)
class MeetingPicked(Event):
    """A time was picked, or a picked one moved."""

    meeting: str
    by: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A picked meeting is cancelled. `by` is empty where the connection ended: nobody's name."""

    meeting: str
    by: str


@dataclass(frozen=True, kw_only=True)
class TimesWithdrawn(Event):
    """The proposed times of a meeting that was never picked are no longer offered."""

    meeting: str


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    """Its end has come: both are asked what they learned."""

    meeting: str


@dataclass(frozen=True, kw_only=True)
class MeetingMissed(Event):
    """They did not manage to meet. Nobody's name."""

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


@dataclass(frozen=True, kw_only=True)
class NothingPicked(Event):
    """Times were proposed 3 or 10 days ago and none is picked; fixed when they were proposed."""

    meeting: str
    days: int


@dataclass(frozen=True, kw_only=True)
class KindProposed(Event):
    """One of them proposed to make it something lasting."""

    connection: str
    by: str


@dataclass(frozen=True, kw_only=True)
class KindAgreed(Event):
    connection: str


@dataclass(frozen=True, kw_only=True)
class FitAsked(Event):
    """Both are asked, each in private, two weeks after connecting."""

    connection: str


@dataclass(frozen=True, kw_only=True)
class FitOver(Event):
    """The time of that question is over, whatever was answered."""

    connection: str


@dataclass(frozen=True, kw_only=True)
class QuietAsked(Event):
    """Nobody has met for 45 days: both are asked in private, "rest, meet, or end?"."""

    connection: str


@dataclass(frozen=True, kw_only=True)
class BothWouldMeet(Event):
    """Both said "meet" and no time is planned yet."""

    connection: str


@dataclass(frozen=True, kw_only=True)
class ConnectionRests(Event):
    """It rests from now on. Whether somebody said so or nobody said anything is nowhere."""

    connection: str


@dataclass(frozen=True, kw_only=True)
class ReviewDue(Event):
    """The day both chose to look at their agreement again."""

    agreement: str


@dataclass(frozen=True, kw_only=True)
class RenewalAsked(Event):
    """Three weeks before the end both are asked, each in private, whether to go on."""

    agreement: str


@dataclass(frozen=True, kw_only=True)
class AgreementRenewed(Event):
    """Two yeses. `agreement` is the new one."""

    agreement: str


@dataclass(frozen=True, kw_only=True)
class AgreementOver(Event):
    """Its time is over, on the day it said. One and the same text, whatever either wished."""

    agreement: str


@dataclass(frozen=True, kw_only=True)
class NewOfferDue(Event):
    """A connection of this person ended: show them somebody new."""

    person: str


@dataclass(frozen=True, kw_only=True)
class ConcernTold(Event):
    concern: str


@dataclass(frozen=True, kw_only=True)
class ConcernReplied(Event):
    concern: str
