"""Who fits some words: full text over name, title, team, place, about, brings and the topics offered."""

from collections.abc import Iterable, Sequence

from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast

from bothways.core.models import Organisation
from bothways.people.models import Person
from bothways.people.models.person import PersonQuerySet
from bothways.people.models.search import Rank, Sought
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
