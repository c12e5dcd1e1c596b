"""A connection's own verbs: it begins, rests, wakes, ends kindly, becomes something lasting."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from bothways.connections import events
from bothways.connections.actions import bookings, dues, locks, meetings, quiet, wakings
from bothways.connections.actions.refusals import AlreadyPlanned, AlreadyProposed, HasEnded, NoLongerThere
from bothways.connections.models import Connection, Due, Meeting
from bothways.connections.rules import kind_texts, lifetimes
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

State = Connection.State


@verb
def begin(connection: Connection) -> None:
    """Fix the times of a new connection's life: the fit check, and the question after a long quiet."""
    connection = locks.connection(connection)
    already = Due.objects.filter(connection=connection, what=Due.What.FIT).exists()
    if connection.is_alive and not already:
        dues.appoint(connection, Due.What.FIT, at=connection.since + lifetimes.FIT_AFTER)
        dues.appoint(connection, Due.What.QUIET, at=connection.since + lifetimes.QUIET_AFTER)


@verb
def rest(connection: Connection) -> None:
    """Let it rest. Times that were offered are withdrawn; a planned meeting is cancelled by itself first."""
    connection = locks.alive(connection)
    meetings.hold_what_is_over(connection)
    if connection.meetings.filter(state=Meeting.State.PICKED).exists():
        raise AlreadyPlanned
    call_off_all(connection)
    if connection.state != State.RESTING:
        wakings.fall_asleep(connection)


@verb
def call_off_and_rest(connection: Connection) -> None:
    """Let it rest with nothing planned any more; nobody's name, whoever wished it."""
    call_off_all(connection)
    rest(connection)


@verb
def wake(connection: Connection) -> None:
    wakings.wake_up(locks.alive(connection))


@verb
def end(connection: Connection) -> None:
    """End it kindly, by either, at any time. Nothing is kept of who did; ending twice is ending once."""
    connection = locks.connection(connection)
    if not connection.is_alive:
        return
    call_off_all(connection)
    bookings.give_back_promised(connection)
    dues.drop(connection)
    quiet.forget(connection)
    connection.agreements.filter(closed_at=None).update(closed_at=time.now())
    _clear_kind(connection)
    wakings.move_to(connection, State.ENDED)
    record(events.ConnectionEnded(connection=connection.key))
    _offer_somebody_new(connection)


@verb
def let_go(person: Person) -> None:
    """Somebody left or is suspended: what they left ends or rests, with the texts that it always has.

    Being away for a while changes nothing here.
    """
    if person.state not in (Person.State.LEFT, Person.State.SUSPENDED):
        return
    for connection in Connection.objects.ours(person).alive().order_by("pk"):
        with suppress(HasEnded), transaction.atomic():  # by the other one, meanwhile
            if person.state == Person.State.LEFT:
                end(connection)
            else:
                call_off_and_rest(connection)


@verb
def call_off_all(connection: Connection) -> None:
    """Cancel whatever is planned or offered, with nobody's name."""
    connection = locks.alive(connection)
    meetings.hold_what_is_over(connection)
    for meeting in connection.meetings.to_come():
        meeting.connection = connection
        meetings.call_off(meeting, by=None)


@verb
def cannot(connection: Connection, *, by: Person, instead: Sequence[datetime] = ()) -> Meeting | None:
    """ "I can't after all", before the first meeting: it is off, perhaps for other times.

    It costs nothing, and nothing else changes.
    """
    connection = locks.alive(connection)
    meetings.hold_what_is_over(connection)
    if connection.meetings.filter(state=Meeting.State.HELD).exists():
        raise NoLongerThere
    for meeting in connection.meetings.to_come():
        meeting.connection = connection
        meetings.call_off(meeting, by=by)
    return meetings.propose(connection, instead, by=by) if instead else None


@verb
def propose_kind(connection: Connection, kind: str, *, by: Person) -> None:
    """ "Shall we make this mentoring?" Where the other has just proposed the same, it is agreed.

    One proposal at a time, until it lapses. Who left it once hears of no other; the proposer reads the same.
    """
    connection = locks.alive(connection)
    on_offer = connection.kind_on_offer(time.now())
    if on_offer and connection.kind_proposed_by_id == by.pk:
        raise AlreadyProposed
    if on_offer:
        if on_offer != kind:
            raise NoLongerThere
        _agree(connection)
        return
    if kind not in kind_texts.LASTING or kind == connection.kind:
        raise NoLongerThere
    connection.proposed_kind, connection.kind_proposed_by = kind, by
    connection.kind_proposed_at = time.now()
    connection.save(update_fields=["proposed_kind", "kind_proposed_by", "kind_proposed_at"])
    if quiet.ask_back(connection, quiet.Question.KIND, by=by):
        record(events.KindProposed(connection=connection.key, by=by.key))


@verb
def agree_kind(connection: Connection, *, by: Person) -> None:
    connection = locks.alive(connection)
    if not connection.kind_on_offer(time.now()) or connection.kind_proposed_by_id == by.pk:
        raise NoLongerThere
    _agree(connection)


@verb
def leave_kind(connection: Connection, *, by: Person) -> None:
    """Leave it as it is: the question goes from this person's page, and nothing else changes."""
    quiet.put(locks.alive(connection), quiet.Question.KIND, by=by, answer=quiet.Answer.LEAVE)


def _agree(connection: Connection) -> None:
    connection.kind = connection.proposed_kind
    connection.save(update_fields=["kind"])
    _clear_kind(connection)
    quiet.forget(connection, [quiet.Question.KIND])
    record(events.KindAgreed(connection=connection.key))


def _clear_kind(connection: Connection) -> None:
    connection.proposed_kind, connection.kind_proposed_by, connection.kind_proposed_at = "", None, None
    connection.save(update_fields=["proposed_kind", "kind_proposed_by", "kind_proposed_at"])


def _offer_somebody_new(connection: Connection) -> None:
    for person in connection.pair():
        if person.state == Person.State.ACTIVE:
            record(events.NewOfferDue(person=person.key))
