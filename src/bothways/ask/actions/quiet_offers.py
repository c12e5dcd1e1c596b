"""Making and declining Home's quiet offers: at most one a week, declined with one click and no reason."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, Subquery, When

from bothways.ask.matchmaking import offers
from bothways.ask.models import QuietOffer
from bothways.ask.queries import nights
from bothways.core import ticks, time
from bothways.core.prepared import prepared
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.people.models.person import PersonQuerySet

KEPT = timedelta(days=30)
AN_HOUR = timedelta(hours=1)
People = list[dict[str, object]]


def due() -> list[Person]:
    """Some of the active people who were here lately, want something and have had no offer for a week.

    Each waits up to a day longer, by hours of their own, so that those who came together are not all looked
    for together week after week.
    """
    today, week_ago = time.today(), time.now() - offers.A_WEEK
    return _due(
        today, today - nights.SEEN_WITHIN, [week_ago - hour * AN_HOUR for hour in range(offers.HOURS_LONGER)]
    )


@prepared
def _due(today: Any, lately: Any, long_ago: Any) -> PersonQuerySet:
    """`long_ago`: by a person's own hour, what is a week and that hour before now."""
    last = QuietOffer.objects.filter(person=OuterRef("pk")).order_by("-made_at").values("made_at")[:1]
    own = Case(
        *(When(own_hour=hour, then=at) for hour, at in enumerate(long_ago)), output_field=DateTimeField()
    )
    here = nights.wanting(today, lately)
    spread = here.alias(last=Subquery(last), own_hour=F("pk") % offers.HOURS_LONGER)
    waiting = spread.filter(Q(last=None) | Q(last__lte=own))
    return waiting.select_related("organisation", "team").order_by("key")[: ticks.AT_HAND]


def make(person: Person) -> QuietOffer | None:
    """This week's offer; kept, though empty, so that nobody is looked for twice. None if there is one.

    Looking takes long, so it comes before any lock; Home leaves out whom the rules forbid by then.
    """
    return _make(person, _looked_for(person))


@verb
def _make(person: Person, people: People) -> QuietOffer | None:
    locked = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    since = time.now() - offers.A_WEEK
    if QuietOffer.objects.mine(locked).filter(made_at__gt=since).exists():
        return None
    return QuietOffer.objects.create(person=locked, people=people)


def make_anew(person: Person) -> QuietOffer | None:
    """Somebody new after a connection ended: takes this week's place, whatever became of it.

    Where nobody new is found, what stands there stays.
    """
    people = _looked_for(person)
    return _make_anew(person, people) if people else None


@verb
def _make_anew(person: Person, people: People) -> QuietOffer:
    locked = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    return QuietOffer.objects.create(person=locked, people=people)


def _looked_for(person: Person) -> People:
    return [{"key": each.person.key, "reason": each.reason} for each in offers.people_to_offer(person)]


@verb
def decline(offer: QuietOffer) -> None:
    """Not these, not now. Nobody else ever learns of it."""
    QuietOffer.objects.filter(pk=offer.pk, declined_at=None).update(declined_at=time.now())


@verb
def bring_back(offer: QuietOffer) -> None:
    """These after all: as if nothing had been declined."""
    QuietOffer.objects.filter(pk=offer.pk).update(declined_at=None)


@verb
def forget() -> int:
    """Nightly: offers long past, but for everybody's last, from which the next is counted."""
    later = QuietOffer.objects.filter(person=OuterRef("person"), made_at__gt=OuterRef("made_at"))
    old = QuietOffer.objects.filter(made_at__lt=time.now() - KEPT)
    return old.filter(Exists(later)).delete()[0]
