"""Invitations and the links that carry them."""

from datetime import timedelta

from django.core import signing
from django.db.models import BooleanField, Expression, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from bothways.core import time
from bothways.people.models import Invitation, Person

RESTS = timedelta(days=1)
ON_ITS_WAY = timedelta(hours=1)
_SIGNER_SALT = "bothways.people.invitation"


def path_of(invitation: Invitation) -> str:
    """Where the invitation leads. Its token is the key, signed: nobody can make one up from a database."""
    return reverse("people_join", kwargs={"token": _signer().sign(invitation.key)})


def behind(token: str) -> Invitation | None:
    """The invitation of a link, whatever has become of it; nothing for a link that is not ours."""
    try:
        key = _signer().unsign(token)
    except signing.BadSignature:
        return None
    found = Invitation.objects.filter(key=key).select_related(
        "person__organisation", "person__team", "person__account"
    )
    return found.first()


def open_behind(token: str) -> Invitation | None:
    """The invitation of a link that still works."""
    invitation = behind(token)
    return invitation if invitation and Invitation.objects.open().filter(pk=invitation.pk) else None


def made_a_sign_in(invitation: Invitation) -> bool:
    """Whether the answer made the account, which nothing and nobody has used since.

    Only then does the link sign in. An account that was there before opens other organisations too, or
    its person's own past; two weeks in a mailbox are too long for a key to these.
    """
    account = invitation.person.account
    if account is None or account.last_login or invitation.used_at is None:
        return False
    used_elsewhere = Person.objects.filter(account=account).exclude(pk=invitation.person_id)
    return account.created_at >= invitation.used_at and not used_elsewhere.exists()


def awaited(organisation_id: int) -> QuerySet[Person]:
    """Those who are on the list and were never here, each with what became of the last invitation.

    Whether somebody declined is not among it: to stewards that and silence are the same.
    """
    awaited = Person.objects.filter(organisation_id=organisation_id, state=Person.State.INVITED)
    return with_last_invitation(awaited.select_related("team"))


def with_last_invitation(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each with what became of the last invitation."""
    last = Invitation.objects.filter(person=OuterRef("pk")).order_by("-sent_at", "-pk")
    return people.annotate(
        last_sent_at=Subquery(last.values("sent_at")[:1]),
        last_ends_at=Subquery(last.values("ends_at")[:1]),
        last_bounced_at=Subquery(last.values("bounced_at")[:1]),
        just_sent=_whether(Q(last_sent_at__gt=time.now() - ON_ITS_WAY)),
        rested=_whether(_rested()),
    )


def not_reached(organisation_id: int) -> QuerySet[Person]:
    """Of those awaited, the ones without an invitation that may still be answered."""
    unanswerable = Q(last_sent_at=None) | Q(last_bounced_at__isnull=False) | Q(last_ends_at__lte=time.now())
    return awaited(organisation_id).filter(unanswerable)


def may_be_invited(organisation_id: int) -> QuerySet[Person]:
    """Of those awaited, the ones who were not invited within the last day."""
    return awaited(organisation_id).filter(_rested())


def to_be_reached(organisation_id: int) -> QuerySet[Person]:
    """Of those not reached, the ones left in peace for a day; a dead address is not tried at once."""
    return not_reached(organisation_id).filter(_rested())


def by_need(people: QuerySet[Person]) -> QuerySet[Person]:
    """Bounced ones first, then those never invited, then the longest ago."""
    first = (F("last_bounced_at").desc(nulls_last=True), F("last_sent_at").asc(nulls_first=True))
    return people.order_by(*first, "name", "pk")


def _rested() -> Q:
    return Q(last_sent_at=None) | Q(last_sent_at__lte=time.now() - RESTS)


def _whether(condition: Q) -> Expression:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER_SALT, sep=".")
