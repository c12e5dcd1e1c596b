"""Making and declining Home's quiet offers: at most one a week, declined with one click and no reason."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef

from bothways.ask.matchmaking import offers
from bothways.ask.models import QuietOffer
from bothways.core import time
from bothways.core.transactions import verb
from bothways.people.models import Person, Want

SEEN_WITHIN = timedelta(days=30)


def due() -> Iterator[Person]:
    """Active people who were here lately, want something and have had no offer for a week."""
    today = time.today()
    wanting = Want.objects.filter(person=OuterRef("pk"), suggest=True)
    recent = QuietOffer.objects.filter(person=OuterRef("pk"), made_at__gt=time.now() - offers.A_WEEK)
    here = Person.objects.filter(state=Person.State.ACTIVE, here_on__gte=today - SEEN_WITHIN).not_away(today)
    waiting = here.filter(Exists(wanting), ~Exists(recent)).select_related("organisation", "team")
    yield from waiting.order_by("key").iterator(chunk_size=200)


@verb
def make(person: Person) -> QuietOffer | None:
    """This week's offer; kept, though empty, so that nobody is looked for twice. None if there is one."""
    locked = Person.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=person.pk)
    since = time.now() - offers.A_WEEK
    if QuietOffer.objects.mine(locked).filter(made_at__gt=since).exists():
        return None
    return _store(locked)


@verb
def make_anew(person: Person) -> QuietOffer:
    """Somebody new after a connection ended: takes this week's place, whatever became of it."""
    locked = Person.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=person.pk)
    return _store(locked)


def _store(person: Person) -> QuietOffer:
    found = offers.people_to_offer(person)
    people = [{"key": each.person.key, "reason": each.reason} for each in found]
    return QuietOffer.objects.create(person=person, people=people)


@verb
def decline(offer: QuietOffer) -> None:
    """Not these, not now. Nobody else ever learns of it."""
    QuietOffer.objects.filter(pk=offer.pk, declined_at=None).update(declined_at=time.now())
