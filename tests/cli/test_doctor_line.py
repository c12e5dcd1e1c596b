"""`doctor` shows what waits, fails or is given up; `try-again` puts it back."""

import argparse
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from bothways.cli import again, doctor
from bothways.core import events, time
from bothways.core.models import Organisation, RecordedEvent, Tick
from bothways.inbox.actions import mails
from bothways.inbox.models import Mail
from tests import factories
from tests.core.noted import Noted

pytestmark = pytest.mark.django_db


def said() -> str:
    return " ".join(finding.says for finding in doctor.line() if not finding.well)


def mail_given_up(organisation: Organisation) -> None:
    mails.write(factories.member(organisation), "introduction", "introduction:gone")
    Mail.objects.update(outcome=Mail.Outcome.GIVEN_UP, settled_at=time.now())


def event_given_up(organisation: Organisation) -> None:
    with transaction.atomic():
        events.record(Noted(thing="a"))
    RecordedEvent.objects.update(given_up_at=time.now())


def mail_late(organisation: Organisation) -> None:
    mails.write(factories.member(organisation), "introduction", "introduction:gone")
    Mail.objects.update(not_before=time.now() - timedelta(hours=2))


def job_failing(organisation: Organisation) -> None:
    Tick.objects.create(name="inbox.tasks.forget", due_at=time.now(), failures=3)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (mail_given_up, "1 mails are given up. Mend what the log says, then run: bothways try-again"),
        (event_given_up, "1 events are given up"),
        (mail_late, "1 mails wait for over an hour"),
        (job_failing, "inbox.tasks.forget fails again and again"),
    ],
)
def test_trouble_is_said(
    organisation: Organisation, trouble: Callable[[Organisation], None], words: str
) -> None:
    assert said() == ""
    trouble(organisation)
    assert words in said()


def test_trying_again_puts_it_back(organisation: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    mail_given_up(organisation)
    event_given_up(organisation)
    assert again.run(argparse.Namespace()) == 0
    assert "1 events, 0 tasks and 1 mails" in capsys.readouterr().out
    assert said() == ""
    assert Mail.objects.unsettled().count() == 1


def test_recent_bounces_are_shown_but_none_that_tells_of_an_answer(
    organisation: Organisation, clock: time.Clock
) -> None:
    ada = factories.member(organisation)
    for kind in ("introduction", "invitation", "reminder"):
        mails.write(ada, kind, f"{kind}:gone")
    Mail.objects.update(outcome=Mail.Outcome.BOUNCED, settled_at=time.now())
    assert [finding.says[:35] for finding in doctor.bounces()] == ["2 mails found no such address in th"]
    clock.advance(timedelta(days=8))
    assert mails.bounced() == 0
