"""Meetings: times are proposed, one is picked, perhaps moved or cancelled; then it is held, or was missed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bothways.connections import events
from bothways.connections.actions import bookings, dues, locks, quiet, wakings
from bothways.connections.actions.refusals import (
    AlreadyPlanned,
    InThePast,
    NoLongerThere,
    NoTimes,
    NotYoursToPick,
)
from bothways.connections.models import Connection, Due, Meeting
from bothways.connections.rules import kinds, lifetimes, scheduling
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

What = Due.What
State = Meeting.State


@verb
def propose(
    connection: Connection,
    times: Sequence[datetime],
    *,
    by: Person,
    minutes: int | None = None,
    where: str = "",
) -> Meeting:
    """Offer up to three times, instead of any offered before. Wakes a resting connection."""
    connection = locks.alive(connection)
    starts = _checked(times, by)
    if connection.meetings.filter(state=State.PICKED).exists():
        raise AlreadyPlanned
    _withdraw_others(connection)
    wakings.wake_up(connection)
    meeting = Meeting.objects.create(
        connection=connection,
        proposed_by=by,
        proposed_at=time.now(),
        times=starts,
        minutes=minutes or kinds.pace(connection.kind).minutes,
        where=where,
    )
    record(events.TimesProposed(meeting=meeting.key))
    return meeting


@verb
def pick(meeting: Meeting, start: datetime, *, by: Person) -> Meeting:
    """Take one of the times the other offered; for a meeting already picked this moves it."""
    meeting = _to_come(meeting)
    if by.pk == meeting.proposed_by_id:
        raise NotYoursToPick
    if start not in meeting.starts(time.now()):
        raise NoLongerThere
    _withdraw_others(meeting.connection, but=meeting)
    moved = meeting.state == State.PICKED
    meeting.state, meeting.starts_at, meeting.times = State.PICKED, start, []
    meeting.sequence += int(moved)
    meeting.save(update_fields=["state", "starts_at", "times", "sequence"])
    _settle(meeting)
    record(events.MeetingPicked(meeting=meeting.key, by=by.key))
    return meeting


@verb
def move(meeting: Meeting, times: Sequence[datetime], *, by: Person) -> Meeting:
    """Offer other times for a picked meeting. The picked time stands until the other takes a new one."""
    meeting = _to_come(meeting)
    if meeting.state != State.PICKED:
        raise NoLongerThere
    meeting.times, meeting.proposed_by, meeting.proposed_at = _checked(times, by), by, time.now()
    meeting.save(update_fields=["times", "proposed_by", "proposed_at"])
    record(events.TimesProposed(meeting=meeting.key))
    return meeting


@verb
def settle_place(meeting: Meeting, where: str, *, by: Person) -> Meeting:
    """Say where, or by which link."""
    meeting = _to_come(meeting)
    if meeting.where != where:
        meeting.where = where
        meeting.sequence += int(meeting.state == State.PICKED)
        meeting.save(update_fields=["where", "sequence"])
        if meeting.state == State.PICKED:
            record(events.MeetingPicked(meeting=meeting.key, by=by.key))
    return meeting


@verb
def cancel(meeting: Meeting, *, by: Person, instead: Sequence[datetime] = ()) -> Meeting | None:
    """Call it off, with other times if there are any; returns the new proposal."""
    meeting = _to_come(meeting)
    call_off(meeting, by=by)
    if not instead:
        return None
    return propose(meeting.connection, instead, by=by, minutes=meeting.minutes, where=meeting.where)


@verb
def miss(meeting: Meeting) -> Meeting:
    """They did not manage to meet. Nobody is named, nothing is asked; the minutes are given back."""
    meeting = _after(meeting, State.HELD)
    meeting.state = State.MISSED
    meeting.save(update_fields=["state"])
    bookings.give_back(meeting)
    record(events.MeetingMissed(meeting=meeting.key))
    return meeting


@verb
def met_after_all(meeting: Meeting) -> Meeting:
    meeting = _after(meeting, State.MISSED)
    meeting.state = State.HELD
    meeting.save(update_fields=["state"])
    bookings.book(meeting)
    return meeting


def call_off(meeting: Meeting, *, by: Person | None) -> None:
    """Cancel under the connection's lock. Nobody's name where the connection ends."""
    picked = meeting.state == State.PICKED
    meeting.state, meeting.times = State.CANCELLED, []
    meeting.sequence += 1
    meeting.save(update_fields=["state", "times", "sequence"])
    dues.drop(meeting.connection, about=meeting.key)
    if picked:
        bookings.give_back(meeting)
        record(events.MeetingCancelled(meeting=meeting.key, by=by.key if by else ""))
    else:
        record(events.TimesWithdrawn(meeting=meeting.key))


def hold(connection: Connection, key: str) -> None:
    """The end of a picked meeting has come: it was held, unless they say otherwise."""
    meeting = connection.meetings.filter(key=key, state=State.PICKED).first()
    if meeting is None or meeting.ends_at is None or meeting.ends_at > time.now():
        return
    meeting.state, meeting.times = State.HELD, []
    meeting.save(update_fields=["state", "times"])
    dues.drop(connection, What.PICK_SOON, What.PICK_LATE, about=key)
    dues.drop(connection, What.QUIET_OVER)
    quiet.forget(connection, [quiet.Question.QUIET])  # whoever has just met need not be asked whether to
    dues.appoint(connection, What.QUIET, at=meeting.ends_at + lifetimes.QUIET_AFTER)
    record(events.MeetingHeld(meeting=key))


def hold_what_is_over(connection: Connection) -> None:
    """Before a verb that depends on it: a meeting whose end has come was held, though no tick has said so."""
    for key in connection.meetings.filter(state=State.PICKED).values_list("key", flat=True):
        hold(connection, key)


def remind_to_pick(meeting: Meeting) -> None:
    """Fix the two times at which an unpicked proposal is brought to mind."""
    if meeting.is_to_come and meeting.times:
        for what, after in ((What.PICK_SOON, lifetimes.PICK_SOON), (What.PICK_LATE, lifetimes.PICK_LATE)):
            dues.appoint(meeting.connection, what, at=meeting.proposed_at + after, about=meeting.key)


def nudge_soon(connection: Connection, key: str) -> None:
    _nudge(connection, key, days=lifetimes.PICK_SOON.days)


def nudge_late(connection: Connection, key: str) -> None:
    _nudge(connection, key, days=lifetimes.PICK_LATE.days)


def _nudge(connection: Connection, key: str, *, days: int) -> None:
    waiting = connection.meetings.filter(key=key).first()
    if waiting and waiting.is_to_come and waiting.times:
        record(events.NothingPicked(meeting=key, days=days))


def _to_come(meeting: Meeting) -> Meeting:
    connection = locks.alive(meeting.connection)
    current = Meeting.objects.get(pk=meeting.pk)
    current.connection = connection
    if not current.is_to_come or (current.ends_at and current.ends_at <= time.now()):
        raise NoLongerThere
    return current


def _after(meeting: Meeting, state: str) -> Meeting:
    connection = locks.alive(meeting.connection)
    current = Meeting.objects.get(pk=meeting.pk)
    current.connection = connection
    if current.state != state:
        raise NoLongerThere
    return current


def _checked(times: Sequence[datetime], by: Person) -> list[str]:
    """Distinct, to come, in order; as stored."""
    starts = sorted({start.astimezone(UTC) for start in times})
    if not 1 <= len(starts) <= scheduling.MOST_TIMES:
        raise NoTimes
    now = time.now()
    for start in starts:
        if start <= now:
            raise InThePast(scheduling.next_alike(start, now=now, zone=by.time_zone))
        if start > now + scheduling.FURTHEST:
            raise NoTimes
    return [start.isoformat() for start in starts]


def _withdraw_others(connection: Connection, but: Meeting | None = None) -> None:
    offered = connection.meetings.filter(state=State.PROPOSED)
    for meeting in offered.exclude(pk=but.pk) if but else offered:
        meeting.connection = connection
        call_off(meeting, by=None)


def _settle(meeting: Meeting) -> None:
    connection = meeting.connection
    wakings.wake_up(connection)
    dues.drop(connection, about=meeting.key)
    if meeting.ends_at:
        dues.appoint(connection, What.MEETING_OVER, at=meeting.ends_at, about=meeting.key)
    bookings.book(meeting)
