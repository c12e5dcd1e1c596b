"""What introductions show on pages of others: Home, a person, the people, an ask's queue."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.connections.models import Introduction, Queue
from bothways.connections.queries import introductions
from bothways.core import slots
from bothways.core.slots import Part, fill
from bothways.people.models import Person

ON_HOME = 3
NEXT = "connections/parts/next_introduction.html"


@fill("home.next")
def next_step(request: HttpRequest, person: Person) -> Iterator[Part]:
    waiting = waiting_for(request, person)
    if not waiting:
        return
    first, number = waiting[0], len(waiting)
    values = {"first": first, "name": first.other(person).name, "several": number if number > 1 else 0}
    yield Part(NEXT, values, order=10)


@fill("home")
def waiting(request: HttpRequest, person: Person) -> Iterator[Part]:
    """Whoever else would like a word; one alone is the next step already."""
    questions = introductions.questions_to(person)[:ON_HOME]
    first = waiting_for(request, person)[:ON_HOME]
    rows = [{"introduction": one, "other": one.other(person)} for one in first]
    alone = len(rows) == 1 and slots.first("home.next", request, person) == NEXT
    several = [] if alone else rows
    if questions or several:
        yield Part(
            "connections/parts/home.html", {"questions": questions, "introductions": several}, order=10
        )


def waiting_for(request: HttpRequest, person: Person) -> list[Introduction]:
    """Read once a page, although two of its places are filled from it."""
    known: dict[str, list[Introduction]] = vars(request)
    if "introductions_waiting" not in known:
        known["introductions_waiting"] = introductions.waiting_for(person)
    return known["introductions_waiting"]


@fill("person.page")
def introduce_them(request: HttpRequest, shown: Person) -> Iterator[Part]:
    """A way to introduce whoever is shown to somebody else."""
    if getattr(request, "person", None) != shown and "member" in shown.roles:
        yield Part("connections/parts/person.html", order=80)


@fill("home")
def open_a_door(request: HttpRequest, person: Person) -> Iterator[Part]:
    """For whoever has reports: the way to introduce two people, and nothing of what anybody asks."""
    if "manager" in person.roles:
        yield Part("connections/parts/open_a_door.html", order=80)


@fill("people.page")
def introduce_two(request: HttpRequest, subject: object) -> Iterator[Part]:
    yield Part("connections/parts/people.html", order=80)


@fill("queue.page")
def from_those_asked(request: HttpRequest, queue: Queue) -> Iterator[Part]:
    """For the author of the queue alone: rule 27's exceptions, labelled."""
    person = getattr(request, "person", None)
    if queue is None or queue.of_round or person is None or queue.author_id != person.pk:
        return
    if visible := introductions.visible_in(queue):
        yield Part("connections/parts/queue.html", {"visible": visible}, order=10)


@fill("rather_not.page")
def asked_with_the_unwanted(request: HttpRequest, unwanted: list[Person]) -> Iterator[Part]:
    """For whose list it is: what was open before stays open, and is theirs to answer."""
    person: Person = request.__dict__["person"]
    if between := introductions.open_between(person, unwanted):
        yield Part("connections/parts/open_between.html", {"between": between}, order=10)
