"""What settling by hand made of a round: read from rehearsals that are there; nothing is worked out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bothways.people.models import Person
from bothways.programs.models import Pin, Rehearsal
from bothways.programs.queries import rounds
from bothways.programs.queries.results import A_PAGE
from bothways.programs.rules import terms

_SAID = {Pin.Kind.LOCK.value: _("locked"), Pin.Kind.FORBID.value: _("kept apart")}
_SAME = ("seekers", "givers", "places")


@dataclass(frozen=True)
class Beside:
    """The best of the rehearsals with which this one can be compared, and in which less was settled by hand.

    `settled`: how many pairs were, in that one.
    """

    number: int
    served: int
    settled: int
    key: str


@dataclass(frozen=True)
class Differing:
    """Two of whom something else is settled in two rehearsals, in words."""

    seeker: str
    giver: str
    a: str | Promise
    b: str | Promise


@dataclass(frozen=True)
class Otherwise:
    """The `first` of them by name, and how many `more` there are."""

    first: list[Differing]
    more: int


def beside(rehearsal: Rehearsal) -> Beside | None:
    """Of the same round, under the same rules, with as many people and places."""
    if not rehearsal.pins:
        return None
    known = [one for one in rounds.ready(rehearsal.round).values() if _is_comparable(one, rehearsal)]
    best = max(known, key=lambda one: (one.figures["served"], -len(one.pins), one.number), default=None)
    if best is None or best.figures["served"] < rehearsal.figures["served"]:
        return None
    return Beside(best.number, best.figures["served"], len(best.pins), best.key)


def _is_comparable(one: Rehearsal, other: Rehearsal) -> bool:
    return (
        len(one.pins) < len(other.pins)
        and terms.in_force(one.rules) == terms.in_force(other.rules)
        and all(one.figures[name] == other.figures[name] for name in _SAME)
    )


def differing(a: Rehearsal, b: Rehearsal) -> Otherwise:
    """What is settled by hand in one of them, and otherwise in the other."""
    settled = [{(seeker, giver): kind for seeker, giver, kind in one.pins} for one in (a, b)]
    pairs = {
        two for two in settled[0].keys() | settled[1].keys() if settled[0].get(two) != settled[1].get(two)
    }
    keys = {key for two in pairs for key in two}
    names = dict(Person.objects.filter(key__in=keys).values_list("key", "name"))
    somebody, free = gettext("somebody"), gettext("free")
    said = [
        Differing(
            *(names.get(key, somebody) for key in two),
            *(_SAID.get(kinds.get(two, ""), free) for kinds in settled),
        )
        for two in pairs
    ]
    said.sort(key=lambda one: (one.seeker.casefold(), one.giver.casefold()))
    return Otherwise(said[:A_PAGE], max(0, len(said) - A_PAGE))
