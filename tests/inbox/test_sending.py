"""Sending: at least once, under one Message-ID, one worker a mail, nothing lost in silence."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.actions import mails, sending
from bothways.inbox.models import Mail
from bothways.inbox.queries import letters
from bothways.inbox.rules import pauses
from bothways.people.models import Invitation, Person
from tests import factories
from tests.factories.inbox import asked, mailed
from tests.inbox import postbox as real
from tests.inbox.postbox import Postbox

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """SIGKILL, as far as one process can play it: nothing after it runs."""


@pytest.fixture
def mail(organisation: Organisation, clock: time.Clock) -> Mail:
    asked(factories.member(organisation, "Ada"), factories.member(organisation, "Ben"))
    return Mail.objects.get()


def now(mail: Mail) -> Mail:
    mail.refresh_from_db()
    return mail


def invitation(organisation: Organisation) -> Invitation:
    person = factories.member(organisation, "Ines", state=Person.State.INVITED, account=None)
    made = Invitation.objects.create(person=person, ends_at=time.now() + timedelta(days=14))
    mails.write(person, "invitation", f"invitation:{made.key}")
    return made


def test_a_worker_killed_after_sending_repeats_the_one_mail_under_the_same_id(
    postbox: Postbox, mail: Mail, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_settle", die)
        with pytest.raises(Killed):
            sending.send_due()
    assert mailed() == 0, "the claim keeps others away for a while"
    clock.advance(sending.LEASE)
    assert mailed() == 1
    first, second = postbox.take()
    assert first["Message-ID"] == second["Message-ID"] == f"<{mail.key}@mentoring.example.org>"
    assert now(mail).outcome == Mail.Outcome.SENT
    clock.advance(timedelta(days=1))
    assert mailed() == 0


def test_a_mail_is_claimed_once(mail: Mail, clock: time.Clock) -> None:
    assert sending.claim(mail.key) is not None
    assert sending.claim(mail.key) is None
    clock.advance(sending.LEASE)
    assert sending.claim(mail.key) is not None


def test_a_server_that_says_later_is_asked_later(postbox: Postbox, mail: Mail, clock: time.Clock) -> None:
    postbox.at_rcpt = lambda address: "451 greylisted, try again later"
    mailed()
    assert (now(mail).outcome, mail.attempts) == ("", 1)
    postbox.at_rcpt = lambda address: real.OK
    assert mailed() == 0
    clock.advance(pauses.after(1))
    assert mailed() == 1
    assert now(mail).outcome == Mail.Outcome.SENT


def test_a_server_that_is_away_costs_no_mail_an_attempt(
    postbox: Postbox, settings: Settings, mail: Mail, clock: time.Clock
) -> None:
    settings.EMAIL_PORT = real.free_port()
    for _ in range(20):
        assert mailed() == 0
        clock.advance(timedelta(minutes=5))
    assert (now(mail).outcome, mail.attempts, mail.claimed_until) == ("", 0, None)
    assert mails.late() == 1
    settings.EMAIL_PORT = postbox.port
    assert mailed() == 1
    assert mails.late() == 0


def test_an_absent_server_is_not_asked_at_every_turn(
    postbox: Postbox, mail: Mail, clock: time.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    class NoServer:
        def open(self) -> None:
            tries.append(1)
            raise ConnectionRefusedError

        def close(self) -> None: ...

    monkeypatch.setattr(sending, "get_connection", NoServer)
    for _ in range(10):
        sending.send_due()
    assert len(tries) == 1
    clock.advance(timedelta(seconds=2))
    sending.send_due()
    assert len(tries) == 2


def test_a_refused_message_is_tried_for_days_then_given_up_in_plain_sight(
    postbox: Postbox, mail: Mail, clock: time.Clock, caplog: pytest.LogCaptureFixture
) -> None:
    postbox.at_data = lambda message: "554 looks like spam to me"
    for attempt in range(1, pauses.MOST_ATTEMPTS + 1):
        assert mails.given_up() == 0
        assert mailed() == 1
        clock.advance(pauses.after(attempt))
    assert mails.given_up() == 1
    assert "is given up" in caplog.text
    clock.advance(timedelta(days=40))
    mails.forget()
    assert mails.given_up() == 1
    postbox.at_data = lambda message: real.OK
    assert mails.try_again() == 1
    assert mailed() == 1
    assert [message["Message-ID"] for message in postbox.take()] == [f"<{mail.key}@mentoring.example.org>"]


def test_a_mail_that_cannot_be_put_together_holds_up_no_other(
    postbox: Postbox, organisation: Organisation, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(factories.member(organisation, "Cleo"), factories.member(organisation, "Dan"))
    compose = letters.compose

    def broken_for_one(given: Mail) -> object:
        if given.key == mail.key:
            raise ValueError("on purpose")
        return compose(given)

    monkeypatch.setattr(letters, "compose", broken_for_one)
    assert mailed() == 2
    assert len(postbox.take()) == 1
    assert (now(mail).outcome, mail.attempts) == ("", 1)


def test_an_unknown_address_marks_the_invitation_bounced_and_is_not_tried_again(
    postbox: Postbox, organisation: Organisation, clock: time.Clock
) -> None:
    made = invitation(organisation)
    postbox.at_rcpt = lambda address: "550 no such user"
    assert mailed() == 1
    made.refresh_from_db()
    assert made.bounced_at == time.now()
    clock.advance(timedelta(days=3))
    assert mailed() == 0


@pytest.mark.parametrize(
    "answer",
    [
        "554 5.7.1 <ines@example.org>: Relay access denied",
        "550 5.7.1 Message rejected due to content restrictions",
        "553 5.1.8 Sender address rejected: domain not found",
        "552 5.2.2 mailbox full",
        "554 no",
        "530 authentication required",
    ],
)
def test_a_server_that_refuses_us_loses_nothing(
    postbox: Postbox, organisation: Organisation, clock: time.Clock, answer: str
) -> None:
    """One bad night of the mail server's: nobody is called unreachable, and every mail comes in the end."""
    made = invitation(organisation)
    postbox.at_rcpt = lambda address: answer
    assert mailed() == 1
    made.refresh_from_db()
    assert made.bounced_at is None
    postbox.at_rcpt = lambda address: real.OK
    clock.advance(pauses.after(1))
    assert mailed() == 1
    assert len(postbox.take()) == 1


@pytest.mark.parametrize(
    "answer",
    ["550 5.1.1 user unknown", "554 5.1.2 no such domain", "556 5.1.10 null MX", "551 not here", "553 what"],
)
def test_an_address_that_is_none_is_not_tried_again(
    postbox: Postbox, organisation: Organisation, clock: time.Clock, answer: str
) -> None:
    made = invitation(organisation)
    postbox.at_rcpt = lambda address: answer
    mailed()
    made.refresh_from_db()
    assert made.bounced_at == time.now()


def test_a_bounced_reminder_marks_nothing(postbox: Postbox, mail: Mail, clock: time.Clock) -> None:
    """consent.md 20: a bounced reminder would tell that somebody has not answered."""
    Invitation.objects.create(person=mail.person, ends_at=time.now() + timedelta(days=14), used_at=time.now())
    mailed()
    mails.write(mail.person, "reminder", mail.about)
    postbox.at_rcpt = lambda address: "550 no such user"
    mailed()
    mails.forget()
    assert not Mail.objects.filter(kind="reminder").exists()
    assert not Invitation.objects.exclude(bounced_at=None).exists()
    assert now(mail).outcome == Mail.Outcome.SENT


def test_an_invitation_carries_its_link(postbox: Postbox, organisation: Organisation) -> None:
    made = invitation(organisation)
    mailed()
    (message,) = postbox.take()
    assert message["Subject"] == "Harbour invites you to ask, and to be asked, quietly"
    assert f"https://mentoring.example.org/join/{made.key}." in real.part(message, "text/plain")
    made.used_at = time.now()
    made.save()


def test_an_invitation_says_who_invites_where_and_to_what(
    postbox: Postbox, organisation: Organisation
) -> None:
    by = factories.member(organisation, "Ada Berg", role=Person.Role.STEWARD)
    made = invitation(organisation)
    Invitation.objects.filter(pk=made.pk).update(by=by)
    mailed()
    said = real.part(postbox.take()[0], "text/plain")
    assert "Ines, Harbour has a quiet way to ask a colleague for half an hour" in said
    assert "Ada Berg invites you: three short questions, one minute, no account needed." in said


def test_an_invitation_names_nobody_who_has_left(postbox: Postbox, organisation: Organisation) -> None:
    by = factories.member(organisation, "Ada Berg", state=Person.State.LEFT)
    Invitation.objects.filter(pk=invitation(organisation).pk).update(by=by)
    mailed()
    said = real.part(postbox.take()[0], "text/plain")
    assert "Harbour invites you: three short" in said
    assert "Ada Berg" not in said


def test_a_used_invitation_is_not_mailed(postbox: Postbox, organisation: Organisation) -> None:
    Invitation.objects.filter(pk=invitation(organisation).pk).update(used_at=time.now())
    mailed()
    assert postbox.take() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(postbox: Postbox, organisation: Organisation) -> None:
    for number in range(30):
        person = factories.member(organisation, f"Person {number}")
        made = Invitation.objects.create(person=person, ends_at=time.now() + timedelta(days=14))
        Person.objects.filter(pk=person.pk).update(state=Person.State.INVITED)
        mails.write(person, "invitation", f"invitation:{made.key}")
    start = threading.Barrier(2)
    troubles: list[BaseException] = []

    def work() -> None:
        start.wait()
        try:
            while sending.send_due():
                pass
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert not troubles
    ids = [message["Message-ID"] for message in postbox.take()]
    assert len(ids) == len(set(ids)) == 30
    assert not Mail.objects.exclude(outcome=Mail.Outcome.SENT).exists()
