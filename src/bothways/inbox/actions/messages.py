"""Putting messages into people's inboxes, and clearing them when what they are about is over."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from bothways.core import breath, time
from bothways.core.prepared import prepared
from bothways.core.transactions import verb
from bothways.inbox.actions import mails
from bothways.inbox.kinds import KINDS, Kind, Setting
from bothways.inbox.models import Message
from bothways.inbox.queries import settings, subjects
from bothways.inbox.rules.mornings import next_morning
from bothways.people.models import Person

STAYS = timedelta(days=60)
FORGOTTEN_AFTER = timedelta(days=90)
TOLD = ("created_at", "done_at", "waits", "mailed_at", "digest_at")


@verb
def put(person: Person, kind_name: str, thing: Any, *, mail: bool = True) -> Message:
    """Tell the person. The same matter told again is the same message, moved to the top."""
    kind, about, now = KINDS[kind_name], subjects.about(thing), time.now()
    found = _told(person.pk, kind.name, about)
    message = found[0] if found else Message(person=person, kind=kind.name, about=about)
    unread = message.done_at is None and message.mailed_at is not None
    at_once = mail and kind.at_once and not (unread and kind.once_until_read)
    message.created_at, message.done_at, message.waits = now, None, kind.waits
    if at_once:
        message.mailed_at = now
    elif mail and not kind.at_once:
        message.digest_at = _morning(person, kind, now)
    _keep(message)
    if at_once:
        mails.write(person, kind.name, about, matter=subjects.matter(thing, each=kind.calendar))
    return message


def _keep(message: Message) -> None:
    if message.pk:
        message.save(update_fields=TOLD)
    else:  # another worker may have told it meanwhile
        Message.objects.bulk_create(
            [message],
            update_conflicts=True,
            unique_fields=["person", "kind", "about"],
            update_fields=TOLD,
        )


@prepared
def _told(person: Any, kind: Any, about: Any) -> QuerySet[Message]:
    """That message as it is, locked."""
    mine = Message.objects.select_for_update(no_key=True)
    return mine.filter(person=person, kind=kind, about=about)


def _morning(person: Person, kind: Kind, now: datetime) -> datetime | None:
    off = settings.turned_off(person)
    return None if {kind.setting, Setting.DIGEST} & off else next_morning(now, person.time_zone)


@verb
def clear(*things: Any, kinds: tuple[str, ...] = (), person: Person | None = None) -> int:
    """What these things asked or told is over; returns how many messages went."""
    return clear_about([subjects.about(thing) for thing in things], kinds=kinds, person=person)


@verb
def clear_about(abouts: list[str], *, kinds: tuple[str, ...] = (), person: Person | None = None) -> int:
    of_kinds = Q(kind__in=kinds) if kinds else Q()
    of_person = Q(person=person) if person else Q()
    there = Message.objects.there().filter(of_kinds, of_person, about__in=abouts)
    return there.update(done_at=time.now(), digest_at=None)


@verb
def put_away(message: Message) -> None:
    """Its reader has seen it and needs it no more."""
    Message.objects.there().filter(pk=message.pk).update(done_at=time.now(), digest_at=None)


@verb
def look_at(message: Message) -> None:
    """Its reader opens it: news is done with that, a question stays until it is answered."""
    if not KINDS[message.kind].waits or KINDS[message.kind].once_until_read:
        put_away(message)


def tidy() -> None:
    """Old news leaves the inbox by itself; what is long done is forgotten."""
    now = time.now()
    Message.objects.there().filter(created_at__lt=now - STAYS).update(done_at=now, digest_at=None)
    while True:
        old = Message.objects.filter(done_at__lt=now - FORGOTTEN_AFTER).values_list("pk", flat=True)[:2000]
        if not Message.objects.filter(pk__in=list(old)).delete()[0]:
            return
        breath.breathe()
