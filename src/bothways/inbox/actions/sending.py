"""Sending what stands in the line: each mail at least once, one worker a mail, nothing lost in silence."""

import logging
import smtplib
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from email.utils import formataddr, formatdate
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F

from bothways.core import breath, time
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


def send_due() -> int:
    """Send the next slice of what is due; returns how many mails were looked at."""
    if _Server.is_resting():
        return 0
    due = Mail.objects.due(time.now()).order_by("not_before", "key").values_list("key", flat=True)
    waiting = list(due[:A_SLICE])
    if not waiting:
        return 0
    server = get_connection()
    try:
        return sum(1 for _ in _send_each(waiting, server))
    except Away:
        _Server.failed()
        log.warning("The mail server does not answer. Mails wait.", exc_info=_Server.failures == 1)
        return 0
    finally:
        _close(server)


def _close(server: Any) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        log.info("The mail server had gone before it was said goodbye to.")


def _send_each(waiting: list[str], server: Any) -> Iterator[str]:
    for key in waiting:
        breath.breathe()
        mail = claim(key)
        if mail is not None:
            _send(mail, server)
            yield key


def claim(key: str) -> Mail | None:
    """Take one mail for this worker alone. Should the worker die, the claim runs out and another takes it."""
    now = time.now()
    mine = Mail.objects.due(now).filter(key=key)
    if not mine.update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    return Mail.objects.select_related("person__organisation").get(key=key)


def _send(mail: Mail, server: Any) -> None:
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
        _hand_over(mail, letter, server)


def _waits_for_return(mail: Mail) -> bool:
    """Whoever is away is not mailed; it comes in the morning after."""
    person = mail.person
    if not letters.is_away(person) or person.away_until is None:
        return False
    back = morning_of(person.away_until + timedelta(days=1), person.time_zone)
    Mail.objects.filter(key=mail.key).update(not_before=back, claimed_until=None, attempts=0)
    return True


def _hand_over(mail: Mail, letter: Letter, server: Any) -> None:
    _open(mail, server)
    try:
        server.send_messages([message_of(mail, letter)])
    except smtplib.SMTPRecipientsRefused as refused:
        _refused(mail, refused.recipients.values())
    except smtplib.SMTPResponseException as problem:
        log.warning("Mail %s was refused (%s).", mail.key, problem.smtp_code)
        _postpone(mail)
    except (OSError, smtplib.SMTPServerDisconnected) as problem:
        _postpone(mail)
        raise Away from problem
    except Exception:
        log.exception("Mail %s could not be sent.", mail.key)
        _postpone(mail)
    else:
        _Server.answered()
        _settle(mail, Mail.Outcome.SENT)


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
