"""Meetings: whoever is to pick is asked; a picked, moved or cancelled time goes into both calendars."""

from datetime import timedelta

from bothways.connections import events
from bothways.connections.models import Meeting, Reflection
from bothways.core.events import subscribe
from bothways.inbox.actions import messages

_TO_PICK = ("times", "times_still", "move")
_AT_THE_SAME_MOMENT = timedelta(minutes=1)


def _meeting(key: str) -> Meeting:
    return Meeting.objects.select_related("connection__first", "connection__second", "proposed_by").get(
        key=key
    )


@subscribe(events.TimesProposed)
def ask_to_pick(event: events.TimesProposed) -> None:
    """Times that came with the yes are in the mail about the yes; others for a picked one ask to move it."""
    meeting = _meeting(event.meeting)
    with_the_yes = meeting.proposed_at - meeting.connection.since < _AT_THE_SAME_MOMENT
    messages.clear(meeting, kinds=_TO_PICK)
    messages.clear(meeting.connection, kinds=("meet_again",))
    kind = "move" if meeting.state == Meeting.State.PICKED else "times"
    messages.put(meeting.connection.other(meeting.proposed_by), kind, meeting, mail=not with_the_yes)


@subscribe(events.NothingPicked)
def nudge(event: events.NothingPicked) -> None:
    meeting = _meeting(event.meeting)
    messages.clear(meeting, kinds=("times",))
    kind = "move" if meeting.state == Meeting.State.PICKED else "times_still"
    messages.put(meeting.connection.other(meeting.proposed_by), kind, meeting)


@subscribe(events.MeetingPicked)
def send_the_time(event: events.MeetingPicked) -> None:
    """Both get it for their calendars; only the other one finds it in the inbox."""
    meeting = _meeting(event.meeting)
    messages.clear(meeting)
    messages.clear(meeting.connection, kinds=("connected", "meet_again", "quiet"))
    _for_both_calendars(meeting, "meeting", by=event.by)


@subscribe(events.MeetingCancelled)
def call_it_off(event: events.MeetingCancelled) -> None:
    """A picked one. Where the connection ended it is nobody's doing, and both read it."""
    meeting = _meeting(event.meeting)
    messages.clear(meeting)
    _for_both_calendars(meeting, "cancelled", by=event.by)


@subscribe(events.TimesWithdrawn)
def nothing_to_pick(event: events.TimesWithdrawn) -> None:
    messages.clear(_meeting(event.meeting), kinds=_TO_PICK)


@subscribe(events.MeetingMissed)
def note_kindly(event: events.MeetingMissed) -> None:
    meeting = _meeting(event.meeting)
    messages.clear(meeting)
    for person in (meeting.connection.first, meeting.connection.second):
        messages.put(person, "missed", meeting)


def _for_both_calendars(meeting: Meeting, kind: str, *, by: str) -> None:
    for person in (meeting.connection.first, meeting.connection.second):
        message = messages.put(person, kind, meeting)
        if person.key == by:
            messages.put_away(message)


@subscribe(events.MeetingHeld)
def ask_what_was_learned(event: events.MeetingHeld) -> None:
    meeting = _meeting(event.meeting)
    messages.clear(meeting)
    for person in (meeting.connection.first, meeting.connection.second):
        messages.put(person, "reflect", meeting)


@subscribe(events.LearningShared)
def tell_what_was_learned(event: events.LearningShared) -> None:
    reflection = Reflection.objects.select_related(
        "meeting__connection__first", "meeting__connection__second", "author"
    ).get(key=event.reflection)
    messages.clear(reflection.meeting, kinds=("reflect",), person=reflection.author)
    messages.put(reflection.meeting.connection.other(reflection.author), "learned", reflection)
