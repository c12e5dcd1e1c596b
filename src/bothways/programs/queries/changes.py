"""What a round is settled to be, and what is another since a rehearsal of it was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from bothways.people.models import Person
from bothways.programs.models import Participation, Pin, Rehearsal, Round
from bothways.programs.rules import terms


@dataclass(frozen=True)
class Changes:
    """What is another since a rehearsal was asked for. `left`, `joined`: how many people."""

    terms: bool = False
    pins: bool = False
    left: int = 0
    joined: int = 0

    @property
    def may_be_sent(self) -> bool:
        """Whether it could be sent all the same: what a steward settled must be rehearsed first."""
        return not (self.terms or self.pins)

    def __bool__(self) -> bool:
        return bool(self.terms or self.pins or self.left or self.joined)


def since(rehearsal: Rehearsal) -> Changes:
    """What has changed since it was asked for: by what everybody who runs the program may know."""
    round_ = Round.objects.get(pk=rehearsal.round_id)
    now = settled(round_)
    others = Participation.objects.filter(program=round_.program_id, changed_at__gt=rehearsal.asked_at)
    gone = Q(left_at__isnull=False, joined_at__lte=rehearsal.asked_at)
    counted = others.aggregate(left=Count("pk", filter=gone), joined=Count("pk", filter=Q(left_at=None)))
    return Changes(
        terms=(now["rules"], now["weights"]) != (terms.in_force(rehearsal.rules), rehearsal.weights),
        pins=now["pins"] != rehearsal.pins,
        left=counted["left"],
        joined=counted["joined"],
    )


def settled_anew(rehearsal: Rehearsal) -> set[str]:
    """Keys of those who were locked since with somebody else than this rehearsal has for them."""
    locks = _locked(_pins(rehearsal.round_id)) - _locked(rehearsal.pins)
    theirs = rehearsal.pairings.filter(rank=1, seeker__key__in=[seeker for seeker, _giver in locks])
    return {key for two in locks - set(theirs.values_list("seeker__key", "giver__key")) for key in two}


def newer(rehearsal: Rehearsal) -> Rehearsal | None:
    """The newest one of the round that is ready, where this is an older one."""
    later = Rehearsal.objects.filter(
        round=rehearsal.round_id, number__gt=rehearsal.number, state=Rehearsal.State.READY
    )
    return later.defer("certificate").order_by("-number").first()


def is_anew(rehearsal: Rehearsal, *people: Person) -> bool:
    """Whether what it says of these is so no more: a newer one is ready, or one is locked elsewhere."""
    anew = settled_anew(rehearsal)
    return any(one.key in anew for one in people) or newer(rehearsal) is not None


def settled(round_: Round) -> dict[str, object]:
    """Rules, weights and pins of a round as they are now, as a rehearsal keeps them."""
    return {
        "rules": terms.in_force(round_.rules),
        "weights": terms.default_weights() | dict(round_.weights),
        "pins": _pins(round_.pk),
    }


def _locked(pins: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    return {(seeker, giver) for seeker, giver, kind in pins if kind == Pin.Kind.LOCK}


def _pins(round_id: int) -> list[list[str]]:
    pins = Pin.objects.filter(round=round_id).order_by("seeker__key", "giver__key")
    return [list(pin) for pin in pins.values_list("seeker__key", "giver__key", "kind")]
