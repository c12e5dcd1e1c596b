"""A person's page as colleagues see it, a manager no more than anybody, and one's own as a whole."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bothways.core import time
from bothways.people.models import Person, Topic
from bothways.people.models.topic import TopicQuerySet
from bothways.people.rules import hours, tongues
from bothways.people.rules.hours import Span

AHEAD = timedelta(days=7)
MOST_SPANS = 3


@dataclass(frozen=True)
class Profile:
    """What may be shown of `person` to one who looks; what is private is not in it."""

    person: Person
    is_mine: bool
    offers: list[Topic]
    wants: list[Topic]
    languages: list[str]
    stretch: str
    email: str
    now: datetime
    away_until: date | None
    in_common: list[Span]


def seen_by(viewer: Person, person: Person) -> Profile:
    """In two queries. `viewer` makes a difference only for whose clocks are compared."""
    now = time.now()
    away = person.is_away(time.today(person.time_zone))
    return Profile(
        person=person,
        is_mine=viewer.pk == person.pk,
        offers=list(_topics().filter(offers__person=person)),
        wants=list(_topics().filter(wants__person=person, wants__shown=True)),
        languages=[tongues.language_name(code) for code in person.languages],
        stretch=person.stretch if person.stretch_shown else "",
        email=person.email if person.email_shown else "",
        now=now,
        away_until=person.away_until if away else None,
        in_common=[] if away or viewer.pk == person.pk else _in_common(viewer, person, now),
    )


def _topics() -> TopicQuerySet:
    return Topic.objects.current().order_by("name", "key")


def _in_common(viewer: Person, person: Person, now: datetime) -> list[Span]:
    """The next few times at which both are usually at work."""
    met = hours.in_common(
        hours.read(viewer.hours),
        viewer.time_zone,
        hours.read(person.hours),
        person.time_zone,
        begin=now,
        until=now + AHEAD,
    )
    return [(start, end) for start, end in met if end - start >= timedelta(minutes=15)][:MOST_SPANS]
