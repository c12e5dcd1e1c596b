"""What hangs on an own answer is mailed apart: nobody else's mail tells whether it was (consent.md 2, 4)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend

from bothways.connections.actions import answers
from bothways.connections.actions import messages as letters
from bothways.core import time
from bothways.core.models import Organisation
from bothways.inbox.actions import mails, sending
from bothways.inbox.models import Mail
from bothways.people.models import Person
from tests import factories
from tests.factories.inbox import asked, introduction_of, mailed, met, told
from tests.inbox.postbox import OK, Postbox

pytestmark = pytest.mark.django_db

Trouble = Callable[[Postbox, pytest.MonkeyPatch, Person], None]


@pytest.fixture
def people(organisation: Organisation, clock: time.Clock) -> list[Person]:
    """Ada asks Ben, and Gus writes to Ada."""
    return [factories.member(organisation, name) for name in ("Ada", "Ben", "Gus")]


def says_later(postbox: Postbox, monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    postbox.at_rcpt = lambda address: "421 4.7.0 try later" if address == person.email else OK


def breaks(postbox: Postbox, monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    send = EmailBackend.send_messages

    def broken_for_one(backend: EmailBackend, messages: Any) -> int:
        if person.email in messages[0].to[0]:
            raise TimeoutError("no answer about this receiver")
        return int(send(backend, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", broken_for_one)


def is_gone(postbox: Postbox, monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    claim = sending.claim

    def opened(backend: EmailBackend) -> bool:
        raise ConnectionRefusedError

    def gone_for_one(key: str) -> Mail | None:
        mail = claim(key)
        with_them = mail is not None and mail.person == person
        monkeypatch.setattr(EmailBackend, "open", opened if with_them else open_)
        return mail

    open_ = EmailBackend.open
    monkeypatch.setattr(sending, "claim", gone_for_one)


def reminded(person: Person) -> None:
    mails.write(person, "reminder", f"introduction:{introduction_of(person).key}")


@pytest.mark.parametrize("trouble", [says_later, breaks, is_gone])
def test_others_get_their_mail_at_the_same_times_whatever_was_answered(
    postbox: Postbox,
    people: list[Person],
    clock: time.Clock,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Trouble,
) -> None:
    ada, ben, gus = people
    connection = met(gus, ada)
    asked(ada, ben)
    mailed()
    postbox.take()
    reminded(ben)
    trouble(postbox, monkeypatch, ben)
    clock.advance(timedelta(seconds=1))
    letters.send(connection, "hello", by=gus)
    told()
    sending.send_due()
    assert [message["To"].addresses[0].addr_spec for message in postbox.take()] == [ada.email]
    sending.send_due()
    assert not sending._Server.is_resting()
    letters.send(connection, "thank you", by=ada)
    told()
    mailed()
    assert [message["To"].addresses[0].addr_spec for message in postbox.take()] == [gus.email]
    settled = Mail.objects.filter(kind="message")
    assert set(settled.values_list("outcome", "attempts")) == {(Mail.Outcome.SENT, 1)}
    (reminder,) = Mail.objects.filter(kind="reminder")
    assert reminder.outcome == Mail.Outcome.WAITING
    assert reminder.not_before > time.now(), "it is tried again, later"


def test_a_reminder_that_arrives_says_nothing_of_how_the_server_does(
    postbox: Postbox, people: list[Person]
) -> None:
    ada, ben, _ = people
    asked(ada, ben)
    mailed()
    reminded(ben)
    sending._Server.failures = 3
    assert mailed() == 1
    assert len(postbox.take()) == 2
    assert sending._Server.failures == 3


def test_one_reminder_that_fails_holds_up_no_other(
    postbox: Postbox, organisation: Organisation, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben, gus = people
    asked(ada, ben, gus)
    mailed()
    postbox.take()
    reminded(ben)
    reminded(gus)
    is_gone(postbox, monkeypatch, ben)
    mailed()
    assert [message["To"].addresses[0].addr_spec for message in postbox.take()] == [gus.email]


def test_other_mail_that_comes_due_meanwhile_goes_before_the_next_reminder(
    postbox: Postbox, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben, gus = people
    asked(ada, ben, gus)
    mailed()
    postbox.take()
    reminded(ben)
    reminded(gus)
    alone = sending._send_alone

    def slow(key: str) -> int:
        mails.write(ada, "connected", "nothing:meanwhile")
        return alone(key)

    monkeypatch.setattr(sending, "_send_alone", slow)
    assert sending.send_due() == 1
    assert len(postbox.take()) == 1


@pytest.mark.parametrize("trouble", [says_later, breaks])
def test_one_receiver_costs_another_no_attempt(
    postbox: Postbox, people: list[Person], monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    ada, ben, gus = people
    asked(gus, ben)
    asked(gus, ada)
    trouble(postbox, monkeypatch, ben)
    first, second = (Mail.objects.get(person=person) for person in (ben, ada))
    Mail.objects.filter(pk=first.pk).update(not_before=first.not_before - timedelta(seconds=1))
    assert sending.send_due() == 2
    assert [message["To"].addresses[0].addr_spec for message in postbox.take()] == [ada.email]
    second.refresh_from_db()
    assert (second.outcome, second.attempts) == (Mail.Outcome.SENT, 1)
    assert not sending._Server.is_resting()


def test_a_server_that_breaks_off_again_and_again_is_left_alone(
    postbox: Postbox, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more than two mails pay for a server that hangs."""
    ada, ben, gus = people
    asked(ada, ben, gus)
    asked(gus, ben)

    def hangs(backend: EmailBackend, messages: Any) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "send_messages", hangs)
    assert Mail.objects.unsettled().count() == 3
    sending.send_due()
    assert sending._Server.is_resting()
    assert Mail.objects.filter(attempts=1).count() == sending.BREAKS


def test_not_now_itself_leaves_the_line_as_it_was(postbox: Postbox, people: list[Person]) -> None:
    ada, ben, _ = people
    asked(ada, ben)
    mailed()
    postbox.take()
    reminded(ben)
    answers.not_now(introduction_of(ben), by=ben)
    mailed()
    assert postbox.take() == []
    assert Mail.objects.get(kind="reminder").outcome == Mail.Outcome.NEEDLESS
