"""Who fits some words: full text over name, title, team, place, about, brings and the topics offered."""

from collections.abc import Iterable, Sequence

from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast

from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.people.models.person import PersonQuerySet
from bothways.people.models.search import InName, Rank, Sought
from bothways.people.rules import search_terms


def matching_persons(
    organisation: Organisation, words: Sequence[str], *, every: bool = False, languages: Iterable[str] = ()
) -> PersonQuerySet:
    """People of the organisation whose profile holds the words, each with `rank` (more fits better).

    Words count as beginnings and by their stem: "speaking" finds a speaker. `every`: all of them must be
    there; otherwise any, and everyday words are left out where others remain. Narrow the answer further
    as you like, then `.order_by(F("rank").desc(), "key")[:n]`. Without a single word nobody is found.
    """
    sought = search_terms.terms(words, everyday=every)
    marks = tuple(search_terms.language_mark(code) for code in languages)
    # "+ 0": SQLite must begin with the words, not with the index over everybody of the organisation.
    here = Person.objects.here().alias(wall=F("organisation_id") + 0).filter(wall=organisation.pk)
    if not sought and not marks:
        here = here.none()
    else:
        here = here.filter(search__words__finds=Sought(sought, every=every, marks=marks))
    rank = Rank(Sought(sought, every=every)) if sought else Cast(Value(0.0), FloatField())
    return here.annotate(rank=rank)


def called(organisation_id: int, name: str) -> PersonQuerySet:
    """People of the organisation in whose names some word begins with each of these; for no word, nobody."""
    words = search_terms.beginnings(name)
    here = Person.objects.here().alias(wall=F("organisation_id") + 0).filter(wall=organisation_id)
    return here.filter(search__words__finds=InName(words, every=True)) if words else here.none()


def first_by_name(people: PersonQuerySet, most: int) -> list[Person]:
    """The first of them in the order of names, which is the same beside every database: É stands by E."""
    names = people.order_by().values_list("pk", "name", "key")
    first = sorted(names, key=lambda each: (search_terms.bare(each[1]), *each[1:]))[:most]
    found = Person.objects.select_related("team").in_bulk([pk for pk, _name, _key in first])
    return [found[pk] for pk, _name, _key in first]
