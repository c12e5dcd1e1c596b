"""Agreements: whoever writes a version signs it by writing; in force once the other signs the same one."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Max, QuerySet

from bothways.connections import events
from bothways.connections.actions import dues, locks, quiet, wakings
from bothways.connections.actions.refusals import NoLongerThere, Outdated
from bothways.connections.models import Agreement, Connection, Due
from bothways.connections.rules import lifetimes
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person

What = Due.What
CARRIED = ("first_brings", "first_hopes", "second_brings", "second_hopes")


@dataclass(frozen=True)
class Words:
    """What one person writes: their own two texts, and what holds for both."""

    brings: str
    hopes: str
    cadence: str
    confidentiality: str
    boundaries: str
    months: int
    review_on: date | None = None


@verb
def write(connection: Connection, words: Words, *, by: Person, upon: int) -> Agreement:
    """Write the version after `upon` (0 where there is none) and sign it; the other one has to sign it too.

    The other's own words are carried over unchanged; until they write them they are empty.
    """
    connection = locks.alive(connection)
    latest = connection.agreements.order_by("-version").first()
    if (latest.version if latest else 0) != upon:
        raise Outdated
    unsigned(connection).update(closed_at=time.now())
    written = asdict(words)
    mine = "first" if by.pk == connection.first_id else "second"
    texts = {name: getattr(latest, name) if latest else "" for name in CARRIED}
    texts |= {f"{mine}_brings": written.pop("brings"), f"{mine}_hopes": written.pop("hopes")}
    today = time.today(connection.organisation.time_zone)
    ends_on = lifetimes.months_later(today, words.months)
    agreement = Agreement.objects.create(
        connection=connection,
        version=upon + 1,
        written_by=by,
        written_at=time.now(),
        ends_on=ends_on,
        **{f"signed_{mine}_at": time.now()},
        **texts,
        **(written | {"review_on": words.review_on or lifetimes.halfway(today, ends_on)}),
    )
    record(events.AgreementWritten(agreement=agreement.key, by=by.key))
    return agreement


@verb
def sign(agreement: Agreement, *, by: Person) -> Agreement:
    """Sign exactly this version. Raises `Outdated` where a newer one was written; twice is once."""
    connection = locks.alive(agreement.connection)
    newest = connection.agreements.aggregate(newest=Max("version"))["newest"]
    current = Agreement.objects.select_related("connection").get(pk=agreement.pk)
    if current.version != newest or current.closed_at:
        raise Outdated
    if current.signed_by(by):
        return current
    current.connection = connection
    column = f"signed_{current.side(by)}_at"
    if current.ends_on <= time.today(connection.organisation.time_zone):
        raise Outdated
    setattr(current, column, time.now())
    connection.agreements.in_force().update(closed_at=time.now())
    current.save(update_fields=[column])
    enter_force(current)
    record(events.AgreementSigned(agreement=current.key))
    return current


def enter_force(agreement: Agreement) -> None:
    """Both have signed: fix its times, and the connection is agreed."""
    connection = agreement.connection
    zone = connection.organisation.time_zone
    quiet.forget(connection, [quiet.Question.RENEWAL])
    dues.drop(connection, What.REVIEW, What.RENEWAL, What.AGREEMENT_OVER)
    if agreement.review_on:
        review = lifetimes.morning_of(agreement.review_on, zone)
        dues.appoint(connection, What.REVIEW, at=review, about=agreement.key)
    opens = lifetimes.renewal_opens(agreement.ends_on, zone)
    dues.appoint(connection, What.RENEWAL, at=opens, about=agreement.key)
    over = lifetimes.end_of(agreement.ends_on, zone)
    dues.appoint(connection, What.AGREEMENT_OVER, at=over, about=agreement.key)
    wakings.wake_up(connection)
    wakings.move_to(connection, Connection.State.AGREED)


def bring_to_mind(connection: Connection, key: str) -> None:
    """The day has come on which both wanted to look at it again."""
    if connection.agreements.in_force().filter(key=key).exists():
        record(events.ReviewDue(agreement=key))


def unsigned(connection: Connection) -> QuerySet[Agreement]:
    """The version that waits for a signature, if there is one."""
    in_force = connection.agreements.in_force().values("pk")
    return connection.agreements.filter(closed_at=None).exclude(pk__in=in_force)


def in_force(connection: Connection) -> Agreement:
    """The agreement in force, its connection locked by the caller; refuses where there is none."""
    agreement = connection.agreements.in_force().first()
    if agreement is None:
        raise NoLongerThere
    agreement.connection = connection
    return agreement
