"""Writing mails into the line, and the one digest of a morning. Sending is `actions.sending`."""

import hashlib
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from bothways.core import keys, ticks, time
from bothways.core.prepared import prepared
from bothways.core.transactions import verb
from bothways.inbox.kinds import Setting, of_own_answers
from bothways.inbox.models import Mail, Message
from bothways.inbox.queries import settings
from bothways.inbox.rules.mornings import morning_of, next_morning
from bothways.people.models import Person

BETWEEN = timedelta(minutes=10)  # mails of one kind and matter to one person
KEPT = timedelta(days=30)
GIVEN_UP_KEPT = timedelta(days=90)


@verb
def write(person: Person, kind: str, about: str, *, matter: str = "") -> None:
    """Put a mail into the line: at most one of a kind and matter in ten minutes.

    What follows sooner waits until they are over and is one mail, which says the latest, for its words are
    made when it is sent. When a mail was due counts, never what became of it: that may tell of an answer.
    """
    _one_after_the_other(person)
    alike = _alike(person.pk, kind, matter or about)
    waiting = [mail.pk for mail in alike if mail.outcome == Mail.Outcome.WAITING and not mail.attempts]
    if waiting and Mail.objects.unsettled().filter(pk__in=waiting, attempts=0).update(about=about):
        return
    now = time.now()
    due = max([now, *(mail.created_at + BETWEEN for mail in alike)])
    Mail.objects.create(
        key=keys.new(),
        person=person,
        kind=kind,
        about=about,
        matter=matter or about,
        created_at=due,
        not_before=due,
    )


def _one_after_the_other(person: Person) -> None:
    """Two workers would not see each other's mail; on SQLite there is one writer anyway."""
    if connection.features.has_select_for_update:
        list(Person.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).values("pk"))


@prepared
def _alike(person: Any, kind: Any, matter: Any) -> QuerySet[Mail]:
    alike = Mail.objects.filter(person=person, kind=kind, matter=matter)
    return alike.only("outcome", "attempts", "created_at")


def write_digests() -> bool:
    """For some of those whose morning has come and who have something in it; says whether more are left."""
    now = time.now()
    due = Message.objects.in_a_digest_due(now).values("person")
    people = Person.objects.filter(pk__in=due).order_by("pk")[: ticks.AT_HAND]
    return ticks.work_off(people, partial(write_digest, now=now))


@verb
def write_digest(person: Person, now: datetime) -> None:
    """One a day and person: the key follows from both. Nothing for whoever is away, or wants none."""
    mine = Message.objects.mine(person).in_a_digest_due(now)
    today = time.today(person.time_zone)
    if person.state != Person.State.ACTIVE or Setting.DIGEST in settings.turned_off(person):
        mine.update(digest_at=None)
        return
    if person.is_away(today) and person.away_until:
        mine.update(digest_at=morning_of(person.away_until + timedelta(days=1), person.time_zone))
        return
    fresh = {
        "person": person,
        "kind": Mail.DIGEST,
        "about": f"day:{today}",
        "created_at": now,
        "not_before": now,
    }
    _, first_today = Mail.objects.get_or_create(key=_digest_key(person, f"{today}"), defaults=fresh)
    if first_today:
        mine.update(digest_at=None, mailed_at=now)
    else:
        mine.update(digest_at=next_morning(now, person.time_zone))


def _digest_key(person: Person, day: str) -> str:
    return hashlib.blake2b(f"digest/{person.key}/{day}".encode(), digest_size=16).hexdigest()


@verb
def forget() -> None:
    """Nightly: what was sent is kept a month; what depended on an own answer goes now (consent.md 9)."""
    now = time.now()
    settled = Mail.objects.exclude(outcome=Mail.Outcome.WAITING)
    settled.filter(kind__in=of_own_answers()).delete()
    given_up = settled.filter(outcome=Mail.Outcome.GIVEN_UP)
    given_up.filter(settled_at__lt=now - GIVEN_UP_KEPT).delete()
    settled.exclude(outcome=Mail.Outcome.GIVEN_UP).filter(settled_at__lt=now - KEPT).delete()


def given_up() -> int:
    """How many mails nobody tries any more; they stay until the operator says `try_again`."""
    return Mail.objects.filter(outcome=Mail.Outcome.GIVEN_UP).count()


def late(since: timedelta = timedelta(hours=1)) -> int:
    """How many mails have waited for longer than they should."""
    before = time.now() - since
    return Mail.objects.unsettled().filter(not_before__lt=before).count()


def bounced(since: timedelta = timedelta(days=7)) -> int:
    """How many mails found no such address lately; none that told of an answer (consent.md 20)."""
    lately = Mail.objects.filter(outcome=Mail.Outcome.BOUNCED, settled_at__gt=time.now() - since)
    return lately.exclude(kind__in=of_own_answers()).count()


def try_again() -> int:
    return Mail.objects.filter(outcome=Mail.Outcome.GIVEN_UP).update(
        outcome=Mail.Outcome.WAITING, attempts=0, settled_at=None, claimed_until=None, not_before=time.now()
    )
