"""What the verbs of a connection refuse, each named for what is refused."""

from datetime import datetime


class Refusal(Exception):
    """Something that cannot be done now. Views say it in a sentence."""


class HasEnded(Refusal):
    """The connection has ended; both may be introduced again."""


class NoLongerThere(Refusal):
    """The time, meeting, proposal or question is no longer open: the other one was quicker, or it is over."""


class AlreadyPlanned(Refusal):
    """A meeting is planned already; move that one."""


class AlreadyProposed(Refusal):
    """What this person proposed stands until it is taken up, or lapses."""


class NotYoursToPick(Refusal):
    """Whoever proposed the times does not pick one of them."""


class Outdated(Refusal):
    """Somebody wrote a newer version meanwhile."""


class InThePast(Refusal):
    """The time has gone by. `instead` is what was probably meant."""

    def __init__(self, instead: datetime) -> None:
        super().__init__(instead)
        self.instead = instead


class NoTimes(Refusal):
    """At least one time, at most three."""


class NotSomebodyToTell(Refusal):
    """Not one of the people who may be told here."""
