"""One mail in the morning, when there is something in it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bothways.connections.actions import queues
from bothways.core import ticks, time
from bothways.core.models import Organisation
from bothways.inbox.actions import mails, messages, settings
from bothways.inbox.kinds import Setting
from bothways.inbox.models import Mail, Message
from bothways.people.models import Person
from tests import factories
from tests.factories.inbox import asked, mailed, told
from tests.inbox.postbox import Postbox, part

pytestmark = pytest.mark.django_db


def told_of_an_end(author: Person, person: Person) -> None:
    """Something for the morning: an ask that was withdrawn. The mail about it at once is not sent."""
    queue = asked(author, person)
    queues.withdraw(queue)
    told()


def mornings(clock: time.Clock, until: datetime, step: timedelta = timedelta(minutes=30)) -> None:
    """Let the time pass as the worker would see it."""
    while clock.at < until:
        clock.advance(step)
        mails.write_digests()
        mailed()


@pytest.fixture
def ada(organisation: Organisation, clock: time.Clock) -> Person:
    return factories.member(organisation, "Ada")


def test_everything_of_a_day_is_one_mail_at_eight_there(
    postbox: Postbox, organisation: Organisation, ada: Person, clock: time.Clock
) -> None:
    ben = factories.member(organisation, "Ben", time_zone="America/New_York")
    cleo = factories.member(organisation, "Cleo")
    told_of_an_end(ada, ben)
    told_of_an_end(cleo, ben)
    mornings(clock, datetime(2026, 3, 4, 20, tzinfo=UTC))
    (message,) = postbox.take()
    assert message["To"] == f"Ben <{ben.email}>"
    assert message["Subject"] == "This morning at Harbour"
    assert part(message, "text/plain").count("An introduction has ended") == 2
    sent = Mail.objects.get(kind="digest")
    assert sent.created_at == datetime(2026, 3, 2, 13, 0, tzinfo=UTC), "08:00 in New York, winter time"


def test_eight_is_eight_after_the_clocks_have_changed(
    postbox: Postbox, organisation: Organisation, ada: Person, clock: time.Clock
) -> None:
    ben = factories.member(organisation, "Ben", time_zone="America/New_York")
    clock.move_to(datetime(2026, 3, 7, 20, tzinfo=UTC))  # the evening before the change
    told_of_an_end(ada, ben)
    mornings(clock, datetime(2026, 3, 8, 20, tzinfo=UTC))
    assert Mail.objects.get(kind="digest").created_at == datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
    assert len(postbox.take()) == 1


def test_never_two_on_one_day(
    postbox: Postbox, organisation: Organisation, ada: Person, clock: time.Clock
) -> None:
    ben = factories.member(organisation, "Ben")
    told_of_an_end(ada, ben)
    mornings(clock, datetime(2026, 3, 3, 9, tzinfo=UTC))
    cleo = factories.member(organisation, "Cleo")
    told_of_an_end(cleo, ben)
    Message.objects.filter(person=ben).update(digest_at=clock.at)  # as after a change of time zone
    mornings(clock, datetime(2026, 3, 3, 23, tzinfo=UTC))
    assert len(postbox.take()) == 1
    mornings(clock, datetime(2026, 3, 4, 9, tzinfo=UTC))
    assert len(postbox.take()) == 1


def test_nothing_in_it_no_mail(
    postbox: Postbox, organisation: Organisation, ada: Person, clock: time.Clock
) -> None:
    ben = factories.member(organisation, "Ben")
    told_of_an_end(ada, ben)
    messages.put_away(Message.objects.get(person=ben, kind="introduction_withdrawn"))
    mornings(clock, datetime(2026, 3, 5, tzinfo=UTC), timedelta(hours=2))
    assert postbox.take() == []
    assert not Mail.objects.filter(kind="digest").exists()


def test_away_means_no_mail_until_the_morning_after(
    postbox: Postbox, organisation: Organisation, ada: Person, clock: time.Clock
) -> None:
    ben = factories.member(organisation, "Ben")
    told_of_an_end(ada, ben)
    Person.objects.filter(pk=ben.pk).update(away_from=date(2026, 3, 2), away_until=date(2026, 3, 6))
    mornings(clock, datetime(2026, 3, 7, 7, tzinfo=UTC), timedelta(hours=1))
    assert postbox.take() == []
    mornings(clock, datetime(2026, 3, 7, 9, tzinfo=UTC))
    assert len(postbox.take()) == 1


@pytest.mark.parametrize("setting", [Setting.DIGEST, Setting.INTRODUCTIONS])
@pytest.mark.parametrize("before", [True, False])
def test_turned_off_is_off(
    postbox: Postbox, ada: Person, clock: time.Clock, setting: Setting, before: bool
) -> None:
    ben = factories.member(ada.organisation, "Ben")
    if before:
        settings.turn_off(ben, setting)
    told_of_an_end(ada, ben)
    settings.turn_off(ben, setting)
    mornings(clock, datetime(2026, 3, 5, tzinfo=UTC), timedelta(hours=2))
    assert postbox.take() == []


def test_two_workers_write_one_digest(
    postbox: Postbox, organisation: Organisation, ada: Person, clock: time.Clock
) -> None:
    ben = factories.member(organisation, "Ben")
    told_of_an_end(ada, ben)
    clock.move_to(datetime(2026, 3, 3, 8, tzinfo=UTC))
    for _ in range(2):
        mails.write_digest(ben, clock.at)
        Message.objects.filter(person=ben).update(digest_at=clock.at)
    mailed()
    assert Mail.objects.filter(kind="digest").count() == 1


def test_one_that_fails_keeps_nobody_elses_back(
    postbox: Postbox,
    organisation: Organisation,
    ada: Person,
    clock: time.Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ben, cleo = (factories.member(organisation, name) for name in ("Ben", "Cleo"))
    for person in (ben, cleo):
        told_of_an_end(ada, person)
    write = mails.write_digest

    def failing(person: Person, now: datetime) -> None:
        if person == ben:
            raise ValueError("on purpose")
        write(person, now)

    monkeypatch.setattr(mails, "write_digest", failing)
    clock.move_to(datetime(2026, 3, 3, 9, tzinfo=UTC))
    with pytest.raises(ticks.SomeFailed):
        mails.write_digests()
    assert [mail.person for mail in Mail.objects.filter(kind="digest")] == [cleo]
