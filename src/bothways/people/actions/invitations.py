"""Invitations: sent by stewards, answered without signing in."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import QuerySet

from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people import events
from bothways.people.actions import accounts, availability, search
from bothways.people.models import Invitation, Offer, Person, Topic
from bothways.people.models.invitation import LASTS
from bothways.people.queries.invitations import may_be_invited, to_be_reached

A_SLICE = 200
ASKED_AGAIN_AFTER = timedelta(hours=1)
DECLINED_RESTS = timedelta(days=7)


class Over(Exception):
    """The invitation was answered, is too old, or its person is not awaited."""


class TooSoon(Exception):
    """Everybody meant is here already or was invited within the last day."""


@verb
def invite(people: Sequence[Person], *, by: Person) -> int:
    """Invite those of them who are awaited and were left in peace for a day; returns how many."""
    invited = _send(may_be_invited(by.organisation_id), [person.pk for person in people], by=by)
    if not invited:
        raise TooSoon
    return invited


@verb
def invite_everybody(*, by: Person) -> int:
    """Invite all who were not reached, and not invited within the last day; returns how many it will be.

    A slice now, more by the worker.
    """
    waiting = to_be_reached(by.organisation_id).count()
    if not waiting:
        raise TooSoon
    if invite_some(by.organisation_id, by=by) < waiting:
        record(events.EverybodyInvited(organisation=by.organisation.slug, by=by.key))
    return waiting


@verb
def invite_some(organisation_id: int, *, by: Person) -> int:
    """Invite the next few of those who were not reached; returns how many. Nought: all are invited."""
    waiting = to_be_reached(organisation_id).order_by("pk")
    return _send(waiting, list(waiting.values_list("pk", flat=True)[:A_SLICE]), by=by)


@verb
def renew_for(address: str) -> int:
    """Somebody with this address wants in: whoever is awaited under it gets a link, once an hour at most.

    Anybody may type an address. Whoever declined stays declined until they answer otherwise, and gets one
    link a week at most.
    """
    awaited = Person.objects.filter(email__iexact=address, state=Person.State.INVITED)
    lately = Invitation.objects.filter(sent_at__gt=time.now() - ASKED_AGAIN_AFTER, bounced_at=None)
    asking = awaited.exclude(invitations__in=lately)
    return _send(asking, list(asking.values_list("pk", flat=True)), by=None)


@verb
def confirm(invitation: Invitation, *, offers: Iterable[Topic], minutes: int, words: str = "") -> Person:
    """The person is here, has offered this and gives so many minutes a month. Works once; else `Over`."""
    person = Person.objects.select_for_update(no_key=True).get(pk=invitation.person_id)
    now = time.now()
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=now):
        raise Over
    account = accounts.of_address(person.email)
    if Person.objects.filter(organisation=person.organisation_id, account=account).exclude(pk=person.pk):
        raise Over
    person.account, person.state, person.confirmed_at = account, Person.State.ACTIVE, now
    person.here_on = time.today(person.time_zone)
    person.budget_minutes = minutes
    person.brings = (person.brings or words)[:600]
    person.save()
    Offer.objects.bulk_create([Offer(person=person, topic=topic) for topic in offers], ignore_conflicts=True)
    Invitation.objects.filter(person=person, used_at=None).update(used_at=now)
    Invitation.objects.filter(person=person).update(declined_at=None)
    availability.of(person)
    search.refresh([person])
    record(events.PersonConfirmed(person=person.key))
    return person


@verb
def decline(invitation: Invitation) -> None:
    """Not for this person. No mail comes again; stewards see what they would see without an answer."""
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        raise Over
    Invitation.objects.filter(person=invitation.person_id, used_at=None).update(declined_at=time.now())


@verb
def bounced(key: str) -> None:
    """The mail came back: the steward sees that this person was not reached."""
    Invitation.objects.filter(key=key, bounced_at=None).update(bounced_at=time.now())


def _send(still: QuerySet[Person], ids: Sequence[int], *, by: Person | None) -> int:
    """Invite those of `ids` who, once nobody else can touch them, `still` are to be invited.

    Who declined gets a row as everybody, for stewards' eyes, but no mail; unless they asked for it
    themselves, `by` nobody.
    """
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    now, in_peace = time.now(), _left_in_peace(ids, asked_for=by is None)
    fresh = [
        Invitation(person=person, by=by, sent_at=now, ends_at=now + LASTS, mailed=person.pk not in in_peace)
        for person in still.filter(pk__in=ids)
    ]
    for each in Invitation.objects.bulk_create(fresh):
        if each.mailed:
            record(events.PersonInvited(person=each.person.key, invitation=each.key))
    return len(fresh)


def _left_in_peace(ids: Sequence[int], *, asked_for: bool) -> set[int]:
    """Those of `ids` who declined; where a link is `asked_for`, those of them who got one lately."""
    declined = Invitation.objects.filter(person__in=ids, declined_at__isnull=False)
    if asked_for:
        lately = Invitation.objects.filter(sent_at__gt=time.now() - DECLINED_RESTS, mailed=True)
        declined = declined.filter(person__invitations__in=lately)
    return set(declined.values_list("person_id", flat=True))
