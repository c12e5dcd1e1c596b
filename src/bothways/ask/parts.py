"""What ask puts on other apps' pages."""

from collections.abc import Iterator

from django.http import HttpRequest

from bothways.ask.matchmaking import offers
from bothways.ask.queries import acquaintance, stewards
from bothways.core import time
from bothways.core.slots import Part, fill
from bothways.people.models import Person


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


@fill("home")
def stewards_questions(request: HttpRequest, subject: Person) -> Iterator[Part]:
    """What somebody asked this steward, confidentially."""
    if "steward" in subject.roles and (waiting := list(stewards.waiting_for(subject)[:5])):
        yield Part("ask/parts/told_stewards.html", {"waiting": waiting}, order=20)
