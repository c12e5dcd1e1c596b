"""Going away, suspension, leaving, erasure: all open introductions of that person end (rule 15)."""

from bothways.connections.actions import endings, locks, queues
from bothways.connections.models import Introduction, Queue
from bothways.connections.rules.consent import Ending
from bothways.core.transactions import verb
from bothways.people.models import Person


@verb
def end_everything_open(person: Person) -> None:
    """Whatever was answered; queues that asked this person ask the next one, the person's own close."""
    for queue in Queue.objects.open().filter(author=person).order_by("pk"):
        endings.close(locks.queue(queue), how=Ending.AWAY, others=Ending.AWAY)
    asking = Queue.objects.open().filter(introductions__second=person, introductions__state="open")
    for queue in asking.distinct().order_by("pk"):
        current = locks.queue(queue)
        endings.end(Introduction.objects.filter(queue=current, second=person), how=Ending.AWAY)
        queues.ask_next(current, most=1)
    endings.end(Introduction.objects.with_person(person), how=Ending.AWAY)
