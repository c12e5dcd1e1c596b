"""Going on takes two yeses, each said in private; otherwise an agreement ends quietly on its day.

A wish of one alone changes nothing that the other could see: not before, not on the day, not after.
"""

from django.db.models import Max

from bothways.connections import events
from bothways.connections.actions import agreements, dues, locks, quiet, wakings
from bothways.connections.actions.refusals import NoLongerThere
from bothways.connections.models import Agreement, Connection, Due, Meeting
from bothways.connections.rules import lifetimes
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

RENEWAL = quiet.Question.RENEWAL


def ask(connection: Connection, key: str) -> None:
    """Three weeks before the end: ask both."""
    if connection.agreements.in_force().filter(key=key).exists():
        quiet.ask(connection, RENEWAL)
        record(events.RenewalAsked(agreement=key))


@verb
def go_on(connection: Connection, *, by: Person) -> Agreement | None:
    """Say "go on"; where both did it is renewed, for as long as the last time."""
    connection = locks.alive(connection)
    if not quiet.put(connection, RENEWAL, by=by, answer=quiet.Answer.GO_ON):
        raise NoLongerThere
    if not quiet.both_said(connection, RENEWAL, quiet.Answer.GO_ON):
        return None
    return _renew(agreements.in_force(connection))


@verb
def take_back(connection: Connection, *, by: Person) -> None:
    """While nothing came of it, a wish can be taken back."""
    if not quiet.put(locks.alive(connection), RENEWAL, by=by, answer=quiet.Answer.NONE):
        raise NoLongerThere


def close(connection: Connection, key: str) -> None:
    """Its day is over, and nobody renewed it: it ends, and the connection rests, or they stay acquainted."""
    closed = connection.agreements.in_force().filter(key=key).update(closed_at=time.now())
    if not closed:
        return
    quiet.forget(connection, [RENEWAL])
    dues.drop(connection, Due.What.REVIEW, Due.What.RENEWAL)
    if connection.meetings.filter(state=Meeting.State.PICKED).exists():
        wakings.move_to(connection, Connection.State.ACQUAINTED)
    else:
        wakings.fall_asleep(connection)
    record(events.AgreementOver(agreement=key))


def _renew(old: Agreement) -> Agreement:
    connection, now = old.connection, time.now()
    newest = connection.agreements.aggregate(newest=Max("version"))["newest"]
    ends_on = lifetimes.months_later(old.ends_on, old.months)
    connection.agreements.filter(closed_at=None).update(closed_at=now)
    renewed = Agreement.objects.create(
        connection=connection,
        version=newest + 1,
        written_by=old.written_by,
        written_at=now,
        cadence=old.cadence,
        confidentiality=old.confidentiality,
        boundaries=old.boundaries,
        months=old.months,
        review_on=lifetimes.halfway(old.ends_on, ends_on),
        ends_on=ends_on,
        signed_first_at=now,
        signed_second_at=now,
        **{name: getattr(old, name) for name in agreements.CARRIED},
    )
    agreements.enter_force(renewed)
    record(events.AgreementRenewed(agreement=renewed.key))
    return renewed
