"""Going away, suspension, leaving, erasure: all open introductions of that person end (rule 15)."""

from django.db.models import Q

from bothways.connections.actions import endings, locks, queues
from bothways.connections.models import Introduction, Queue
from bothways.connections.rules.consent import Ending, State
from bothways.core.transactions import Again, verb
from bothways.people.models import Person


@verb
def end_everything_open(person: Person) -> None:
    """Whatever was answered; queues that asked this person ask the next one, the person's own close."""
    found = _queues_with(person)
    others = [(queue.author, [entry.person for entry in queues.waiting(queue)]) for queue in found]
    held = locks.around([(person, []), *others], also=[queue.pk for queue in found])
    now_found = _queues_with(person)
    wanted = {entry.person_id for queue in now_found for entry in queues.waiting(queue)}
    if not {queue.pk for queue in now_found} <= held.queues.keys() or not wanted <= held.people.keys():
        raise Again
    for queue in now_found:
        if queue.author_id == person.pk:
            endings.close(queue, how=Ending.AWAY, others=Ending.AWAY)
    endings.end(Introduction.objects.with_person(person), how=Ending.AWAY)
    for queue in now_found:
        if queue.author_id != person.pk:
            queues.ask_instead(queue, held)


def _queues_with(person: Person) -> list[Queue]:
    """The person's own open queues and those that are asking them now, oldest first."""
    asking = Introduction.objects.filter(second=person, state=State.OPEN).values("queue")
    mine = Queue.objects.open().filter(Q(author=person) | Q(pk__in=asking))
    return list(mine.select_related("author__organisation", "organisation").order_by("opened_at", "key"))
