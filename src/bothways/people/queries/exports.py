"""Who is here, as cells of the columns that our import reads."""

from collections.abc import Iterator

from django.db.models import QuerySet

from bothways.people.models import Offer, Person
from bothways.people.rules.roster import formulas, topics
from bothways.people.rules.roster.headings import OURS

A_SLICE = 2_000


def rows(organisation_id: int) -> Iterator[list[str]]:
    """One row a person who is here, by name. What people write about themselves is theirs, and stays."""
    here = Person.objects.here().filter(organisation=organisation_id).order_by("name", "pk")
    wanted = here.select_related("team", "manager").only(
        "name",
        "email",
        "pronouns",
        "title",
        "team__name",
        "manager__email",
        "place",
        "started_on",
        "time_zone",
        "languages",
    )
    offered = _offered(here)
    for person in wanted.iterator(A_SLICE):
        cells = {
            "email": person.email,
            "name": person.name,
            "pronouns": person.pronouns,
            "title": person.title,
            "team": person.team.name if person.team else "",
            "manager": person.manager.email if person.manager else "",
            "place": person.place,
            "started_on": person.started_on.isoformat() if person.started_on else "",
            "time_zone": person.time_zone,
            "languages": "; ".join(person.languages),
            "offers": "; ".join(formulas.neutralised(name) for name in offered.get(person.pk, ())),
        }
        yield [cells[name] for name in OURS]


def _offered(here: QuerySet[Person]) -> dict[int, list[str]]:
    """The names of the topics that each person offers."""
    found: dict[int, list[str]] = {}
    offers = Offer.objects.filter(person__in=here.order_by().values("pk"), topic__merged_into=None)
    named = offers.order_by("person", "topic__name").values_list("person", "topic__name")
    for person, name in named.iterator(A_SLICE):
        found.setdefault(person, []).append(topics.written(name))
    return found
