"""What ask puts on other apps' pages."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.ask.matchmaking import offers
from bothways.ask.queries import acquaintance, asks
from bothways.ask.queries.asks import Progress
from bothways.connections.actions.introductions import is_here
from bothways.connections.models import Connection
from bothways.core import slots
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
    yield Part("ask/parts/on_person.html", {"known": known, "away": not is_here(subject)}, order=10)


@fill("home")
def offer_people(request: HttpRequest, subject: Person) -> Iterator[Part]:
    """This week's quiet offer while it stands; just after it was declined, that it is gone."""
    offer = offers.latest(subject)
    if offer is None:
        return
    if offers.just_declined(offer):
        yield Part("ask/parts/offer_gone.html", {"offer": offer}, order=60)
    elif not offer.declined_at and (people := offers.still_fitting(offer)):
        first, *others = people
        yield Part("ask/parts/offer.html", {"offer": offer, "first": first, "others": others}, order=60)


@fill("home.next")
def said_yes(request: HttpRequest, person: Person) -> Iterator[Part]:
    """The yes that one asked for goes before all else, until there is a time to meet."""
    known: dict[str, list[Connection]] = vars(request)
    if "asks_said_yes" not in known:
        known["asks_said_yes"] = asks.said_yes(person)
    for connection in known["asks_said_yes"]:
        times = asks.times_from(connection, person)
        values = {"connection": connection, "other": connection.other(person), "times": times}
        yield Part("ask/parts/said_yes.html", values, order=5)


@fill("home.next")
def asking_for_you(request: HttpRequest, person: Person) -> Iterator[Part]:
    """That one's ask went out, and by when one hears; whatever waits for an answer goes before it."""
    if running := _running(request, person):
        yield Part(RUNNING, {"soonest": running[0]}, order=30)


@fill("home")
def asked_already(request: HttpRequest, subject: Person) -> Iterator[Part]:
    """The same in a line each, where something else is the next step, or there are several."""
    running = _running(request, subject)
    if running and slots.first("home.next", request, subject) == RUNNING:
        running = running[1:]
    if running:
        yield Part("ask/parts/also_asking.html", {"running": running}, order=30)


@fill("rather_not.page")
def asks_of_the_unwanted(request: HttpRequest, unwanted: list[Person]) -> Iterator[Part]:
    """For whose list it is: an ask is a yes to everybody on its own list until it is withdrawn."""
    person: Person = request.__dict__["person"]
    if reaching := asks.that_may_reach(person, unwanted):
        yield Part("ask/parts/may_reach.html", {"reaching": reaching}, order=20)


@fill("away.page")
def would_close(request: HttpRequest, subject: Person) -> Iterator[Part]:
    """Before its author goes away: what they have asked closes then."""
    if running := _running(request, subject):
        yield Part("ask/parts/would_close.html", {"running": running}, order=30)


def _running(request: HttpRequest, person: Person) -> list[Progress]:
    """Read once a page, although two of its places are filled from it."""
    known: dict[str, list[Progress]] = vars(request)
    if "asks_running" not in known:
        known["asks_running"] = asks.running(person)
    return known["asks_running"]
