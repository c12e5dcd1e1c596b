"""What ask puts on other apps' pages."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.ask.matchmaking import offers
from bothways.ask.queries import acquaintance, asks
from bothways.ask.queries.asks import Progress
from bothways.core import slots, time
from bothways.core.slots import Part, fill
from bothways.people.models import Person

RUNNING = "ask/parts/asking_for_you.html"


@fill("person.page")
def ask_this_person(request: HttpRequest, subject: Person) -> Iterator[Part]:
    """ "Ask Ada quietly"; the way to the connection where there is one."""
    person: Person = request.__dict__["person"]
    if person.pk == subject.pk:
        return
    known = acquaintance.between(person, subject)
    away = subject.state != Person.State.ACTIVE or subject.is_away(time.today(subject.time_zone))
    yield Part("ask/parts/on_person.html", {"known": known, "away": away}, order=10)


@fill("home")
def offer_people(request: HttpRequest, subject: Person) -> Iterator[Part]:
    """This week's quiet offer, while it stands."""
    offer = offers.standing(subject)
    if offer and (people := offers.still_fitting(offer)):
        yield Part("ask/parts/offer.html", {"offer": offer, "people": people}, order=60)


@fill("home.next")
def asking_for_you(request: HttpRequest, person: Person) -> Iterator[Part]:
    """That one's ask went out, and by when one hears; whatever waits for an answer goes before it."""
    if running := _running(request, person):
        yield Part(RUNNING, {"soonest": running[0]}, order=30)


@fill("home")
def asked_already(request: HttpRequest, subject: Person) -> Iterator[Part]:
    """The same in a line each, where something else is the next step, or there are several."""
    running = _running(request, subject)
    if running and slots.parts("home.next", request, subject)[0].template == RUNNING:
        running = running[1:]
    if running:
        yield Part("ask/parts/also_asking.html", {"running": running}, order=30)


@fill("rather_not.page")
def asks_of_the_unwanted(request: HttpRequest, unwanted: list[Person]) -> Iterator[Part]:
    """For whose list it is: an ask is a yes to everybody on its own list until it is withdrawn."""
    person: Person = request.__dict__["person"]
    if reaching := asks.that_may_reach(person, unwanted):
        yield Part("ask/parts/may_reach.html", {"reaching": reaching}, order=20)


def _running(request: HttpRequest, person: Person) -> list[Progress]:
    """Read once a page, although two of its places are filled from it."""
    known: dict[str, list[Progress]] = vars(request)
    if "asks_running" not in known:
        known["asks_running"] = asks.running(person)
    return known["asks_running"]
