"""Home's quiet offer: a few people for what somebody would like to get better at, unasked."""

from dataclasses import dataclass
from datetime import timedelta

from bothways.ask.matchmaking import suggesting
from bothways.ask.matchmaking.suggesting import Suggested
from bothways.ask.models import QuietOffer
from bothways.ask.queries import candidates
from bothways.ask.queries.topics import index_of
from bothways.connections.rules import reasons
from bothways.core import time
from bothways.people.models import Person, Want

A_WEEK = timedelta(days=7)
MOST = 3


@dataclass(frozen=True)
class Offered:
    """Somebody whom Home offers, and why."""

    person: Person
    reason: dict[str, str]

    @property
    def why(self) -> str:
        return reasons.sentence(self.reason, self.person.name)


def people_to_offer(person: Person, *, most: int = MOST) -> list[Suggested]:
    """Up to three people who offer what this person wants and lets Home suggest about."""
    home = index_of(person.organisation_id).home
    rows = Want.objects.filter(person=person, suggest=True).values_list("topic_id", flat=True)
    wants = dict.fromkeys(home[row] for row in rows if row in home)
    return suggesting.people_for_wants(person, sorted(wants), most=most)


def standing(person: Person) -> QuietOffer | None:
    """This week's offer, unless it was declined."""
    since = time.now() - A_WEEK
    last = QuietOffer.objects.mine(person).filter(made_at__gt=since).order_by("-made_at", "-pk").first()
    return last if last and last.declined_at is None and last.people else None


def still_fitting(offer: QuietOffer) -> list[Offered]:
    """Those of an offer whom the rules still allow to be suggested, in its order."""
    reasons = {entry["key"]: entry["reason"] for entry in offer.people}
    allowed = candidates.may_be_suggested(offer.person).filter(key__in=reasons).select_related("team")
    here = {person.key: person for person in allowed}
    return [Offered(here[key], reason) for key, reason in reasons.items() if key in here]


def offer_for(person: Person) -> list[Offered]:
    """What Home shows this person this week; nobody where nothing stands."""
    offer = standing(person)
    return still_fitting(offer) if offer else []
