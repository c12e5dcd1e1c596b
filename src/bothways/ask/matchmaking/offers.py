"""Home's quiet offer: a few people for what somebody would like to get better at, unasked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from bothways.ask.matchmaking import suggesting
from bothways.ask.matchmaking.suggesting import Suggested
from bothways.ask.models import QuietOffer, Showing
from bothways.ask.queries import candidates
from bothways.ask.queries.topics import index_of
from bothways.connections.rules import reasons
from bothways.core import time
from bothways.core.prepared import prepared
from bothways.people.models import Person, Want

A_WEEK = timedelta(days=7)
HOURS_LONGER = 24  # that an offer may stand until the next one comes
MOST = 3
MAY_RETURN = timedelta(hours=1)


@dataclass(frozen=True)
class Offered:
    """Somebody whom Home offers, and why."""

    person: Person
    reason: dict[str, str]

    @property
    def why(self) -> str:
        return reasons.beside(self.reason, self.person.name)


def people_to_offer(person: Person, *, most: int = MOST) -> list[Suggested]:
    """Up to three people who offer what this person wants and lets Home suggest about.

    The last night's run says who, so that the same few are not offered to everybody. Where it has nobody, or
    nobody who may still be suggested, they are looked up directly.
    """
    home = index_of(person.organisation_id).home
    rows = Want.objects.filter(person=person, suggest=True).values_list("topic_id", flat=True)
    wants = dict.fromkeys(home[row] for row in rows if row in home)
    listed = Showing.objects.filter(person=person).values_list("shown", flat=True).first() or []
    shown = suggesting.listed_for_wants(person, sorted(wants), listed, most=most) if listed else []
    return shown or suggesting.people_for_wants(person, sorted(wants), most=most)


def latest(person: Person) -> QuietOffer | None:
    """This week's offer, whether or not it was declined."""
    last = next(iter(_last(person.pk, time.now() - A_WEEK - timedelta(hours=HOURS_LONGER))), None)
    if last is None or not last.people:
        return None
    last.person = person
    return last


def standing(person: Person) -> QuietOffer | None:
    """This week's offer, unless it was declined."""
    last = latest(person)
    return None if last is None or last.declined_at else last


def just_declined(offer: QuietOffer) -> bool:
    """Whether Home still says that it is gone, with a way back."""
    return offer.declined_at is not None and offer.declined_at > time.now() - MAY_RETURN


@prepared
def _last(person: Any, since: Any) -> QuerySet[QuietOffer]:
    return QuietOffer.objects.mine(person).filter(made_at__gt=since).order_by("-made_at", "-pk")[:1]


def still_fitting(offer: QuietOffer) -> list[Offered]:
    """Those of an offer whom the rules still allow to be suggested, in its order."""
    reasons = {entry["key"]: entry["reason"] for entry in offer.people}
    here = {person.key: person for person in candidates.still_suggested(offer.person, reasons)}
    return [Offered(here[key], reason) for key, reason in reasons.items() if key in here]


def offer_for(person: Person) -> list[Offered]:
    """What Home shows this person this week; nobody where nothing stands."""
    offer = standing(person)
    return still_fitting(offer) if offer else []
