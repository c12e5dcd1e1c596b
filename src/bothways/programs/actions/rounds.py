"""Rounds: open, settle the terms, and what a steward settles by hand for a pair."""

from collections.abc import Iterable, Mapping

from django.db.models import Max

from bothways.core import time
from bothways.core.transactions import verb
from bothways.people.models import Person
from bothways.programs.models import Entry, Pairing, Pin, Program, Round
from bothways.programs.queries import changes, taking_part
from bothways.programs.rules import terms

What = Entry.What


class NotOpen(Exception):
    """The program is closed or over, or a round of it waits to be sent already."""


class IsSent(Exception):
    """What is sent cannot be changed."""


class NotInIt(Exception):
    """One of the two could not be introduced on that side today, or both are one person."""


class OneOfThem(Exception):
    """Nobody settles a pair of which they are one: what became of it would tell them who listed them."""


class ApartByRule(Exception):
    """A rule that everybody may know keeps these two apart: their reporting line."""


class SettledAnew(Exception):
    """What the rehearsal says of these people is so no more: it was settled by hand, or rehearsed, since."""


@verb
def open(program: Program, *, by: Person) -> Round:
    """The next round, with the terms of the last one. Raises `NotOpen`."""
    locked = held(program.pk)
    if not is_running(locked) or Round.objects.filter(program=locked, sent_at=None).exists():
        raise NotOpen
    last = Round.objects.filter(program=locked).order_by("-number").first()
    opened = Round.objects.create(
        program=locked,
        number=(last.number if last else 0) + 1,
        rules=terms.in_force(last.rules) if last else terms.default_rules(),
        weights=last.weights if last else terms.default_weights(),
    )
    note(opened, What.OPENED, by=by)
    return opened


@verb
def settle(round_: Round, *, rules: Iterable[str], weights: Mapping[str, str], by: Person) -> None:
    """Other hard rules and soft weights, for every rehearsal from now on. Raises `IsSent`."""
    unsent(round_)
    settled = {"rules": terms.in_force(rules), "weights": dict(weights)}
    Round.objects.filter(pk=round_.pk).update(**settled)
    note(round_, What.TERMS, by=by, about=settled)


@verb
def lock(round_: Round, seeker: Person, giver: Person, *, by: Person) -> None:
    """These two are introduced, whatever else comes out.

    Raises `IsSent`, `NotInIt`, `OneOfThem`, `ApartByRule`.

    Succeeds alike where one of them would rather not: then it is sent and never delivered (consent.md 18).
    """
    _check(round_, seeker, giver, by=by)
    if seeker.is_above(giver) or giver.is_above(seeker):
        raise ApartByRule
    Pin.objects.filter(round=round_, seeker=seeker, kind=Pin.Kind.LOCK).delete()
    _pin(round_, seeker, giver, Pin.Kind.LOCK, by=by)


@verb
def forbid(round_: Round, seeker: Person, giver: Person, *, by: Person) -> None:
    """These two are not introduced in this round. Raises `IsSent`, `NotInIt`, `OneOfThem`."""
    _check(round_, seeker, giver, by=by)
    _pin(round_, seeker, giver, Pin.Kind.FORBID, by=by)


@verb
def free(round_: Round, seeker: Person, giver: Person, *, by: Person) -> None:
    """Neither locked nor forbidden any more. Raises `IsSent`, `OneOfThem`."""
    unsent(round_)
    if by in (seeker, giver):
        raise OneOfThem
    if Pin.objects.filter(round=round_, seeker=seeker, giver=giver).delete()[0]:
        note(round_, What.FREED, by=by, about={"seeker": seeker.key, "giver": giver.key})


@verb
def swap(one: Pairing, other: Pairing, *, by: Person) -> None:
    """Each of the two seekers gets the other's giver: both are locked so.

    Raises what `lock` raises, and `SettledAnew`: by what is so no more, two could be locked to one place.
    """
    round_ = unsent(one.rehearsal.round)
    if changes.is_anew(one.rehearsal, one.seeker, one.giver, other.seeker, other.giver):
        raise SettledAnew
    lock(round_, one.seeker, other.giver, by=by)
    lock(round_, other.seeker, one.giver, by=by)
    note(round_, What.SWAPPED, by=by, about={"one": one.seeker.key, "other": other.seeker.key})


def held(program: int) -> Program:
    """The program as it is now, locked: before its rounds."""
    locked = Program.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("organisation").get(pk=program)


def is_running(program: Program) -> bool:
    """Neither closed nor over, by the clock of its organisation."""
    return program.is_running(time.today(program.organisation.time_zone))


def unsent(round_: Round) -> Round:
    """The round as it is now, locked. Raises `IsSent`."""
    locked = Round.objects.select_for_update(of=("self",), no_key=True).get(pk=round_.pk)
    if locked.sent_at:
        raise IsSent
    return locked


def note(round_: Round, what: str, *, by: Person | None, about: Mapping[str, object] | None = None) -> None:
    """One line more in the trail."""
    Entry.objects.create(round=round_, what=what, by=by, at=time.now(), about=dict(about or {}))


def next_number(round_: Round) -> int:
    """Of the next rehearsal; call with the round locked."""
    highest: int | None = round_.rehearsals.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _check(round_: Round, seeker: Person, giver: Person, *, by: Person) -> None:
    unsent(round_)
    if by in (seeker, giver):
        raise OneOfThem
    able = taking_part.of(round_.program)
    seeks = able.filter(person=seeker, seeks=True).exists()
    if seeker.pk == giver.pk or not seeks or not able.filter(person=giver, gives=True).exists():
        raise NotInIt


def _pin(round_: Round, seeker: Person, giver: Person, kind: str, *, by: Person) -> None:
    Pin.objects.update_or_create(
        round=round_, seeker=seeker, giver=giver, defaults={"kind": kind, "by": by, "at": time.now()}
    )
    what = What.LOCKED if kind == Pin.Kind.LOCK else What.FORBIDDEN
    note(round_, what, by=by, about={"seeker": seeker.key, "giver": giver.key})
