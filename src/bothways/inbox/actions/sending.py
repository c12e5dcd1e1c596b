"""Sending what stands in the line: each mail at least once, one worker a mail, nothing lost in silence.

What is mailed only if its reader's own answer allows it goes apart, when nothing else is due, each over a
connection of its own. A conversation that was held or not, that broke or was slow, would otherwise tell by
the times of other people's mail what somebody answered (consent.md 2, 4).
"""

import logging
import smtplib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr, formatdate
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, QuerySet

from bothways.core import breath, time
from bothways.core.prepared import prepared
from bothways.inbox.kinds import of_own_answers
from bothways.inbox.models import Mail
from bothways.inbox.queries import letters, links
from bothways.inbox.queries.letters import Letter
from bothways.inbox.rules import pauses, refusals
from bothways.inbox.rules.mornings import morning_of
from bothways.inbox.rules.words import address_name
from bothways.people.actions import invitations

log = logging.getLogger("bothways.mail")

LEASE = timedelta(minutes=2)
A_SLICE = 25
BREAKS = 2  # in a row, and it is the server's doing, not one receiver's
APART_AGAIN_AFTER = timedelta(minutes=1)


class Away(Exception):
    """The mail server does not answer; no mail is to blame."""


class _Server:
    """When this process asks an absent mail server again. Mails wait meanwhile and lose no attempt."""

    failures = 0
    away_until: datetime | None = None

    @classmethod
    def is_resting(cls) -> bool:
        return cls.away_until is not None and time.now() < cls.away_until

    @classmethod
    def failed(cls) -> None:
        cls.failures += 1
        cls.away_until = time.now() + min(timedelta(seconds=2**cls.failures), timedelta(minutes=5))

    @classmethod
    def answered(cls) -> None:
        cls.failures, cls.away_until = 0, None


@dataclass
class _Line:
    """A connection to the mail server. A shared one tells all mail how the server does, one apart nobody."""

    server: Any
    shared: bool = True
    breaks: int = 0

    def broke(self, problem: Exception) -> None:
        self.breaks += 1
        if self.shared and self.breaks >= BREAKS:
            raise Away from problem

    def answered(self) -> None:
        self.breaks = 0
        if self.shared:
            _Server.answered()


def send_due() -> int:
    """Send the next slice of what is due; returns how many mails were looked at."""
    if _Server.is_resting():
        return 0
    waiting = _due(apart=False)
    return _send_in_a_row(waiting) if waiting else _send_apart(_due(apart=True))


def _due(*, apart: bool) -> list[str]:
    return _of_own_answers(time.now()) if apart else _of_all_else(time.now())


@prepared
def _of_own_answers(now: Any) -> QuerySet[Mail, str]:
    return _first(Mail.objects.due(now).filter(kind__in=of_own_answers()))


@prepared
def _of_all_else(now: Any) -> QuerySet[Mail, str]:
    return _first(Mail.objects.due(now).exclude(kind__in=of_own_answers()))


def _first(due: QuerySet[Mail]) -> QuerySet[Mail, str]:
    return due.order_by("not_before", "key").values_list("key", flat=True)[:A_SLICE]


def _send_in_a_row(waiting: list[str]) -> int:
    line = _Line(get_connection())
    try:
        return sum(1 for _ in _send_each(waiting, line))
    except Away:
        _Server.failed()
        log.warning("The mail server does not answer. Mails wait.", exc_info=_Server.failures == 1)
        return 0
    finally:
        _close(line.server)


def _send_apart(waiting: list[str]) -> int:
    """Each for itself; as soon as other mail is due, that goes first."""
    looked_at = 0
    for key in waiting:
        if looked_at and _due(apart=False):
            break
        looked_at += _send_alone(key)
    return looked_at


def _send_alone(key: str) -> int:
    line = _Line(get_connection(), shared=False)
    try:
        return sum(1 for _ in _send_each([key], line))
    except Away:
        Mail.objects.filter(key=key).update(not_before=time.now() + APART_AGAIN_AFTER)
        return 1
    finally:
        _close(line.server)


def _close(server: Any) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        log.info("The mail server had gone before it was said goodbye to.")


def _send_each(waiting: list[str], line: _Line) -> Iterator[str]:
    for key in waiting:
        breath.breathe()
        mail = claim(key)
        if mail is not None:
            _send(mail, line)
            yield key


def claim(key: str) -> Mail | None:
    """Take one mail for this worker alone. Should the worker die, the claim runs out and another takes it."""
    now = time.now()
    mine = Mail.objects.due(now).filter(key=key)
    if not mine.update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    return next(iter(_claimed(key)), None)


@prepared
def _claimed(key: Any) -> QuerySet[Mail]:
    return Mail.objects.select_related("person__organisation").filter(key=key)


def _send(mail: Mail, line: _Line) -> None:
    if _waits_for_return(mail):
        return
    try:
        letter = letters.compose(mail)
    except Exception:
        log.exception("Mail %s could not be put together.", mail.key)
        _postpone(mail)
        return
    if letter is None:
        _settle(mail, Mail.Outcome.NEEDLESS)
    else:
        _hand_over(mail, letter, line)


def _waits_for_return(mail: Mail) -> bool:
    """Whoever is away is not mailed; it comes in the morning after."""
    person = mail.person
    if not letters.is_away(person) or person.away_until is None:
        return False
    back = morning_of(person.away_until + timedelta(days=1), person.time_zone)
    Mail.objects.filter(key=mail.key).update(not_before=back, claimed_until=None, attempts=0)
    return True


def _hand_over(mail: Mail, letter: Letter, line: _Line) -> None:
    _open(mail, line.server)
    try:
        line.server.send_messages([message_of(mail, letter)])
    except Exception as problem:
        _close(line.server)  # the next mail begins anew, whatever became of this one
        _failed(mail, problem, line)
    else:
        line.answered()
        _settle(mail, Mail.Outcome.SENT)


def _failed(mail: Mail, problem: Exception, line: _Line) -> None:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        _refused(mail, problem.recipients.values())
        return
    _postpone(mail)
    if isinstance(problem, smtplib.SMTPResponseException):
        log.warning("Mail %s was refused (%s).", mail.key, problem.smtp_code)
    elif isinstance(problem, OSError):
        log.warning("The connection broke over mail %s (%s).", mail.key, type(problem).__name__)
        line.broke(problem)
    else:
        log.error("Mail %s could not be sent.", mail.key, exc_info=problem)


def _open(mail: Mail, server: Any) -> None:
    """Reach the server before anything is said, so that its absence costs the mail no attempt."""
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as problem:
        Mail.objects.filter(key=mail.key).update(claimed_until=None, attempts=F("attempts") - 1)
        raise Away from problem


def message_of(mail: Mail, letter: Letter) -> EmailMultiAlternatives:
    person = mail.person
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        from_email=links.sender_of(person.organisation),
        to=[formataddr((address_name(person.name), person.email))],
        headers={
            "Message-ID": letters.message_id(mail),
            "Date": formatdate(mail.created_at.timestamp()),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{letter.off_link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        message.attach_alternative(letter.calendar.decode(), f"text/calendar; method={letter.method}")
    return message


def _settle(mail: Mail, outcome: Mail.Outcome) -> None:
    Mail.objects.filter(key=mail.key).update(outcome=outcome, settled_at=time.now(), claimed_until=None)


def _refused(mail: Mail, answers: Collection[tuple[int, bytes]]) -> None:
    """Only an invitation's bounce is ever shown to anybody (consent.md 20)."""
    if not all(refusals.is_no_such_address(*answer) for answer in answers):
        log.warning("Mail %s was refused (%s).", mail.key, ", ".join(str(code) for code, _ in answers))
        _postpone(mail)
        return
    log.warning("Mail %s bounced: there is no such address.", mail.key)
    _settle(mail, Mail.Outcome.BOUNCED)
    if mail.kind == "invitation":
        invitations.bounced(mail.about.partition(":")[2])


def _postpone(mail: Mail) -> None:
    if mail.attempts >= pauses.MOST_ATTEMPTS:
        log.error("Mail %s (%s) is given up after %s attempts.", mail.key, mail.kind, mail.attempts)
        _settle(mail, Mail.Outcome.GIVEN_UP)
        return
    again = time.now() + pauses.after(mail.attempts)
    Mail.objects.filter(key=mail.key).update(claimed_until=None, not_before=again)
