from bothways.ask.actions import asks, quiet_offers
from bothways.connections.events import NewOfferDue, QueueClosed
from bothways.connections.models import Queue
from bothways.connections.rules.consent import Ending
from bothways.core.events import subscribe
from bothways.people.models import Person


@subscribe(QueueClosed)
def say_that_nobody_was_found(event: QueueClosed) -> None:
    if event.how == Ending.TIME:
        asks.nobody_yet(Queue.objects.get(key=event.queue))


@subscribe(NewOfferDue)
def offer_somebody_new(event: NewOfferDue) -> None:
    quiet_offers.make_anew(Person.objects.get(key=event.person))
