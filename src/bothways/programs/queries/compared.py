"""Two rehearsals of a round side by side: figures, and who is introduced to somebody else."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from bothways.people.models import Person
from bothways.programs.models import Pairing, Rehearsal
from bothways.programs.queries import results
from bothways.programs.queries.results import A_PAGE, Figures


@dataclass(frozen=True)
class Differs:
    """Somebody who seeks, and to whom either rehearsal introduces them; None for nobody."""

    seeker: Person
    one: Pairing | None
    other: Pairing | None


@dataclass(frozen=True)
class Compared:
    """`alike`: how many pairs both have."""

    one: Figures
    other: Figures
    alike: int
    differing: Page[Differs]


def side_by_side(one: Rehearsal, other: Rehearsal, number: int | str | None = 1) -> Compared:
    """Of two that are ready. Who differs comes by name."""
    mine, theirs = _pairs(one), _pairs(other)
    either = Q(pk__in=_but(mine, theirs).values("seeker")) | Q(pk__in=_but(theirs, mine).values("seeker"))
    found = Person.objects.filter(either).select_related("team").order_by("name", "key")
    page: Page[Any] = Paginator(found, A_PAGE).get_page(number)
    page.object_list = _shown(list(page.object_list), mine, theirs)
    alike = mine.count() - _but(mine, theirs).count()
    return Compared(results.figures(one), results.figures(other), alike, page)


def _shown(seekers: list[Person], mine: QuerySet[Pairing], theirs: QuerySet[Pairing]) -> list[Differs]:
    of_each = [
        {
            pairing.seeker_id: pairing
            for pairing in pairs.filter(seeker__in=seekers).select_related("giver__team")
        }
        for pairs in (mine, theirs)
    ]
    return [Differs(seeker, *(pairs.get(seeker.pk) for pairs in of_each)) for seeker in seekers]


def _pairs(rehearsal: Rehearsal) -> QuerySet[Pairing]:
    return Pairing.objects.filter(rehearsal=rehearsal, rank=1).select_related("giver__team")


def _but(pairs: QuerySet[Pairing], others: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Those of the first that are not among the others."""
    same = others.filter(seeker=OuterRef("seeker"), giver=OuterRef("giver"))
    return pairs.exclude(Exists(same))
